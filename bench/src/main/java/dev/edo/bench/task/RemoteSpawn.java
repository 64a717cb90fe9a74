package dev.edo.bench.task;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.ForkJoin;
import dev.edo.bench.peer.JoinCoroutine;
import dev.edo.bench.peer.RunCoroutine;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tokio's {@code remote_spawn}: foreign threads push tasks as fast as they can. As there, only the
 * pushing is timed, and not the awaiting.
 */
@Workload(value = "mt_remote_spawn_threads{threads}", group = Group.SPAWN, operation = "push")
@OperationsPerInvocation(RemoteSpawn.TOTAL)
@State(Scope.Benchmark)
public class RemoteSpawn {
    static final int TOTAL = 12_800;

    /** How many push at once. */
    @Param({"1", "2"})
    public int threads;

    private CyclicBarrier barrier;
    private Collector<?>[] collectors;

    @Setup
    public void makeBarrier() {
        barrier = new CyclicBarrier(threads);
    }

    /** Waits for what was pushed. */
    @TearDown(Level.Invocation)
    public void awaitAll() throws Exception {
        for (var collector : collectors) {
            collector.awaitAll();
        }
    }

    /** One pushing thread, and what it pushed. */
    private static final class Collector<T> {
        private final int count;
        private final ArrayList<T> pushed;
        private final Waiting<T> waiting;

        Collector(int count, Waiting<T> waiting) {
            this.count = count;
            this.pushed = new ArrayList<>(count);
            this.waiting = waiting;
        }

        void awaitAll() throws Exception {
            if (pushed.size() != count) {
                throw new IllegalStateException("a thread ended after " + pushed.size() + " of " + count + " tasks");
            }
            waiting.await(pushed);
        }
    }

    private interface Pushing<T> {
        T push();
    }

    private interface Waiting<T> {
        void await(ArrayList<T> pushed) throws Exception;
    }

    private <T> void pushAll(Pushing<T> pushing, Waiting<T> waiting) throws Exception {
        int each = TOTAL / threads;
        var pushers = new Thread[threads];
        var made = new Collector<?>[threads];
        for (int i = 0; i < threads; i++) {
            var collector = new Collector<>(each, waiting);
            made[i] = collector;
            pushers[i] = Thread.ofPlatform().start(() -> {
                try {
                    barrier.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                for (int j = 0; j < each; j++) {
                    collector.pushed.add(pushing.push());
                }
            });
        }
        for (var pusher : pushers) {
            pusher.join();
        }
        collectors = made;
    }

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        this.<JoinHandle<@Nullable Void>>pushAll(
                () -> edo.runtime.spawn((Future<@Nullable Void>) cx -> Poll.ready()),
                pushed -> edo.runtime.blockOn(new AwaitAll<>(pushed)));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        this.<JoinHandle<@Nullable Void>>pushAll(
                () -> edo.runtime.spawn(() -> {}),
                pushed -> edo.runtime.blockOn(() -> AwaitAll.directly(pushed)));
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        this.<Thread>pushAll(
                () -> Thread.startVirtualThread(() -> {}),
                pushed -> {
                    for (var thread : pushed) {
                        thread.join();
                    }
                });
    }

    @Benchmark
    public void kotlin() throws Exception {
        this.<Job>pushAll(
                () -> new RunCoroutine(() -> {}).launch(),
                pushed -> JoinCoroutine.runBlocking(() -> pushed));
    }

    @Benchmark
    public void forkJoin(ForkJoin fj) throws Exception {
        this.<CompletableFuture<@Nullable Void>>pushAll(
                () -> CompletableFuture.runAsync(() -> {}, fj.pool),
                pushed -> pushed.forEach(CompletableFuture::join));
    }
}
