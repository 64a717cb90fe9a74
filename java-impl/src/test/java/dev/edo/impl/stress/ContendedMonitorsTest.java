package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.impl.contract.Eventually;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Monitors that many tasks fight for. */
class ContendedMonitorsTest extends StressTest {
    private static final int ROUNDS = Scale.of(500);

    @Test
    void oneMonitor() throws Exception {
        var monitor = new Object();
        var count = new int[1];
        for (int i = 0; i < 20; i++) {
            spawn(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    synchronized (monitor) {
                        count[0]++;
                        if (round % 8 == 0) {
                            Thread.yield();
                        }
                    }
                }
            });
        }
        awaitAll();
        assertEquals(20 * ROUNDS, count[0]);
    }

    /** Foreign platform threads and tasks in one monitor: the JDK wakes the tasks from a thread of its own. */
    @Test
    void oneMonitorSharedWithPlatformThreads() throws Exception {
        var monitor = new Object();
        var count = new int[1];
        var foreign = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    synchronized (monitor) {
                        count[0]++;
                        LockSupport.parkNanos(1_000);
                    }
                }
                foreign.incrementAndGet();
            });
        }
        for (int i = 0; i < 8; i++) {
            spawn(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    synchronized (monitor) {
                        count[0]++;
                    }
                }
            });
        }
        awaitAll();
        Eventually.until("the platform threads end", () -> foreign.get() == 2);
        assertEquals(10 * ROUNDS, count[0]);
    }

    /** The JDK's LotsOfContendedMonitorEnter: one task holds many monitors, another one is blocked on each. */
    @Test
    void manyMonitorsHeldAtATime() throws Exception {
        int depth = 200;
        var blocked = new AtomicInteger();
        spawn(() -> {
            var waiters = new ArrayDeque<CountDownLatch>();
            holdAll(depth, waiters, blocked);
            for (var waiter : waiters) {
                waiter.await();
            }
        });
        awaitAll();
        assertEquals(depth, blocked.get());
    }

    private void holdAll(int left, ArrayDeque<CountDownLatch> waiters, AtomicInteger blocked) throws Exception {
        if (left == 0) {
            return;
        }
        var monitor = new Object();
        synchronized (monitor) {
            var started = new CountDownLatch(1);
            var through = new CountDownLatch(1);
            waiters.add(through);
            handle.spawn(() -> {
                started.countDown();
                synchronized (monitor) {
                    blocked.incrementAndGet();
                }
                through.countDown();
            });
            started.await();
            Thread.yield();
            holdAll(left - 1, waiters, blocked);
        }
    }

    @Test
    void notifyAllToManyWaiters() throws Exception {
        var monitor = new Object();
        var generation = new int[1];
        var arrived = new int[1];
        int parties = 50;
        for (int i = 0; i < parties; i++) {
            spawn(() -> {
                for (int round = 0; round < Scale.of(50); round++) {
                    synchronized (monitor) {
                        int own = generation[0];
                        if (++arrived[0] == parties) {
                            arrived[0] = 0;
                            generation[0]++;
                            monitor.notifyAll();
                        }
                        while (generation[0] == own) {
                            monitor.wait();
                        }
                    }
                }
            });
        }
        awaitAll();
        assertEquals(Scale.of(50), generation[0]);
    }
}
