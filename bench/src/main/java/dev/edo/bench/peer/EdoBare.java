package dev.edo.bench.peer;

import dev.edo.runtime.EdoRuntime;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A multi-thread runtime without I/O and time: its idle workers park on a condition. */
@State(Scope.Benchmark)
public class EdoBare {
    /** The runtime. */
    public final EdoRuntime runtime = EdoRuntime.builder().multiThread().workerThreads(Workers.COUNT).build();

    /** Shuts it down. */
    @TearDown
    public void close() {
        runtime.close();
    }
}
