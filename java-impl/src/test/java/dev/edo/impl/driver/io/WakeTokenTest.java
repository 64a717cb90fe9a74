package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
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

    /** With one notifier nobody makes up for a lost notification. */
    @Test
    void noNotificationOfASingleNotifierIsLost() throws Exception {
        notifyAndSleep(1);
    }

    @Test
    void noNotificationIsLostWhereTwoCoincide() throws Exception {
        notifyAndSleep(2);
    }

    /**
     * Each notifier makes a piece of work visible and notifies, and goes on when work was done; the sleeper
     * sleeps in a semaphore, as the polling thread does in the kernel, and takes all work after each wait. If
     * a notification could fall between the end of one wait and the sleep of the next without effect, the
     * sleeper would sleep on with work to do.
     */
    private void notifyAndSleep(int notifiers) throws Exception {
        int rounds = 50_000;
        var kernel = new Semaphore(0);
        var work = new AtomicInteger();
        var done = new AtomicInteger();
        var lost = new AtomicBoolean();
        var sleeper = Thread.ofPlatform().start(() -> {
            try {
                while (done.get() < notifiers * rounds) {
                    if (token.beginWait() == WakeToken.Wait.SLEEP
                            && !kernel.tryAcquire(10, TimeUnit.SECONDS)) {
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
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < notifiers; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < rounds; round++) {
                    int before = done.get();
                    work.incrementAndGet();
                    if (token.notifyOne() == WakeToken.Notified.WAKE_SLEEPER) {
                        kernel.release();
                    }
                    while (done.get() == before && sleeper.isAlive()) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        sleeper.join();
        assertFalse(lost.get(), "asleep with work=" + work.get() + " after " + done.get());
        assertEquals(notifiers * rounds, done.get());
    }
}
