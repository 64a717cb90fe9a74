package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.Countdown;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code spawn_many_local}: the thread inside {@code blockOn}, which is no worker, spawns
 * tasks that do nothing, and waits until the last one ran.
 */
@Workload(value = "mt_spawn_many_local", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyLocal.TASKS)
@State(Scope.Benchmark)
public class SpawnManyLocal {
    static final int TASKS = 10_000;

    private final Countdown countdown = new Countdown();

    @Benchmark
    public void stackless(EdoMultiThread edo) throws Exception {
        var countdown = this.countdown;
        countdown.start(TASKS);
        edo.runtime.blockOn(() -> {
            for (int i = 0; i < TASKS; i++) {
                Edo.spawn((Future<@Nullable Void>) cx -> {
                    countdown.hit();
                    return Poll.ready();
                });
            }
            countdown.await();
        });
    }

    @Benchmark
    public void direct(EdoMultiThread edo) throws Exception {
        var countdown = this.countdown;
        countdown.start(TASKS);
        edo.runtime.blockOn(() -> {
            for (int i = 0; i < TASKS; i++) {
                Edo.spawn(() -> countdown.hit());
            }
            countdown.await();
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var countdown = this.countdown;
        countdown.start(TASKS);
        for (int i = 0; i < TASKS; i++) {
            Thread.startVirtualThread(() -> countdown.hit());
        }
        countdown.await();
    }

    @Benchmark
    public void kotlin() throws Exception {
        var countdown = this.countdown;
        countdown.start(TASKS);
        for (int i = 0; i < TASKS; i++) {
            new RunCoroutine(() -> countdown.hit()).launch();
        }
        countdown.await();
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) throws Exception {
        var countdown = this.countdown;
        countdown.start(TASKS);
        for (int i = 0; i < TASKS; i++) {
            fj.pool.execute(() -> countdown.hit());
        }
        countdown.await();
    }
}
