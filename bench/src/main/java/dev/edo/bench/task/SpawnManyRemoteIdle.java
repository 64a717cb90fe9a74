package dev.edo.bench.task;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.JoinCoroutine;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tokio's {@code spawn_many_remote_idle}: a foreign thread spawns tasks that do nothing on idle
 * workers, and awaits each.
 */
@Workload(value = "mt_spawn_many_remote_idle", group = Group.SPAWN, operation = "task")
@OperationsPerInvocation(SpawnManyRemoteIdle.TASKS)
public class SpawnManyRemoteIdle {
    static final int TASKS = 10_000;

    @Benchmark
    public void stackless(EdoMultiThread edo) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn((Future<@Nullable Void>) cx -> Poll.ready()));
        }
        edo.runtime.blockOn(new AwaitAll<>(handles));
    }

    @Benchmark
    public void direct(EdoMultiThread edo) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            handles.add(edo.runtime.spawn(() -> {}));
        }
        edo.runtime.blockOn(() -> AwaitAll.directly(handles));
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var threads = new ArrayList<Thread>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            threads.add(Thread.startVirtualThread(() -> {}));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    @Benchmark
    public void kotlin() throws Exception {
        JoinCoroutine.runBlocking(() -> {
            var jobs = new ArrayList<Job>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                jobs.add(new RunCoroutine(() -> {}).launch());
            }
            return jobs;
        });
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) {
        var all = new ArrayList<CompletableFuture<@Nullable Void>>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            all.add(CompletableFuture.runAsync(() -> {}, fj.pool));
        }
        for (var future : all) {
            future.join();
        }
    }
}
