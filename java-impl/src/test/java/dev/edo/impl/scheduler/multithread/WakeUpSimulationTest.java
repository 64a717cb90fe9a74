package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.driver.Driver;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.scheduler.Configs;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.internal.NumberProperty;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real workers with queues of four slots go to sleep and are woken some ten thousand times. Each round
 * queues a few tasks, from outside and from tasks, and ends when all have run, so that the next one meets
 * workers at every step of falling asleep. A lost wake-up is a round that does not end: its task is queued
 * and all workers sleep.
 *
 * <p>Some tasks block their worker until another task has run, never so many that all workers are blocked.
 * They find the wake-ups that are lost while one worker is awake: a task is queued, one worker sleeps, and
 * the others are busy.
 *
 * <p>{@code -Dedo.test.seed} repeats the choices of a run, {@code -Dedo.test.simulationMillis} makes it
 * longer.
 */
class WakeUpSimulationTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SIMULATION_NANOS =
            TimeUnit.MILLISECONDS.toNanos(NumberProperty.read("edo.test.simulationMillis", 500L, 1, Integer.MAX_VALUE));

    private final long seed = NumberProperty.read(
            "edo.test.seed", System.nanoTime(), Long.MIN_VALUE, Long.MAX_VALUE);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger mayBlock = new AtomicInteger();
    private volatile @Nullable MultiThread scheduler;

    @BeforeAll
    static void load() {
        NativeLibrary.ensureLoaded();
    }

    /** A task that queues others, yields and blocks as its seed says. */
    private final class Simulated extends Schedulable {
        private final SplittableRandom random;
        private final int depth;
        private final AtomicInteger runs = new AtomicInteger();
        private int yields;
        @Nullable Simulated awaited;

        Simulated(SplittableRandom random, int depth) {
            this.random = random;
            this.depth = depth;
            this.yields = random.nextInt(8) == 0 ? random.nextInt(4) : 0;
            left.incrementAndGet();
        }

        @Override
        public int run(ThreadContext context, int budget) {
            if (yields-- > 0) {
                running().yieldNow(this);
                return budget - 1;
            }
            if (runs.incrementAndGet() > 1) {
                fail("a task ran twice");
            }
            var other = awaited;
            if (other != null) {
                await(other);
                mayBlock.incrementAndGet();
            }
            if (depth > 0) {
                switch (random.nextInt(4)) {
                    case 0 -> queueSome(random.nextInt(7));
                    case 1 -> blockForAnother();
                    default -> {}
                }
            }
            left.decrementAndGet();
            return budget - 1;
        }

        private void queueSome(int count) {
            for (int i = 0; i < count; i++) {
                running().schedule(new Simulated(random.split(), depth - 1));
            }
        }

        /** The second task pushes the first one out of the LIFO slot, to where others can get it. */
        private void blockForAnother() {
            var next = new Simulated(random.split(), 0);
            boolean blocks = mayBlock.getAndDecrement() > 0;
            running().schedule(next);
            running().schedule(new Simulated(random.split(), 0));
            if (blocks) {
                await(next);
            }
            mayBlock.incrementAndGet();
        }

        private void await(Simulated other) {
            if (!becomesTrue(() -> other.runs.get() > 0)) {
                fail("a task waits in a queue while a worker sleeps or searches");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "2, false", "3, false"})
    void everyQueuedTaskRuns(int workers, boolean lifoSlot) throws InterruptedException {
        var random = new SplittableRandom(seed + workers);
        start(workers, lifoSlot);
        long startNanos = System.nanoTime();
        int round = 0;
        while (failure.get() == null && System.nanoTime() - startNanos < SIMULATION_NANOS) {
            round++;
            switch (random.nextInt(4)) {
                case 0 -> running().schedule(new Simulated(random.split(), 2));
                case 1 -> pushPair(random);
                case 2 -> pushSome(random, 1 + random.nextInt(3));
                default -> running().schedule(new Simulated(random.split(), 0));
            }
            if (!becomesTrue(() -> left.get() == 0)) {
                fail("a task is queued and nobody runs it");
            }
            pause(random);
        }
        int rounds = round;
        assertNull(failure.get(), () -> failure.get() + "; seed=" + seed + " workers=" + workers
                + " round=" + rounds);
        running().shutDown();
        assertTrue(running().awaitEnd(PATIENCE_NANOS), () -> "a worker did not end; seed=" + seed);
    }

    /**
     * Two threads from outside push at once, so that producers meet between the two steps of the inject
     * queue and notifiers meet at the count of searchers.
     */
    @Test
    void everyTaskFromOutsideRuns() throws InterruptedException {
        start(2, true);
        var random = new SplittableRandom(seed);
        var round = new AtomicInteger();
        var other = Thread.ofPlatform().daemon().start(() -> {
            for (int seen = 0; failure.get() == null; ) {
                int now = round.get();
                if (now < 0) {
                    return;
                }
                if (now != seen) {
                    seen = now;
                    running().schedule(new Simulated(new SplittableRandom(now), 0));
                    left.decrementAndGet(); // the place that was held for it
                }
                Thread.onSpinWait();
            }
        });
        long startNanos = System.nanoTime();
        while (failure.get() == null && System.nanoTime() - startNanos < SIMULATION_NANOS) {
            left.incrementAndGet();
            round.incrementAndGet();
            spin(random.nextInt(200));
            running().schedule(new Simulated(random.split(), 0));
            if (!becomesTrue(() -> left.get() == 0)) {
                fail("a task is queued and nobody runs it");
            }
            pause(random);
        }
        round.set(Integer.MIN_VALUE);
        other.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        assertNull(failure.get(), () -> failure.get() + "; seed=" + seed);
        running().shutDown();
        assertTrue(running().awaitEnd(PATIENCE_NANOS), () -> "a worker did not end; seed=" + seed);
    }

    private void pushSome(SplittableRandom random, int count) {
        for (int i = 0; i < count; i++) {
            running().schedule(new Simulated(random.split(), 2));
            spin(random.nextInt(200));
        }
    }

    /** Two tasks from outside, the first of which blocks until the second has run. */
    private void pushPair(SplittableRandom random) {
        var second = new Simulated(random.split(), 0);
        var first = new Simulated(random.split(), 0);
        if (mayBlock.getAndDecrement() > 0) {
            first.awaited = second;
        } else {
            mayBlock.incrementAndGet();
        }
        running().schedule(first);
        spin(random.nextInt(100));
        running().schedule(second);
    }

    /** Often short, so that the next round meets workers on their way to sleep; else they are asleep. */
    private static void pause(SplittableRandom random) {
        spin(random.nextInt(4) == 0 ? random.nextInt(2_000) : random.nextInt(40));
    }

    private void start(int workers, boolean lifoSlot) {
        mayBlock.set(workers - 1);
        var started = new MultiThread(
                Configs.workers(workers, lifoSlot, seed),
                Driver.open(0, null, workers + 1),
                WakeUpSimulationTest::launch);
        scheduler = started;
        started.start();
    }

    private static boolean launch(Runnable worker) {
        Thread.ofPlatform().daemon().start(worker);
        return true;
    }

    private MultiThread running() {
        var started = scheduler;
        if (started == null) {
            throw new AssertionError("not started");
        }
        return started;
    }

    private static boolean becomesTrue(BooleanSupplier condition) {
        long startNanos = System.nanoTime();
        for (int turns = 1; !condition.getAsBoolean(); turns++) {
            if (turns % 64 == 0) {
                if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
                    return false;
                }
                Thread.yield();
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    /** Notes the first failure with what the scheduler looks like. */
    private void fail(String what) {
        var description = new StringBuilder(what)
                .append("; searching=").append(running().idle.searchingCount())
                .append(" inject=").append(running().injectDepth());
        for (var worker : running().workers) {
            description.append(" worker").append(worker.index()).append('=')
                    .append(running().idle.isParked(worker.index()) ? "asleep" : "awake").append('/')
                    .append(worker.queue.size());
        }
        failure.compareAndSet(null, description.toString());
    }
}
