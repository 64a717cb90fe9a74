package dev.edo.bench.peer;

import dev.edo.runtime.EdoRuntime;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A current-thread runtime without I/O and time. */
@State(Scope.Benchmark)
public class EdoCurrentThread {
    /** The runtime. */
    public final EdoRuntime runtime = EdoRuntime.builder().currentThread().build();

    /** Shuts it down. */
    @TearDown
    public void close() {
        runtime.close();
    }
}
