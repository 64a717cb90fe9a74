package dev.edo.bench.peer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The JDK's thread pool for jobs that block. */
@State(Scope.Benchmark)
public class CachedThreads {
    /** The pool. */
    public final ExecutorService pool = Executors.newCachedThreadPool();

    /** Shuts it down. */
    @TearDown
    public void close() {
        pool.shutdownNow();
    }
}
