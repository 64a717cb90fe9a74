package dev.edo.bench.peer;

import dev.edo.runtime.EdoRuntime;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A runtime of either flavour, without I/O and time. */
@State(Scope.Benchmark)
public class EdoEitherBare {
    /** {@code mt} or {@code ct}. */
    @Param({"mt", "ct"})
    public String flavor = "mt";

    /** The runtime. */
    public EdoRuntime runtime;

    /** Builds it. */
    @Setup
    public void open() {
        var builder = EdoRuntime.builder();
        runtime = (flavor.equals("ct")
                        ? builder.currentThread()
                        : builder.multiThread().workerThreads(Workers.COUNT))
                .build();
    }

    /** Shuts it down. */
    @TearDown
    public void close() {
        runtime.close();
    }
}
