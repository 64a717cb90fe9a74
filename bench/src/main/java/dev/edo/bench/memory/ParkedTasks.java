package dev.edo.bench.memory;

import dev.edo.Edo;
import dev.edo.bench.Catalog;
import dev.edo.bench.Group;
import dev.edo.bench.Peer;
import dev.edo.bench.peer.Coroutine;
import dev.edo.bench.peer.Workers;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.EdoRuntime;
import dev.edo.sync.Oneshot;
import dev.edo.task.JoinHandle;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of heap a task holds that waits: the growth of the live heap over 100,000 of them.
 * Prints JSON. The process is for one measurement only.
 */
public final class ParkedTasks {
    private static final int TASKS = 100_000;
    private static final AtomicInteger STARTED = new AtomicInteger();
    // Nothing else may refer to a task that waits for nothing.
    private static final Object[] KEPT = new Object[TASKS];
    private static final Object[] SENDERS = new Object[TASKS];

    private ParkedTasks() {}

    /** {@return the workloads} */
    public static List<Catalog.Entry> catalog() {
        var peers = List.of(Peer.EDO_STACKLESS, Peer.EDO_DIRECT, Peer.VIRTUAL_THREADS, Peer.KOTLIN);
        return List.of("pending", "oneshot", "sleep").stream()
                .map(kind -> new Catalog.Entry("memory", ParkedTasks.class, "mem_idle_task_" + kind,
                        Map.of(), Group.MEMORY, "B", "task", 1, peers))
                .toList();
    }

    /**
     * Measures.
     *
     * @param args the peer, and what the tasks wait for: {@code pending}, {@code oneshot} or {@code
     *     sleep}
     * @throws Exception when it fails
     */
    public static void main(String[] args) throws Exception {
        var peer = Peer.valueOf(args[0]);
        var kind = args[1];
        var runtime = EdoRuntime.builder().multiThread().workerThreads(Workers.COUNT).enableAll().build();
        for (int i = 0; i < 1000; i++) { // what is made lazily
            start(peer, kind, runtime, i);
        }
        awaitStarted(1000);
        STARTED.set(0);
        long before = liveBytes();
        for (int i = 0; i < TASKS; i++) {
            start(peer, kind, runtime, i);
        }
        awaitStarted(TASKS);
        long grown = liveBytes() - before;
        for (var task : KEPT) {
            requireWaiting(task);
        }
        System.out.printf("{\"bytes_per_task\":%.1f,\"tasks\":%d}%n", (double) grown / TASKS, TASKS);
        System.out.flush();
        Runtime.getRuntime().halt(0); // 100,000 tasks need not be torn down
    }

    private static void start(Peer peer, String kind, EdoRuntime runtime, int index) {
        switch (peer) {
            case EDO_STACKLESS -> KEPT[index] = runtime.spawn(new Parked(kind, index));
            case EDO_DIRECT -> KEPT[index] = runtime.spawn(() -> {
                STARTED.incrementAndGet();
                waiting(kind, index).await();
            });
            case VIRTUAL_THREADS -> KEPT[index] = Thread.startVirtualThread(() -> {
                STARTED.incrementAndGet();
                try {
                    switch (kind) {
                        case "pending" -> LockSupport.park();
                        case "oneshot" -> new CompletableFuture<@Nullable Void>().join();
                        default -> Thread.sleep(Duration.ofHours(1));
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            case KOTLIN -> KEPT[index] = new ParkedCoroutine(kind, null).launch();
            default -> throw new IllegalArgumentException("peer=" + peer + " has no tasks that wait");
        }
    }

    /** One that has failed holds nothing. */
    private static void requireWaiting(Object task) {
        boolean waits = switch (task) {
            case Thread thread -> thread.isAlive();
            case JoinHandle<?> handle -> !handle.isFinished();
            case Job job -> job.isActive();
            default -> throw new IllegalStateException("no task: " + task);
        };
        if (!waits) {
            throw new IllegalStateException("has ended instead of waiting: " + task);
        }
    }

    private static Future<?> waiting(String kind, int index) {
        return switch (kind) {
            case "pending" -> Future.pending();
            case "oneshot" -> {
                var channel = Oneshot.<@Nullable Void>channel();
                SENDERS[index] = channel.sender();
                yield channel.receiver();
            }
            default -> Edo.sleep(Duration.ofHours(1));
        };
    }

    private static void awaitStarted(int tasks) throws InterruptedException {
        while (STARTED.get() < tasks) {
            Thread.sleep(1);
        }
        Thread.sleep(200); // until the last one waits
    }

    private static long liveBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static final class Parked implements Future<@Nullable Object> {
        private final String kind;
        private final int index;
        private @Nullable Future<?> waiting;

        Parked(String kind, int index) {
            this.kind = kind;
            this.index = index;
        }

        @Override
        public Poll<@Nullable Object> poll(Context cx) throws Exception {
            var current = waiting;
            if (current == null) {
                current = waiting(kind, index);
                waiting = current;
                STARTED.incrementAndGet();
            }
            return current.poll(cx).isReady() ? Poll.ready() : Poll.pending();
        }
    }

    private static final class ParkedCoroutine extends Coroutine {
        private final String kind;

        ParkedCoroutine(String kind, @Nullable Continuation<?> completion) {
            super(completion);
            this.kind = kind;
        }

        @Override
        protected Coroutine begin(Continuation<?> completion) {
            return new ParkedCoroutine(kind, completion);
        }

        @Override
        protected Object resume() {
            STARTED.incrementAndGet();
            return switch (kind) {
                case "pending" -> DelayKt.awaitCancellation(unit());
                case "oneshot" -> CompletableDeferredKt.<Unit>CompletableDeferred(null).await(unit());
                default -> DelayKt.delay(3_600_000, unit());
            };
        }
    }
}
