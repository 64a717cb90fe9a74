package dev.edo.bench.time;

import dev.edo.Edo;
import dev.edo.bench.Catalog;
import dev.edo.bench.Group;
import dev.edo.bench.Peer;
import dev.edo.bench.peer.Coroutine;
import dev.edo.bench.peer.JoinCoroutine;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.bench.peer.Workers;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinHandle;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;

/**
 * How long after its deadline {@code sleep(1 ms)} goes on, in many tasks at once. Prints the
 * percentiles as JSON.
 *
 * <p>Each sleep is measured against its own deadline, a millisecond after the clock was read just
 * before it; the next one begins when it is over, so a late one delays the others but hides none.
 */
public final class SleepLateness {
    private static final Duration SLEEP = Duration.ofMillis(1);
    private static final long SLEEP_NANOS = 1_000_000;

    /** Until the compilers have come to an end: while they take a processor, sleeps are milliseconds late. */
    private static final long WARM_UP_NANOS = 2_000_000_000;

    /** The first sleeps of each task, while the runtime starts: one sleep in a hundred would be the p99. */
    private static final int UNMEASURED = 5;

    private SleepLateness() {}

    /** {@return the workloads} */
    public static List<Catalog.Entry> catalog() {
        var edo = List.of(Peer.EDO_STACKLESS, Peer.EDO_DIRECT);
        var all = List.of(Peer.EDO_STACKLESS, Peer.EDO_DIRECT, Peer.VIRTUAL_THREADS, Peer.KOTLIN);
        var entries = new ArrayList<Catalog.Entry>();
        for (var flavor : List.of("mt", "ct")) {
            for (int tasks : new int[] {1, 1000}) {
                entries.add(new Catalog.Entry(
                        "lateness", SleepLateness.class, flavor + "_sleep_1ms_x" + tasks, Map.of(),
                        Group.LATENESS, "us", "sleep", 1, flavor.equals("ct") ? edo : all));
            }
        }
        return entries;
    }

    /**
     * Measures, and prints a line.
     *
     * @param args the peer, {@code mt} or {@code ct}, the number of tasks, the sleeps of each
     * @throws Exception when it fails
     */
    public static void main(String[] args) throws Exception {
        var peer = Peer.valueOf(args[0]);
        boolean currentThread = args[1].equals("ct");
        int tasks = Integer.parseInt(args[2]);
        int sleeps = Integer.parseInt(args[3]);
        long startNanos = System.nanoTime();
        do {
            run(peer, currentThread, tasks, sleeps);
        } while (System.nanoTime() - startNanos < WARM_UP_NANOS);
        long cpu = cpuNanos();
        var late = run(peer, currentThread, tasks, sleeps);
        cpu = cpuNanos() - cpu;
        Arrays.sort(late);
        System.out.printf("{\"late_p50_us\":%.1f,\"late_p90_us\":%.1f,"
                + "\"late_p99_us\":%.1f,\"late_max_us\":%.1f,"
                + "\"n\":%d,\"cpu_ns_per_sleep\":%.1f}%n", percentile(late, 0.50), percentile(late, 0.90),
                percentile(late, 0.99), percentile(late, 1.0), late.length, (double) cpu / late.length);
    }

    private static long[] run(Peer peer, boolean currentThread, int tasks, int sleeps) throws Exception {
        var all = new long[tasks][UNMEASURED + sleeps];
        switch (peer) {
            case EDO_STACKLESS -> edo(currentThread, runtime -> {
                var handles = new ArrayList<JoinHandle<@Nullable Void>>(tasks);
                for (var late : all) {
                    handles.add(runtime.spawn(new Sleeping(late)));
                }
                return handles;
            });
            case EDO_DIRECT -> edo(currentThread, runtime -> {
                var handles = new ArrayList<JoinHandle<@Nullable Void>>(tasks);
                for (var late : all) {
                    handles.add(runtime.spawn(() -> {
                        for (int i = 0; i < late.length; i++) {
                            long start = System.nanoTime();
                            Edo.sleep(SLEEP).await();
                            late[i] = lateness(start);
                        }
                    }));
                }
                return handles;
            });
            case VIRTUAL_THREADS -> {
                var bodies = new ArrayList<VirtualThreads.Body>(tasks);
                for (var late : all) {
                    bodies.add(() -> {
                        for (int i = 0; i < late.length; i++) {
                            long start = System.nanoTime();
                            Thread.sleep(SLEEP);
                            late[i] = lateness(start);
                        }
                    });
                }
                VirtualThreads.run(bodies);
            }
            case KOTLIN -> JoinCoroutine.runBlocking(() -> {
                var jobs = new ArrayList<Job>(tasks);
                for (var late : all) {
                    jobs.add(new Delaying(late, null).launch());
                }
                return jobs;
            });
            default -> throw new IllegalArgumentException("peer=" + peer + " has no sleep");
        }
        return Arrays.stream(all).flatMapToLong(late -> Arrays.stream(late).skip(UNMEASURED)).toArray();
    }

    private static void edo(boolean currentThread, Spawning spawning) throws Exception {
        var builder = EdoRuntime.builder().enableAll();
        builder = currentThread
                ? builder.currentThread()
                : builder.multiThread().workerThreads(Workers.COUNT);
        try (var runtime = builder.build()) {
            runtime.blockOn(() -> {
                for (var handle : spawning.spawn(runtime)) {
                    handle.await();
                }
            });
        }
    }

    private static long lateness(long start) {
        return Math.max(0, System.nanoTime() - start - SLEEP_NANOS);
    }

    private static double percentile(long[] sorted, double share) {
        int index = Math.clamp((long) Math.ceil(sorted.length * share), 1, sorted.length) - 1;
        return sorted[index] / 1000.0;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @FunctionalInterface
    private interface Spawning {
        List<JoinHandle<@Nullable Void>> spawn(EdoRuntime runtime);
    }

    private static final class Sleeping implements Future<@Nullable Void> {
        private final long[] late;
        private int round;
        private long start;
        private @Nullable Sleep sleep;

        Sleeping(long[] late) {
            this.late = late;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) {
            while (round < late.length) {
                var current = sleep;
                if (current == null) {
                    start = System.nanoTime();
                    current = Edo.sleep(SLEEP);
                    sleep = current;
                }
                if (!current.poll(cx).isReady()) {
                    return Poll.pending();
                }
                late[round++] = lateness(start);
                sleep = null;
            }
            return Poll.ready();
        }
    }

    private static final class Delaying extends Coroutine {
        private final long[] late;
        private int round;
        private long start;
        private boolean sleeping;

        Delaying(long[] late, @Nullable Continuation<?> completion) {
            super(completion);
            this.late = late;
        }

        @Override
        protected Coroutine begin(Continuation<?> completion) {
            return new Delaying(late, completion);
        }

        @Override
        protected Object resume() {
            while (round < late.length) {
                if (!sleeping) {
                    sleeping = true;
                    start = System.nanoTime();
                    if (DelayKt.delay(1, unit()) == SUSPENDED) {
                        return SUSPENDED;
                    }
                }
                late[round++] = lateness(start);
                sleeping = false;
            }
            return Unit.INSTANCE;
        }
    }
}
