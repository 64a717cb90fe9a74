package dev.edo.impl.stress;

import dev.edo.impl.contract.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Parking in every way, with unparks that come before, during and after. */
class ParkALotTest extends StressTest {
    private static final int ROUNDS = 2_000 * SCALE;

    /** Each round parks until its number was announced; the unparker does not look whether the task has parked. */
    @Test
    void unparkRacesWithPark() throws Exception {
        for (int i = 0; i < 4; i++) {
            var announced = new AtomicInteger();
            var reached = new AtomicInteger();
            var thread = new AtomicReference<Thread>();
            spawn(() -> {
                thread.set(Thread.currentThread());
                for (int round = 1; round <= ROUNDS; round++) {
                    reached.set(round);
                    while (announced.get() < round) {
                        LockSupport.park();
                    }
                }
            });
            foreign(() -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    while (reached.get() < round) {
                        Thread.onSpinWait();
                    }
                    announced.set(round);
                    LockSupport.unpark(thread.get());
                }
            });
        }
        awaitAll();
    }

    /** The JDK's ParkAfterTimedPark: the unpark that ends a timed park must not be eaten by the timeout's own. */
    @Test
    void parkAfterTimedPark() throws Exception {
        for (int i = 0; i < 4; i++) {
            var announced = new AtomicInteger();
            var reached = new AtomicInteger();
            var thread = new AtomicReference<Thread>();
            spawn(() -> {
                thread.set(Thread.currentThread());
                for (int round = 1; round <= ROUNDS; round++) {
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(1, 50_000));
                    reached.set(round);
                    while (announced.get() < round) {
                        LockSupport.park();
                    }
                }
            });
            foreign(() -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    while (reached.get() < round) {
                        LockSupport.unpark(thread.get());
                        Thread.yield();
                    }
                    announced.set(round);
                    LockSupport.unpark(thread.get());
                }
            });
        }
        awaitAll();
    }

    /** The JDK's TimedWaitALot: notifications and timeouts of Object.wait at about the same time. */
    @Test
    void timedWaitALot() throws Exception {
        for (int i = 0; i < 8; i++) {
            var monitor = new Object();
            var done = new AtomicBoolean();
            spawn(() -> {
                for (int round = 0; round < 200 * SCALE; round++) {
                    synchronized (monitor) {
                        monitor.wait(ThreadLocalRandom.current().nextInt(1, 4));
                    }
                }
                done.set(true);
            });
            foreign(() -> {
                while (!done.get()) {
                    synchronized (monitor) {
                        monitor.notifyAll();
                    }
                    LockSupport.parkNanos(500_000);
                }
            });
        }
        awaitAll();
    }

    /** The JDK's SleepALot: many timers of the JDK at a time. */
    @Test
    void sleepALot() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            spawn(() -> {
                for (int round = 0; round < 3 * SCALE; round++) {
                    Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, 20)));
                }
            });
        }
        awaitAll();
    }

    /** Interrupts race with timed parks; each interrupt is seen exactly once. */
    @Test
    void interruptALot() throws Exception {
        for (int i = 0; i < 4; i++) {
            var thread = new AtomicReference<Thread>();
            var seen = new AtomicInteger();
            var sent = new AtomicInteger();
            spawn(() -> {
                thread.set(Thread.currentThread());
                while (seen.get() < ROUNDS / 4) {
                    try {
                        Thread.sleep(Duration.ofSeconds(20));
                        throw new AssertionError("interrupt " + sent + " was lost after " + seen);
                    } catch (InterruptedException e) {
                        seen.incrementAndGet();
                    }
                }
            });
            foreign(() -> {
                while (thread.get() == null) {
                    Thread.yield();
                }
                for (int round = 0; round < ROUNDS / 4; round++) {
                    sent.set(round + 1);
                    thread.get().interrupt();
                    while (seen.get() <= round) {
                        Thread.onSpinWait();
                    }
                }
            });
        }
        awaitAll();
    }

    /** The JDK's YieldQueuing: whoever yields goes behind those that are runnable already. */
    @Test
    void yieldGoesToTheBack() throws Exception {
        var order = new ArrayList<String>();
        if (setup.workers() != 1) {
            return; // two workers have no common order
        }
        var outer = spawn(() -> {
            var ready = new CountDownLatch(1);
            spawn(() -> {
                order.add("A");
                ready.countDown();
                Thread.yield();
                order.add("A again");
            });
            spawn(() -> {
                ready.await();
                order.add("B");
            });
            ready.await();
            Thread.yield();
            Thread.yield();
        });
        Eventually.until("the outer task ends", outer::isFinished);
        awaitAll();
        if (order.indexOf("B") > order.indexOf("A again")) {
            throw new AssertionError("B was runnable when A yielded: " + order);
        }
    }

    private void foreign(Runnable body) {
        Thread.ofPlatform().daemon().name("stress-foreign").start(body);
    }
}
