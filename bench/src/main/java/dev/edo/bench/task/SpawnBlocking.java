package dev.edo.bench.task;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.CachedThreads;
import dev.edo.bench.peer.EdoMultiThread;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code spawn_blocking} bench: one task or two, each of which a hundred times makes 16
 * jobs for the blocking pool and awaits them. As there, the tasks and each batch are a {@code JoinSet}.
 */
@Workload(
        value = "mt_spawn_blocking_concurrency{tasks}",
        group = Group.BLOCKING,
        operation = "batch of 16 jobs")
@OperationsPerInvocation(SpawnBlocking.BATCHES)
@State(Scope.Benchmark)
public class SpawnBlocking {
    static final int BATCHES = 100;
    private static final int JOBS = 16;

    /** How many tasks make jobs at once. */
    @Param({"1", "2"})
    public int tasks;

    @Benchmark
    public void stackless(EdoMultiThread edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> {
            var set = new JoinSet<@Nullable Void>();
            for (int i = 0; i < tasks; i++) {
                set.spawn(new Batches());
            }
            return set.joinAll();
        }));
    }

    private static final class Batches implements Future<@Nullable Void> {
        private int left = BATCHES;
        private @Nullable Future<List<Integer>> batch;

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            for (;;) {
                var waiting = batch;
                if (waiting == null) {
                    if (left-- == 0) {
                        return Poll.ready();
                    }
                    waiting = jobs();
                    batch = waiting;
                }
                if (!waiting.poll(cx).isReady()) {
                    return Poll.pending();
                }
                batch = null;
            }
        }
    }

    private static Future<List<Integer>> jobs() {
        var set = new JoinSet<Integer>();
        for (int i = 0; i < JOBS; i++) {
            set.spawnBlocking(() -> 0);
        }
        return set.joinAll();
    }

    @Benchmark
    public void direct(EdoMultiThread edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var set = new JoinSet<@Nullable Void>();
            for (int i = 0; i < tasks; i++) {
                set.spawn(() -> {
                    for (int j = 0; j < BATCHES; j++) {
                        jobs().await();
                    }
                });
            }
            set.joinAll().await();
        });
    }

    @Benchmark
    public void virtualThreads(CachedThreads threads) throws Exception {
        VirtualThreads.run(tasks, () -> {
            for (int i = 0; i < BATCHES; i++) {
                var jobs = new ArrayList<CompletableFuture<Integer>>(JOBS);
                for (int j = 0; j < JOBS; j++) {
                    jobs.add(CompletableFuture.supplyAsync(() -> 0, threads.pool));
                }
                jobs.forEach(CompletableFuture::join);
            }
        });
    }
}
