package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.impl.driver.Park;
import dev.edo.impl.natives.SlotLayout;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IoDriverTest {
    private static final int R = SlotLayout.READABLE;
    private static final int W = SlotLayout.WRITABLE;
    private static final int SLOTS = 40;

    private final FakeSelector kernel = FakeSelector.withSlots(SLOTS);
    private final IoDriver driver = new IoDriver(kernel, kernel.region);
    private final CountingWaker waker = new CountingWaker();
    private final Context cx = Context.of(waker);

    @AfterEach
    void shutdown() {
        driver.shutdown();
    }

    @Test
    void aTurnWakesWhoWaitsAndCountsWhoDoesNot() throws IOException {
        var waiting = driver.register(1, R);
        var quiet = driver.register(2, R);
        assertEquals(Registration.PENDING, waiting.pollReadReady(cx));
        kernel.event(1, R);
        kernel.event(2, R);
        driver.park(0);
        assertEquals(1, waker.count());
        assertTrue(waiting.pollReadReady(cx) >= 0);
        assertTrue(quiet.pollReadReady(cx) >= 0);
        assertEquals(2, driver.publishedCount());
        assertEquals(2, driver.readyCount());
        assertEquals(1, driver.upcallCount());
        assertEquals(1, driver.quietCount());
        assertEquals(1, driver.turnCount());
    }

    @Test
    void everyTurnHasATickOfItsOwn() throws IOException {
        var registration = driver.register(1, R);
        kernel.event(1, R);
        driver.park(0);
        long first = registration.tryReady(R);
        kernel.event(1, R);
        driver.park(0);
        assertNotEquals(first, registration.tryReady(R));
        registration.clearReadiness(first, R);
        assertTrue(registration.tryReady(R) >= 0);
    }

    @Test
    void theTickNeverWrapsToThatOfAFreshSlot() {
        assertEquals(1, ReadinessWord.nextTick(SlotLayout.TICK_MASK));
        assertEquals(2, ReadinessWord.nextTick(1));
    }

    /**
     * The select in progress has taken an event from the kernel when its descriptor is deregistered and a new
     * one registered. The slot must not have been freed yet, or the event would reach the new owner.
     */
    @Test
    void anEventInFlightDoesNotReachTheNextRegistration() throws IOException {
        var old = driver.register(1, R);
        int slot = old.scheduledIo().slot;
        var next = new AtomicReference<Registration>();
        kernel.event(1, R);
        kernel.duringNextSelect(() -> {
            old.close();
            try {
                next.set(driver.register(2, R));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        driver.park(0);
        assertNotEquals(slot, next.get().scheduledIo().slot);
        assertEquals(Registration.PENDING, next.get().tryReady(R));
    }

    /** An event of an earlier owner that comes after the slot was reused is stale, and nobody sees it. */
    @Test
    void aStaleEventOfAReusedSlotIsDropped() throws IOException {
        var old = driver.register(1, R);
        int slot = old.scheduledIo().slot;
        kernel.event(1, R);
        kernel.holdEvents();
        old.close();
        driver.park(0);
        driver.park(0);
        var next = driver.register(2, R);
        assertEquals(slot, next.scheduledIo().slot);
        assertEquals(Registration.PENDING, next.pollReadReady(cx));
        kernel.releaseEvents();
        driver.park(0);
        assertEquals(1, driver.staleCount());
        assertEquals(0, waker.count());
        assertEquals(Registration.PENDING, next.tryReady(R));
    }

    @Test
    void closingWakesBothDirectionsAndIsIdempotent() throws IOException {
        var writer = new CountingWaker();
        var registration = driver.register(1, R | W);
        registration.pollReadReady(cx);
        registration.pollWriteReady(Context.of(writer));
        registration.close();
        registration.close();
        assertFalse(kernel.isRegistered(1));
        assertEquals(1, waker.count());
        assertEquals(1, writer.count());
        assertEquals(1, driver.deregisteredCount());
        assertThrows(ClosedChannelException.class, () -> registration.pollReadReady(cx));
        assertThrows(ClosedChannelException.class, () -> registration.tryReady(W));
        registration.clearReadiness(0, R);
    }

    /**
     * The wake-up ends a task, and that closes the descriptor that woke it, on the thread that is in the middle of
     * the turn. The others that wait for it are told; the turn goes on with the next descriptor.
     */
    @Test
    void aWakeUpMayCloseTheRegistrationThatItComesFrom() throws IOException {
        var closed = driver.register(1, R | W);
        var next = driver.register(2, R);
        var closing = Context.of(closed::close);
        var others = new CountingWaker();
        assertEquals(Registration.PENDING, closed.pollReadReady(closing));
        assertEquals(Registration.PENDING, closed.pollWriteReady(Context.of(others)));
        var waiters = new ArrayList<Readiness>();
        for (int i = 0; i < 40; i++) {
            var waiter = closed.readiness(R);
            assertEquals(Registration.PENDING, waiter.pollEvent(i == 1 ? closing : Context.of(others)));
            waiters.add(waiter);
        }
        assertEquals(Registration.PENDING, next.pollReadReady(cx));
        kernel.event(1, R);
        kernel.event(2, R);
        driver.park(0);
        assertEquals(40, others.count(), "39 futures and the writer");
        assertEquals(1, waker.count());
        assertFalse(kernel.isRegistered(1));
        assertThrows(ClosedChannelException.class, () -> closed.pollReadReady(cx));
        for (var waiter : waiters) {
            assertThrows(ClosedChannelException.class, () -> waiter.pollEvent(cx));
        }
        driver.park(0);
        assertEquals(1, driver.slotsInUse());
    }

    @Test
    void sixteenDeregisteredOnesWakeTheSleepingDriver() throws Exception {
        var open = new ArrayList<Registration>();
        for (int fd = 0; fd < RegistrationSet.NOTIFY_AFTER; fd++) {
            open.add(driver.register(fd, R));
        }
        var wokenAt = new ArrayList<Integer>();
        kernel.duringNextSelect(() -> {
            for (int i = 0; i < open.size(); i++) {
                open.get(i).close();
                if (kernel.isWakePending()) {
                    wokenAt.add(i + 1);
                    break;
                }
            }
        });
        driver.park(Park.FOREVER);
        assertEquals(1, wokenAt.size());
        assertEquals(RegistrationSet.NOTIFY_AFTER, wokenAt.getFirst());
        assertEquals(RegistrationSet.NOTIFY_AFTER, driver.slotsInUse());
        driver.park(0);
        assertEquals(0, driver.slotsInUse());
    }

    @Test
    void unparkWakesASleeperOnceAndKeepsTheNextParkFromSleeping() {
        driver.unpark();
        assertFalse(kernel.isWakePending());
        driver.park(Park.FOREVER);
        assertEquals(0, kernel.lastTimeoutNanos());
        kernel.duringNextSelect(() -> {
            driver.unpark();
            driver.unpark();
        });
        driver.park(Park.FOREVER);
        assertEquals(Park.FOREVER, kernel.lastTimeoutNanos());
        assertEquals(1, kernel.wakeCalls());
    }

    @Test
    void exhaustionNamesTheLimitAndTheProperty() throws IOException {
        var open = new ArrayList<Registration>();
        for (int fd = 0; fd < SLOTS; fd++) {
            open.add(driver.register(fd, R));
        }
        var failure = assertThrows(IOException.class, () -> driver.register(99, R));
        assertTrue(failure.getMessage().contains("all " + SLOTS + " slots"), failure.getMessage());
        assertTrue(failure.getMessage().contains("edo.io.maxSlots"), failure.getMessage());
        open.getFirst().close();
        assertThrows(IOException.class, () -> driver.register(99, R));
        driver.park(0);
        driver.register(99, R).close();
    }

    @Test
    void aRefusedRegistrationLeavesNothingBehind() throws IOException {
        kernel.refuseRegistration(1);
        var failure = assertThrows(IOException.class, () -> driver.register(3, R));
        assertTrue(failure.getMessage().contains("fd=3"), failure.getMessage());
        assertTrue(failure.getMessage().contains("EPERM"), failure.getMessage());
        assertEquals(0, driver.slotsInUse());
        assertEquals(0, driver.registeredCount());
    }

    @Test
    void anInterestInNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> driver.register(3, 0));
        assertEquals(0, driver.slotsInUse());
    }

    @Test
    void tenThousandRegistrationsOneAfterTheOtherDoNotGrow() throws IOException {
        int length = driver.tableLength();
        for (int i = 0; i < 10_000; i++) {
            driver.register(i, R).close();
            driver.park(0);
        }
        assertEquals(10_000, driver.registeredCount());
        assertEquals(10_000, driver.deregisteredCount());
        driver.park(0);
        assertEquals(0, driver.slotsInUse());
        assertEquals(length, driver.tableLength());
    }

    @Test
    void theTableGrowsWithTheSlots() throws IOException {
        var many = FakeSelector.withSlots(1000);
        var big = new IoDriver(many, many.region);
        var wakers = new ArrayList<CountingWaker>();
        for (int fd = 0; fd < 1000; fd++) {
            var own = new CountingWaker();
            wakers.add(own);
            big.register(fd, R).pollReadReady(Context.of(own));
        }
        for (int fd = 0; fd < 1000; fd++) {
            many.event(fd, R);
        }
        big.park(0);
        for (var own : wakers) {
            assertEquals(1, own.count());
        }
        big.shutdown();
    }

    @Test
    void afterShutdownEverythingFailsWithTheReasonAndNothingIsTouched() throws IOException {
        var registration = driver.register(1, R | W);
        assertEquals(Registration.PENDING, registration.pollReadReady(cx));
        kernel.event(1, W);
        driver.park(0);
        long event = registration.tryReady(W);
        driver.shutdown();
        driver.shutdown();
        assertEquals(1, waker.count());
        for (var failure : new IOException[] {
            assertThrows(IOException.class, () -> registration.pollReadReady(cx)),
            assertThrows(IOException.class, () -> registration.pollWriteReady(cx)),
            assertThrows(IOException.class, () -> registration.tryReady(W)),
            assertThrows(IOException.class, () -> driver.register(2, R))}) {
            assertTrue(failure.getMessage().contains("I/O driver was shut down"), failure.getMessage());
        }
        registration.clearReadiness(event, W);
        registration.close();
        assertThrows(ClosedChannelException.class, () -> registration.pollReadReady(cx));
        driver.unpark();
        assertEquals(0, driver.slotsInUse());
        assertEquals(1, driver.deregisteredCount());
        assertEquals(1, driver.publishedCount());
    }

    @Test
    void negativeResultsOfTheKernelAreReported() {
        kernel.failNextSelect(9);
        var failure = assertThrows(java.io.UncheckedIOException.class, () -> driver.park(0));
        assertTrue(failure.getMessage().contains("EBADF"), failure.getMessage());
    }

    /**
     * A descriptor was closed too early and its number is a regular file's by now, which the kernel refuses to
     * deregister. Writing the log may park, or lead back here: if it had the lock, this would wait for itself.
     */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRefusedDeregistrationIsLoggedWithoutTheLock() throws IOException {
        var registration = driver.register(1, R);
        registration.pollReadReady(cx);
        kernel.refuseDeregistration(1);
        var lines = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                registration.close();
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(ScheduledIo.class.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            registration.close();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().contains("deregister fd=1"), lines.getFirst());
        assertEquals(1, waker.count());
        assertEquals(1, driver.deregisteredCount());
    }
}
