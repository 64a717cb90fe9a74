package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.JoinCoroutine;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.bench.peer.Stall;
import dev.edo.bench.peer.Workers;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tokio's {@code spawn_many_remote_busy2}: a foreign thread spawns tasks that do nothing, and
 * awaits each, while as many tasks as there are workers stall for 10 microseconds and then spawn
 * their own successor.
 *
 * <p>Virtual threads and {@code ForkJoinPool} cannot do it: their workers look at what comes from
 * outside when their own queues are empty, which they never are here.
 */
@Workload(value = "mt_spawn_many_remote_busy2", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyRemoteBusy2.TASKS)
public class SpawnManyRemoteBusy2 {
    static final int TASKS = 1_000;

    @Benchmark
    public void stackless(EdoMultiThread edo, Polled busy) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn((Future<@Nullable Void>) cx -> Poll.ready()));
        }
        edo.runtime.blockOn(new AwaitAll<>(handles));
    }

    @Benchmark
    public void direct(EdoMultiThread edo, Direct busy) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn(() -> {}));
        }
        edo.runtime.blockOn(() -> AwaitAll.directly(handles));
    }

    @Benchmark
    public void kotlin(Coroutines busy) throws Exception {
        JoinCoroutine.runBlocking(() -> {
            var jobs = new ArrayList<Job>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                jobs.add(new RunCoroutine(() -> {}).launch());
            }
            return jobs;
        });
    }

    /** Keeps the workers busy. */
    @State(Scope.Benchmark)
    public static class Polled {
        private volatile boolean busy = true;

        @Setup
        public void start(EdoMultiThread edo) {
            for (int i = 0; i < Workers.COUNT; i++) {
                edo.runtime.spawn(first());
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private Future<@Nullable Void> first() {
            return cx -> {
                again();
                return Poll.ready();
            };
        }

        private void again() {
            Edo.spawn((Future<@Nullable Void>) cx -> {
                if (busy) {
                    Stall.stall();
                    again();
                }
                return Poll.ready();
            });
        }
    }

    /** Keeps the workers busy. */
    @State(Scope.Benchmark)
    public static class Direct {
        private volatile boolean busy = true;

        @Setup
        public void start(EdoMultiThread edo) {
            for (int i = 0; i < Workers.COUNT; i++) {
                edo.runtime.spawn(this::again);
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private void again() {
            Edo.spawn(() -> {
                if (busy) {
                    Stall.stall();
                    again();
                }
            });
        }
    }

    /** Keeps the workers busy. */
    @State(Scope.Benchmark)
    public static class Coroutines {
        private volatile boolean busy = true;

        @Setup
        public void start() {
            for (int i = 0; i < Workers.COUNT; i++) {
                again();
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private void again() {
            new RunCoroutine(() -> {
                if (busy) {
                    Stall.stall();
                    again();
                }
            }).launch();
        }
    }
}
