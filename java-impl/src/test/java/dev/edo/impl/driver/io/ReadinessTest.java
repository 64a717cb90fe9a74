package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.impl.natives.SlotLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final int FD = 5;
    private static final int R = SlotLayout.READABLE;
    private static final int W = SlotLayout.WRITABLE;
    private static final int P = SlotLayout.PRIORITY;
    private static final int RC = SlotLayout.READ_CLOSED;
    private static final int WC = SlotLayout.WRITE_CLOSED;
    private static final int E = SlotLayout.ERROR;

    private final FakeSelector kernel = FakeSelector.withSlots(8);
    private final IoDriver driver = new IoDriver(kernel, kernel.region);
    private final CountingWaker waker = new CountingWaker();
    private final Context cx = Context.of(waker);
    private Registration registration;
    private ScheduledIo io;

    @BeforeEach
    void register() throws IOException {
        registration = driver.register(FD, R | W | P);
        io = registration.scheduledIo();
    }

    @AfterEach
    void shutdown() {
        driver.shutdown();
    }

    private void turnWith(int ready) {
        kernel.event(FD, ready);
        driver.park(0);
    }

    @Test
    void completesAtOnceWhenReady() throws IOException {
        turnWith(R);
        var readiness = registration.readiness(R);
        assertEquals(Poll.ready(SlotLayout.pack(1, R)), readiness.poll(cx));
        assertFalse(io.hasWaiters());
    }

    @Test
    void isWokenForItsInterestOnly() throws IOException {
        var readiness = registration.readiness(W);
        assertEquals(Poll.pending(), readiness.poll(cx));
        turnWith(R);
        assertEquals(0, waker.count());
        turnWith(W);
        assertEquals(1, waker.count());
        assertEquals(SlotLayout.pack(2, W), readiness.pollEvent(cx));
    }

    @Test
    void urgentDataAndAClosedPeerEndAWaitForPriority() throws IOException {
        var first = registration.readiness(P);
        assertEquals(Registration.PENDING, first.pollEvent(cx));
        turnWith(P | R);
        assertEquals(SlotLayout.pack(1, P), first.pollEvent(cx));
        registration.clearReadiness(SlotLayout.pack(1, P), P);
        var second = registration.readiness(P);
        assertEquals(Registration.PENDING, second.pollEvent(cx));
        turnWith(RC);
        assertEquals(SlotLayout.pack(2, RC), second.pollEvent(cx));
    }

    /**
     * A socket of datagrams has got an error by ICMP, which epoll tells like the end of writing. Who finds no room
     * then has to wait for it, and the other direction is left alone.
     */
    @Test
    void closedStatesGoWithTheReadinessWhereThereIsNoEnd() throws IOException {
        var endless = registration.withoutEnd();
        turnWith(R | RC | W | WC | E);
        long event = endless.pollWriteReady(cx);
        assertEquals(SlotLayout.pack(1, W | WC | E), event);
        endless.clearReadiness(event, W);
        assertEquals(Registration.PENDING, endless.pollWriteReady(cx));
        assertEquals(SlotLayout.pack(1, R | RC), endless.pollReadReady(cx));
        turnWith(W | WC);
        assertEquals(1, waker.count());
        registration.clearReadiness(registration.pollWriteReady(cx), W);
        assertEquals(SlotLayout.pack(2, WC), endless.pollWriteReady(cx), "where there is an end it stays");
    }

    @Test
    void aHundredWaitersAreAllWoken() throws IOException {
        var waiting = new ArrayList<Readiness>();
        for (int i = 0; i < 100; i++) {
            var readiness = registration.readiness(i % 4 == 0 ? W : R);
            assertEquals(Registration.PENDING, readiness.pollEvent(cx));
            waiting.add(readiness);
        }
        turnWith(R);
        assertEquals(75, waker.count());
        turnWith(W);
        assertEquals(100, waker.count());
        for (var readiness : waiting) {
            assertTrue(readiness.pollEvent(cx) >= 0);
        }
        assertFalse(io.hasWaiters());
    }

    /**
     * Two tasks wait; the first one to run clears the readiness. The second was woken for it, and
     * completes.
     */
    @Test
    void completesAlthoughAnotherTaskClearedMeanwhile() throws IOException {
        var readiness = registration.readiness(R);
        assertEquals(Registration.PENDING, readiness.pollEvent(cx));
        turnWith(R);
        registration.clearReadiness(registration.tryReady(R), R);
        assertEquals(SlotLayout.pack(1, R), readiness.pollEvent(cx));
        assertFalse(io.hasWaiters());
    }

    @Test
    void aCancelledOneLeavesNoWaiterAndIsNotWoken() throws IOException {
        var first = registration.readiness(R);
        var middle = registration.readiness(R);
        var last = registration.readiness(R);
        var others = new CountingWaker();
        assertEquals(Registration.PENDING, first.pollEvent(Context.of(others)));
        assertEquals(Registration.PENDING, middle.pollEvent(cx));
        assertEquals(Registration.PENDING, last.pollEvent(Context.of(others)));
        middle.cancel();
        middle.cancel();
        turnWith(R);
        assertEquals(0, waker.count());
        assertEquals(2, others.count());
        first.cancel();
        last.cancel();
        assertFalse(io.hasWaiters());

        var alone = registration.readiness(W);
        assertEquals(Registration.PENDING, alone.pollEvent(cx));
        assertTrue(io.hasWaiters());
        alone.cancel();
        assertFalse(io.hasWaiters());
    }

    @Test
    void isUsedOnce() throws IOException {
        turnWith(R);
        var done = registration.readiness(R);
        done.pollEvent(cx);
        assertThrows(IllegalStateException.class, () -> done.pollEvent(cx));
        var cancelled = registration.readiness(R);
        cancelled.cancel();
        assertThrows(IllegalStateException.class, () -> cancelled.pollEvent(cx));
    }

    @Test
    void theWakerOfTheLastPollIsWoken() throws IOException {
        var newer = new CountingWaker();
        var readiness = registration.readiness(R);
        assertEquals(Registration.PENDING, readiness.pollEvent(cx));
        assertEquals(Registration.PENDING, readiness.pollEvent(Context.of(newer)));
        turnWith(R);
        assertEquals(0, waker.count());
        assertEquals(1, newer.count());
    }

    @Test
    void takesPartInTheBudget() throws IOException {
        var budget = new BudgetContext(waker, 1);
        var waiting = registration.readiness(R);
        assertEquals(Registration.PENDING, waiting.pollEvent(budget));
        assertEquals(1, budget.budget);
        turnWith(R);
        assertTrue(waiting.pollEvent(budget) >= 0);
        assertEquals(0, budget.budget);
        assertEquals(Registration.PENDING, registration.readiness(R).pollEvent(budget));
        assertEquals(Registration.PENDING, registration.pollReadReady(budget));
        assertEquals(2, budget.refused);
    }

    @Test
    void pollingAgainAllocatesNothing() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var readiness = registration.readiness(R);
        pollRepeatedly(readiness);
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            pollRepeatedly(readiness);
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(fewest < 20_000, "20,000 polls allocated " + fewest + " bytes");
    }

    private void pollRepeatedly(Readiness readiness) throws IOException {
        for (int i = 0; i < 20_000; i++) {
            if (readiness.pollEvent(cx) != Registration.PENDING
                    || registration.pollReadReady(cx) != Registration.PENDING) {
                throw new AssertionError("ready without an event");
            }
        }
    }

    @Test
    void failsWhenTheRegistrationIsClosed() throws IOException {
        var readiness = registration.readiness(R);
        assertEquals(Registration.PENDING, readiness.pollEvent(cx));
        registration.close();
        assertEquals(1, waker.count());
        assertThrows(ClosedChannelException.class, () -> readiness.pollEvent(cx));
        assertFalse(io.hasWaiters());
    }

    @Test
    void failsWithTheReasonWhenTheDriverIsShutDown() throws IOException {
        var readiness = registration.readiness(R);
        assertEquals(Registration.PENDING, readiness.pollEvent(cx));
        driver.shutdown();
        assertEquals(1, waker.count());
        var failure = assertThrows(IOException.class, () -> readiness.pollEvent(cx));
        assertTrue(failure.getMessage().contains("I/O driver was shut down: the runtime this socket"
                + " belongs to has been closed"), failure.getMessage());
    }

    /**
     * Futures enlist, fire and are cancelled by two threads while the driver turns. A node that is unlinked
     * twice, or fires after it was taken off, breaks the list: waiters are lost, or remain in the end.
     */
    @Test
    void wakingAndCancellingAtOnceKeepsTheListWhole() throws Exception {
        var stop = new AtomicBoolean();
        var failure = new AtomicReference<Throwable>();
        var completed = new AtomicInteger();
        var turning = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                turnWith(R);
            }
        });
        Runnable poller = () -> {
            try {
                var own = new CountingWaker();
                var context = Context.of(own);
                for (int i = 0; i < 20_000; i++) {
                    var readiness = registration.readiness(R);
                    int seen = own.count();
                    long event = readiness.pollEvent(context);
                    if (event == Registration.PENDING && (i & 1) == 0) {
                        readiness.cancel();
                        continue;
                    }
                    while (event == Registration.PENDING) {
                        assertTrue(own.awaitPast(seen), "lost wake-up");
                        seen = own.count();
                        event = readiness.pollEvent(context);
                    }
                    registration.clearReadiness(event, R);
                    completed.incrementAndGet();
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        };
        var first = Thread.ofPlatform().start(poller);
        var second = Thread.ofPlatform().start(poller);
        first.join();
        second.join();
        stop.set(true);
        turning.join();
        assertEquals(null, failure.get());
        assertTrue(completed.get() >= 20_000);
        assertFalse(io.hasWaiters());
    }
}
