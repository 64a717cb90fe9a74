package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoEitherBare;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.JoinCoroutine;
import dev.edo.bench.peer.YieldCoroutine;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code spawn} benches: the thread inside {@code blockOn} spawns one task or ten that
 * yield once, and awaits them.
 */
@Workload(value = "{flavor}_spawn_await_{tasks}", group = Group.SPAWN, operation = "group of tasks")
@State(Scope.Benchmark)
public class SpawnAwait {
    /** How many at once. */
    @Param({"1", "10"})
    public int tasks;

    @Benchmark
    public void stackless(EdoEitherBare edo) throws Exception {
        edo.runtime.blockOn(new Parent(tasks));
    }

    private static final class Parent implements Future<@Nullable Void> {
        private final int tasks;
        private @Nullable AwaitAll<Integer> children;

        Parent(int tasks) {
            this.tasks = tasks;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            var waiting = children;
            if (waiting == null) {
                var handles = new ArrayList<JoinHandle<Integer>>(tasks);
                for (int i = 0; i < tasks; i++) {
                    handles.add(Edo.spawn(new SmallWork()));
                }
                waiting = new AwaitAll<>(handles);
                children = waiting;
            }
            return waiting.poll(cx);
        }
    }

    private static final class SmallWork implements Future<Integer> {
        private @Nullable Future<@Nullable Void> yielding;

        @Override
        public Poll<Integer> poll(Context cx) throws Exception {
            var current = yielding;
            if (current == null) {
                current = Edo.yieldNow();
                yielding = current;
            }
            return current.poll(cx).isReady() ? Poll.ready(2) : Poll.pending();
        }
    }

    @Benchmark
    public void direct(EdoEitherBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var handles = new ArrayList<JoinHandle<Integer>>(tasks);
            for (int i = 0; i < tasks; i++) {
                handles.add(Edo.spawn(() -> {
                    Edo.yieldNow().await();
                    return 2;
                }));
            }
            AwaitAll.directly(handles);
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var threads = new ArrayList<Thread>(tasks);
        for (int i = 0; i < tasks; i++) {
            threads.add(Thread.startVirtualThread(Thread::yield));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    @Benchmark
    public void kotlin() throws Exception {
        JoinCoroutine.runBlocking(() -> {
            var jobs = new ArrayList<Job>(tasks);
            for (int i = 0; i < tasks; i++) {
                jobs.add(new YieldCoroutine(1, () -> {}).launch());
            }
            return jobs;
        });
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) {
        var all = new CompletableFuture<?>[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = CompletableFuture.supplyAsync(() -> 1, fj.pool).thenApplyAsync(one -> one + 1, fj.pool);
        }
        CompletableFuture.allOf(all).join();
    }
}
