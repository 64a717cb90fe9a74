package dev.edo.bench.sync;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.AwaitLoop;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import dev.edo.task.JoinHandle;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code concurrent_multi} and {@code contended_multi}: six tasks take one of ten permits,
 * or of five.
 */
@Workload(value = "semaphore_{load}_multi", group = Group.SYNC, operation = "task+acquire")
@OperationsPerInvocation(SemaphoreMulti.TASKS)
@State(Scope.Benchmark)
public class SemaphoreMulti {
    static final int TASKS = 6;

    /** Which of them. */
    @Param({"concurrent", "contended"})
    public String load = "contended";

    private Semaphore semaphore;
    private java.util.concurrent.Semaphore blocking;

    @Setup
    public void make() {
        int permits = load.equals("contended") ? 5 : 10;
        semaphore = new Semaphore(permits);
        blocking = new java.util.concurrent.Semaphore(permits, true);
    }

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(
                () -> Edo.tryJoin(polled(), polled(), polled(), polled(), polled(), polled())));
    }

    private JoinHandle<@Nullable Void> polled() {
        return Edo.spawn(new AwaitLoop<>(1, semaphore::acquire, SemaphorePermit::close));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            Edo.tryJoin(task(), task(), task(), task(), task(), task()).await();
        });
    }

    private JoinHandle<@Nullable Void> task() {
        return Edo.spawn(() -> semaphore.acquire().await().close());
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        VirtualThreads.run(TASKS, () -> {
            blocking.acquireUninterruptibly();
            blocking.release();
        });
    }
}
