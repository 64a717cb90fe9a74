package dev.edo.bench.peer;

import java.util.concurrent.ForkJoinPool;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A pool in first-in first-out order, as the scheduler of virtual threads is. */
@State(Scope.Benchmark)
public class ForkJoin {
    /** The pool. */
    public final ForkJoinPool pool = new ForkJoinPool(
            Workers.COUNT, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);

    /** Shuts it down. */
    @TearDown
    public void close() {
        pool.shutdownNow();
    }
}
