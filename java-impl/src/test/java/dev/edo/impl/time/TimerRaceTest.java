package dev.edo.impl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.Park;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Owners register, move, cancel and await timers, in their own shards and in the shared one,
 * migrating between them, while one thread moves the time and fires all shards. A lost wake-up
 * leaves an owner waiting for ever; a broken ring or a leaked timer leaves a deadline behind.
 */
class TimerRaceTest {
    private static final long TICK = 1L << Wheel.TICK_SHIFT;
    private static final int OWNERS = 3;
    private static final int TIMERS_PER_OWNER = 30_000;

    private final ManualTime time = new ManualTime(TICK);
    private final TimeDriver driver = new TimeDriver(time.clock(), new RecordingPark(), OWNERS + 1);
    private final AtomicInteger running = new AtomicInteger(OWNERS);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private static final class ThreadWaker implements Waker {
        private final Thread thread = Thread.currentThread();
        private volatile boolean woken;

        @Override
        public void wake() {
            woken = true;
            LockSupport.unpark(thread);
        }

        void await() {
            while (!woken) {
                LockSupport.park(this);
            }
            woken = false;
        }
    }

    @Test
    @Timeout(60)
    void noWakeUpIsLostAndNoTimerIsLeftBehind() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < OWNERS; i++) {
            int owner = i;
            threads.add(Thread.ofPlatform().start(() -> own(owner)));
        }
        for (long now = TICK; running.get() > 0; now += TICK) {
            time.set(now);
            for (int shard = 0; shard <= OWNERS; shard++) {
                driver.processShard(shard);
            }
        }
        for (var thread : threads) {
            thread.join();
        }
        assertNull(failure.get());
        for (int shard = 0; shard <= OWNERS; shard++) {
            assertEquals(Park.FOREVER, driver.nanosToNext(shard));
        }
    }

    private void own(int owner) {
        try {
            var random = new SplittableRandom(owner);
            var waker = new ThreadWaker();
            var cx = Context.of(waker);
            var otherCx = Context.of(() -> waker.wake());
            for (int i = 0; i < TIMERS_PER_OWNER; i++) {
                var timer = new TestTimer(driver, owner, soon(random));
                boolean over = timer.pollElapsed(cx).isReady();
                for (int step = random.nextInt(4); step > 0 && !over; step--) {
                    switch (random.nextInt(4)) {
                        case 0 -> timer.migrateTo(random.nextBoolean() ? owner : OWNERS);
                        case 1 -> timer.moveTo(soon(random));
                        case 2 -> over = timer.pollElapsed(otherCx).isReady();
                        default -> over = timer.pollElapsed(cx).isReady();
                    }
                }
                if (!over && random.nextBoolean()) {
                    timer.giveUp();
                    continue;
                }
                while (!over && !timer.pollElapsed(cx).isReady()) {
                    waker.await();
                }
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        } finally {
            running.decrementAndGet();
        }
    }

    private long soon(SplittableRandom random) {
        return time.getAsLong() + random.nextLong(100) * TICK;
    }
}
