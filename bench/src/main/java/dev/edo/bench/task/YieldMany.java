package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.YieldCoroutine;
import dev.edo.bench.peer.YieldLoop;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code yield_many}: 200 tasks yield a thousand times each.
 */
@Workload(value = "mt_yield_many", group = Group.SWITCH, operation = "yield")
@OperationsPerInvocation(YieldMany.TASKS * YieldMany.YIELDS)
@State(Scope.Benchmark)
public class YieldMany {
    static final int TASKS = 200;
    static final int YIELDS = 1_000;

    private final Semaphore done = new Semaphore(0);

    @Benchmark
    public void stackless(EdoMultiThread edo) throws Exception {
        for (int i = 0; i < TASKS; i++) {
            edo.runtime.spawn(new YieldLoop(YIELDS, done::release));
        }
        done.acquire(TASKS);
    }

    @Benchmark
    public void direct(EdoMultiThread edo) throws Exception {
        for (int i = 0; i < TASKS; i++) {
            edo.runtime.spawn(() -> {
                for (int j = 0; j < YIELDS; j++) {
                    Edo.yieldNow().await();
                }
                done.release();
            });
        }
        done.acquire(TASKS);
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        for (int i = 0; i < TASKS; i++) {
            Thread.startVirtualThread(() -> {
                for (int j = 0; j < YIELDS; j++) {
                    Thread.yield();
                }
                done.release();
            });
        }
        done.acquire(TASKS);
    }

    @Benchmark
    public void kotlin() throws Exception {
        for (int i = 0; i < TASKS; i++) {
            new YieldCoroutine(YIELDS, done::release).launch();
        }
        done.acquire(TASKS);
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) throws Exception {
        for (int i = 0; i < TASKS; i++) {
            fj.pool.execute(new Again(fj.pool, done));
        }
        done.acquire(TASKS);
    }

    /** It cannot yield, only begin again. */
    private static final class Again implements Runnable {
        private final ForkJoinPool pool;
        private final Semaphore done;
        private int left = YIELDS;

        Again(ForkJoinPool pool, Semaphore done) {
            this.pool = pool;
            this.done = done;
        }

        @Override
        public void run() {
            if (left-- > 0) {
                pool.execute(this);
            } else {
                done.release();
            }
        }
    }
}
