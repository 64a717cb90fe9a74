package dev.edo.bench.peer;

import dev.edo.runtime.EdoRuntime;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A current-thread runtime with I/O and time. */
@State(Scope.Benchmark)
public class EdoCurrentThreadTimed {
    /** The runtime. */
    public final EdoRuntime runtime = EdoRuntime.builder().currentThread().enableAll().build();

    /** Shuts it down. */
    @TearDown
    public void close() {
        runtime.close();
    }
}
