package dev.edo.bench.task;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.JoinCoroutine;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A task on a worker spawns tasks that do nothing and awaits each. Tokio's benches have no such
 * workload: what they call local goes through the shared queue.
 */
@Workload(value = "mt_spawn_many_worker", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyWorker.TASKS)
public class SpawnManyWorker {
    static final int TASKS = 10_000;

    @Benchmark
    public void stackless(EdoMultiThread edo) throws Exception {
        edo.runtime.blockOn(edo.runtime.spawn(new Parent()));
    }

    private static final class Parent implements Future<@Nullable Void> {
        private @Nullable AwaitAll<@Nullable Void> children;

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            var waiting = children;
            if (waiting == null) {
                var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
                for (int i = 0; i < TASKS; i++) {
                    handles.add(Edo.spawn((Future<@Nullable Void>) c -> Poll.ready()));
                }
                waiting = new AwaitAll<>(handles);
                children = waiting;
            }
            return waiting.poll(cx);
        }
    }

    @Benchmark
    public void direct(EdoMultiThread edo) throws Exception {
        edo.runtime.blockOn(edo.runtime.spawn(() -> {
            var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                handles.add(Edo.spawn(() -> {}));
            }
            AwaitAll.directly(handles);
        }));
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        VirtualThreads.run(1, () -> {
            var threads = new ArrayList<Thread>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                threads.add(Thread.startVirtualThread(() -> {}));
            }
            for (var thread : threads) {
                thread.join();
            }
        });
    }

    @Benchmark
    public void kotlin() throws Exception {
        var parent = new JoinCoroutine(() -> {
            var jobs = new ArrayList<Job>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                jobs.add(new RunCoroutine(() -> {}).launch());
            }
            return jobs;
        });
        JoinCoroutine.runBlocking(() -> new ArrayList<>(List.of(parent.launch())));
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) {
        CompletableFuture.supplyAsync(() -> {
            var children = new CompletableFuture<?>[TASKS];
            for (int i = 0; i < TASKS; i++) {
                children[i] = CompletableFuture.runAsync(() -> {}, fj.pool);
            }
            return CompletableFuture.allOf(children);
        }, fj.pool).thenCompose(all -> all).join();
    }
}
