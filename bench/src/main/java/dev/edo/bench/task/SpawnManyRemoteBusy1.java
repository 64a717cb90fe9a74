package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.Coroutine;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.JoinCoroutine;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.bench.peer.Stall;
import dev.edo.bench.peer.Workers;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.YieldKt;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tokio's {@code spawn_many_remote_busy1}: a foreign thread spawns tasks that do nothing, and
 * awaits each, while twice as many tasks as workers yield and then stall for 10 microseconds, over
 * and over.
 *
 * <p>Virtual threads and {@code ForkJoinPool} cannot do it: their workers look at what comes from
 * outside when their own queues are empty, which they never are here.
 */
@Workload(value = "mt_spawn_many_remote_busy1", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyRemoteBusy1.TASKS)
public class SpawnManyRemoteBusy1 {
    static final int TASKS = 10_000;

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
            for (int i = 0; i < 2 * Workers.COUNT; i++) {
                edo.runtime.spawn(new Yielder());
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private final class Yielder implements Future<@Nullable Void> {
            private @Nullable Future<@Nullable Void> yielding;

            @Override
            public Poll<@Nullable Void> poll(Context cx) throws Exception {
                while (busy) {
                    var current = yielding;
                    if (current == null) {
                        current = Edo.yieldNow();
                        yielding = current;
                    }
                    if (!current.poll(cx).isReady()) {
                        return Poll.pending();
                    }
                    yielding = null;
                    Stall.stall();
                }
                return Poll.ready();
            }
        }
    }

    /** Keeps the workers busy. */
    @State(Scope.Benchmark)
    public static class Direct {
        private volatile boolean busy = true;

        @Setup
        public void start(EdoMultiThread edo) {
            for (int i = 0; i < 2 * Workers.COUNT; i++) {
                edo.runtime.spawn(this::stallOften);
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private void stallOften() throws Exception {
            while (busy) {
                Edo.yieldNow().await();
                Stall.stall();
            }
        }
    }

    /** Keeps the workers busy. */
    @State(Scope.Benchmark)
    public static class Coroutines {
        private volatile boolean busy = true;

        @Setup
        public void start() {
            for (int i = 0; i < 2 * Workers.COUNT; i++) {
                new Stalling(null).launch();
            }
        }

        @TearDown
        public void stop() {
            busy = false;
        }

        private final class Stalling extends Coroutine {
            private boolean yielding;

            Stalling(@Nullable Continuation<?> completion) {
                super(completion);
            }

            @Override
            protected Coroutine begin(Continuation<?> completion) {
                return new Stalling(completion);
            }

            @Override
            protected Object resume() {
                while (busy) {
                    if (!yielding) {
                        yielding = true;
                        if (YieldKt.yield(unit()) == SUSPENDED) {
                            return SUSPENDED;
                        }
                    }
                    yielding = false;
                    Stall.stall();
                }
                return Unit.INSTANCE;
            }
        }
    }
}
