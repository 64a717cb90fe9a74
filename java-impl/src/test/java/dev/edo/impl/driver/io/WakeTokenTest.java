package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeTokenTest {
    private final WakeToken token = new WakeToken();

    @Test
    void aSleeperIsWokenByTheFirstNotifierOnly() {
        assertEquals(WakeToken.Wait.SLEEP, token.beginWait());
        assertEquals(WakeToken.Notified.WAKE_SLEEPER, token.notifyOne());
        assertEquals(WakeToken.Notified.ALREADY_NOTIFIED, token.notifyOne());
        token.endWait();
        assertEquals(WakeToken.Wait.SLEEP, token.beginWait());
    }

    @Test
    void aNotificationBeforeTheWaitKeepsItFromSleeping() {
        assertEquals(WakeToken.Notified.NOT_SLEEPING, token.notifyOne());
        assertEquals(WakeToken.Notified.ALREADY_NOTIFIED, token.notifyOne());
        assertEquals(WakeToken.Wait.LOOK, token.beginWait());
        token.endWait();
        assertEquals(WakeToken.Wait.SLEEP, token.beginWait());
    }

    /**
     * Two notifiers each make a piece of work visible and notify; the sleeper sleeps in a semaphore, as the
     * polling thread does in the kernel, and takes all work after each wait. If a notification could fall
     * between the end of one wait and the sleep of the next without effect, the sleeper would sleep on with
     * work to do.
     */
    @Test
    void noNotificationIsLost() throws Exception {
        int rounds = 100_000;
        var kernel = new Semaphore(0);
        var work = new AtomicInteger();
        var done = new AtomicInteger();
        var lost = new AtomicBoolean();
        var sleeper = Thread.ofPlatform().start(() -> {
            try {
                while (done.get() < 2 * rounds) {
                    if (token.beginWait() == WakeToken.Wait.SLEEP && !kernel.tryAcquire(10, TimeUnit.SECONDS)) {
                        lost.set(true);
                        return;
                    }
                    token.endWait();
                    done.addAndGet(work.getAndSet(0));
                }
            } catch (InterruptedException e) {
                lost.set(true);
            }
        });
        Runnable notifier = () -> {
            for (int i = 0; i < rounds; i++) {
                int before = done.get();
                work.incrementAndGet();
                if (token.notifyOne() == WakeToken.Notified.WAKE_SLEEPER) {
                    kernel.release();
                }
                while (done.get() == before && !lost.get() && sleeper.isAlive()) {
                    Thread.onSpinWait();
                }
            }
        };
        var first = Thread.ofPlatform().start(notifier);
        var second = Thread.ofPlatform().start(notifier);
        first.join();
        second.join();
        sleeper.join();
        assertFalse(lost.get(), "asleep with work=" + work.get() + " after " + done.get());
        assertEquals(2 * rounds, done.get());
    }
}
