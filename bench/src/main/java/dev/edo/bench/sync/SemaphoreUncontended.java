package dev.edo.bench.sync;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoBare;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code uncontended}: the thread inside {@code blockOn} takes one of ten permits six times.
 */
@Workload(value = "semaphore_uncontended", group = Group.SYNC, operation = "acquire")
@OperationsPerInvocation(SemaphoreUncontended.ROUNDS)
@State(Scope.Benchmark)
public class SemaphoreUncontended {
    static final int ROUNDS = 6;
    static final int PERMITS = 10;

    private final Semaphore semaphore = new Semaphore(PERMITS);
    private final java.util.concurrent.Semaphore blocking = new java.util.concurrent.Semaphore(PERMITS, true);

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(new AwaitLoop<>(ROUNDS, semaphore::acquire, SemaphorePermit::close));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                semaphore.acquire().await().close();
            }
        });
    }

    @Benchmark
    public void virtualThreads() {
        for (int i = 0; i < ROUNDS; i++) {
            blocking.acquireUninterruptibly();
            blocking.release();
        }
    }
}
