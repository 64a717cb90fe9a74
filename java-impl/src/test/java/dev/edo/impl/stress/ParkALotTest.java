package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Parking in every way, with unparks that come before, during and after. */
class ParkALotTest extends StressTest {
    private static final int ROUNDS = Scale.of(2_000);

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

    /** The JDK's TimedWaitALot: notifications and timeouts of Object.wait at about the same time. */
    @Test
    void timedWaitALot() throws Exception {
        for (int i = 0; i < 8; i++) {
            var monitor = new Object();
            var done = new AtomicBoolean();
            spawn(() -> {
                for (int round = 0; round < Scale.of(200); round++) {
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
                for (int round = 0; round < Scale.of(3); round++) {
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
        if (setup != Setup.ONE_WORKER) {
            return; // two workers have no common order, nor has a holder of the core that others may help
        }
        var order = new ConcurrentLinkedQueue<String>();
        var released = new AtomicBoolean();
        var parked = new AtomicReference<Thread>();
        spawn(() -> {
            parked.set(Thread.currentThread());
            while (!released.get()) {
                LockSupport.park();
            }
            order.add("woken");
        });
        Eventually.until("the first task parks",
                () -> parked.get() != null && parked.get().getState() == Thread.State.WAITING);
        spawn(() -> {
            released.set(true);
            LockSupport.unpark(parked.get());
            Thread.yield();
            order.add("yielded");
        });
        awaitAll();
        assertEquals(List.of("woken", "yielded"), List.copyOf(order));
    }

    private void foreign(Runnable body) {
        Thread.ofPlatform().daemon().name("stress-foreign").start(body);
    }
}
