package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code chained_spawn}: each task spawns the next one and ends.
 */
@Workload(value = "mt_chained_spawn", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(ChainedSpawn.TASKS)
@State(Scope.Benchmark)
public class ChainedSpawn {
    static final int TASKS = 1_000;

    private final Semaphore done = new Semaphore(0);

    @Benchmark
    public void stackless(EdoMultiThread edo) throws Exception {
        edo.runtime.blockOn(() -> {
            polled(TASKS);
            done.acquire();
        });
    }

    private void polled(int left) {
        Edo.spawn((Future<@Nullable Void>) cx -> {
            if (left == 0) {
                done.release();
            } else {
                polled(left - 1);
            }
            return Poll.ready();
        });
    }

    @Benchmark
    public void direct(EdoMultiThread edo) throws Exception {
        edo.runtime.blockOn(() -> {
            called(TASKS);
            done.acquire();
        });
    }

    private void called(int left) {
        Edo.spawn(() -> {
            if (left == 0) {
                done.release();
            } else {
                called(left - 1);
            }
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        thread(TASKS);
        done.acquire();
    }

    private void thread(int left) {
        Thread.startVirtualThread(() -> {
            if (left == 0) {
                done.release();
            } else {
                thread(left - 1);
            }
        });
    }

    @Benchmark
    public void kotlin() throws Exception {
        coroutine(TASKS);
        done.acquire();
    }

    private void coroutine(int left) {
        new RunCoroutine(() -> {
            if (left == 0) {
                done.release();
            } else {
                coroutine(left - 1);
            }
        }).launch();
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) throws Exception {
        job(fj.pool, TASKS);
        done.acquire();
    }

    private void job(ForkJoinPool pool, int left) {
        pool.execute(() -> {
            if (left == 0) {
                done.release();
            } else {
                job(pool, left - 1);
            }
        });
    }
}
