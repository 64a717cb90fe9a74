package dev.edo.bench.peer;

import dev.edo.runtime.EdoRuntime;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A multi-thread runtime with I/O and time. */
@State(Scope.Benchmark)
public class EdoMultiThread {
    /** The runtime. */
    public final EdoRuntime runtime =
            EdoRuntime.builder().multiThread().workerThreads(Workers.COUNT).enableAll().build();

    /** Shuts it down. */
    @TearDown
    public void close() {
        runtime.close();
    }
}
