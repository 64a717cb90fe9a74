package dev.edo.bench.currentthread;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoCurrentThread;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tokio's current-thread {@code spawn_many_remote_busy}: the same while another task keeps spawning
 * its own successor.
 */
@Workload(value = "ct_spawn_many_remote_busy", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyRemoteBusy.TASKS)
public class SpawnManyRemoteBusy {
    static final int TASKS = 1_000;

    @Benchmark
    public void stackless(EdoCurrentThread edo, Polled busy) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn((Future<@Nullable Void>) cx -> Poll.ready()));
        }
        edo.runtime.blockOn(new AwaitAll<>(handles));
    }

    @Benchmark
    public void direct(EdoCurrentThread edo, Direct busy) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn(() -> {}));
        }
        edo.runtime.blockOn(() -> AwaitAll.directly(handles));
    }

    /** Keeps the workers busy. */
    @State(Scope.Benchmark)
    public static class Polled {
        private volatile boolean busy = true;

        @Setup
        public void start(EdoCurrentThread edo) {
            for (int i = 0; i < 1; i++) {
                edo.runtime.spawn(again());
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private Future<@Nullable Void> again() {
            return cx -> {
                if (busy) {
                    Edo.spawn(again());
                }
                return Poll.ready();
            };
        }
    }

    /** Keeps the workers busy. */
    @State(Scope.Benchmark)
    public static class Direct {
        private volatile boolean busy = true;

        @Setup
        public void start(EdoCurrentThread edo) {
            for (int i = 0; i < 1; i++) {
                edo.runtime.spawn(this::again);
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private void again() {
            if (busy) {
                Edo.spawn(this::again);
            }
        }
    }
}
