package dev.edo.impl.driver.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.impl.driver.WakeList;
import dev.edo.impl.natives.SlotLayout;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduledIoTest {
    private static final int R = SlotLayout.READABLE;
    private static final int W = SlotLayout.WRITABLE;
    private static final int RC = SlotLayout.READ_CLOSED;
    private static final int WC = SlotLayout.WRITE_CLOSED;
    private static final int E = SlotLayout.ERROR;
    private static final long PENDING = ReadinessWord.PENDING;

    private final SlotRegion region = FakeSelector.regionOf(8);
    private final MemorySegment slots = region.segment();
    private final int slot = region.allocate(5, R | W);
    private final ScheduledIo io = new ScheduledIo(region, slot, region.generation(slot), 5);
    private final WakeList batch = new WakeList();
    private final CountingWaker waker = new CountingWaker();
    private final Context cx = Context.of(waker);

    @AfterEach
    void closeRegion() {
        region.close();
    }

    private void publish(int ready, long tick) {
        if (FakeSelector.publish(slots, slot, ready, tick)) {
            io.wake(ready, batch);
        }
    }

    private long pollRead(Context context) {
        return io.pollReadiness(context, ReadyMask.READ, Direction.READ);
    }

    private long pollWrite(Context context) {
        return io.pollReadiness(context, ReadyMask.WRITE, Direction.WRITE);
    }

    @Test
    void anEventHasTheBitsOfItsDirectionAndTheTick() {
        publish(R | W, 3);
        assertEquals(SlotLayout.pack(3, R), pollRead(cx));
        assertEquals(SlotLayout.pack(3, W), pollWrite(cx));
        assertFalse(io.hasWaiters());
        assertEquals(0, SlotLayout.waitingVolatile(slots, slot));
    }

    @Test
    void aDirectionWakesOnlyItsOwnWaker() {
        var writer = new CountingWaker();
        assertEquals(PENDING, pollRead(cx));
        assertEquals(PENDING, pollWrite(Context.of(writer)));
        publish(W, 1);
        assertEquals(0, waker.count());
        assertEquals(1, writer.count());
        publish(R, 2);
        assertEquals(1, waker.count());
        assertEquals(1, writer.count());
    }

    @Test
    void aWakerThatWasForgottenIsNotKeptAndANewerOneIs() {
        assertEquals(PENDING, pollRead(cx));
        io.forgetReader(waker);
        assertFalse(io.hasWaiters());
        var newer = new CountingWaker();
        assertEquals(PENDING, pollRead(Context.of(newer)));
        io.forgetReader(waker);
        publish(R, 1);
        assertEquals(0, waker.count());
        assertEquals(1, newer.count());
    }

    @Test
    void anErrorEndsTheWait() {
        assertEquals(PENDING, pollRead(cx));
        publish(E, 9);
        assertEquals(1, waker.count());
        assertEquals(SlotLayout.pack(9, E), pollRead(cx));
    }

    @Test
    void aClosedPeerEndsTheWait() {
        assertEquals(PENDING, pollRead(cx));
        publish(RC, 10);
        assertEquals(1, waker.count());
        assertEquals(SlotLayout.pack(10, RC), pollRead(cx));
    }

    @Test
    void theNewestWakerOfADirectionIsTheOneWoken() {
        var newer = new CountingWaker();
        assertEquals(PENDING, pollRead(cx));
        assertEquals(PENDING, pollRead(Context.of(newer)));
        publish(R, 1);
        assertEquals(0, waker.count());
        assertEquals(1, newer.count());
    }

    @Test
    void aWakeUpIsGivenOnce() {
        assertEquals(PENDING, pollRead(cx));
        publish(R, 1);
        publish(R, 2);
        assertEquals(1, waker.count());
    }

    @Test
    void readinessWithoutAWaiterStaysForTheNextPoll() {
        assertFalse(FakeSelector.publish(slots, slot, R, 1));
        assertEquals(SlotLayout.pack(1, R), pollRead(cx));
    }

    @Test
    void clearTakesTheBitsAndThePollAfterItWaits() {
        publish(R | W, 1);
        long event = pollRead(cx);
        io.clearReadiness(event, R);
        assertEquals(PENDING, pollRead(cx));
        assertEquals(SlotLayout.pack(1, W), pollWrite(cx));
        publish(R, 2);
        assertEquals(1, waker.count());
    }

    @Test
    void clearWithAnOldEventDoesNothing() {
        publish(R, 1);
        long old = pollRead(cx);
        publish(R, 2);
        io.clearReadiness(old, R);
        assertEquals(SlotLayout.pack(2, R), pollRead(cx));
    }

    @Test
    void clearNeverTakesTheClosedStates() {
        publish(R | W | RC | WC, 1);
        long event = io.readyEvent(ReadyMask.ALL);
        io.clearReadiness(event, ReadyMask.ALL);
        assertEquals(SlotLayout.pack(1, RC | WC), io.readyEvent(ReadyMask.ALL));
    }

    /**
     * An error makes both directions ready. The reader finds EAGAIN and clears READABLE; if the error
     * stayed, the next poll would be ready at once, for ever.
     */
    @Test
    void clearTakesAnErrorThatTheEventToldOf() {
        publish(R | E, 1);
        long event = pollRead(cx);
        assertEquals(SlotLayout.pack(1, R | E), event);
        io.clearReadiness(event, R);
        assertEquals(PENDING, pollRead(cx));

        publish(R | E, 2);
        io.clearReadiness(SlotLayout.pack(2, R), R);
        assertEquals(SlotLayout.pack(2, E), pollRead(cx));
    }

    @Test
    void shutdownIsFinalAndWakes() {
        assertEquals(PENDING, pollRead(cx));
        io.shutdown(batch);
        assertEquals(1, waker.count());
        assertEquals(ReadinessWord.SHUTDOWN, pollRead(cx));
        publish(R, 4);
        io.clearReadiness(SlotLayout.pack(0, R), R);
        assertEquals(ReadinessWord.SHUTDOWN, pollRead(cx));
        assertFalse(io.hasWaiters());
    }

    @Test
    void aClosedOneDoesNotTouchTheNextOwnerOfItsSlot() {
        publish(R, 1);
        long event = pollRead(cx);
        var selector = FakeSelector.withSlots(1);
        assertTrue(io.close(selector));
        assertFalse(io.close(selector));
        region.free(slot);
        assertEquals(slot, region.allocate(6, R));
        var next = new ScheduledIo(region, slot, region.generation(slot), 6);
        FakeSelector.publish(slots, slot, R, 2);

        assertEquals(ReadinessWord.SHUTDOWN, pollRead(cx));
        assertEquals(0, SlotLayout.waitingVolatile(slots, slot));
        io.clearReadiness(event, R);
        io.clearReadiness(SlotLayout.pack(2, R), R);
        assertEquals(SlotLayout.pack(2, R), next.readyEvent(R));
        selector.close();
    }

    @Test
    void aWakerThatThrowsDoesNotKeepTheOthersAsleep() {
        assertEquals(PENDING, pollRead(Context.of(() -> {
            throw new IllegalStateException("thrown by the test's waker, on purpose");
        })));
        assertEquals(PENDING, pollWrite(cx));
        publish(R | W, 1);
        assertEquals(1, waker.count());
    }

    /**
     * The publisher adds readiness and then looks for waiting bits, while the task sets its waiting bits
     * and then looks for readiness. If either could miss the other, an event would be neither seen nor
     * reported, and the task sleep for ever. Each event is published only after the one before was
     * consumed, so a single lost wake-up stops the test.
     */
    @Test
    void noEventIsLostBetweenPublishAndPoll() throws Exception {
        int events = 200_000;
        var consumed = new AtomicLong();
        var gaveUp = new AtomicBoolean();
        var publisher = Thread.ofPlatform().start(() -> {
            long deadline = System.nanoTime() + 60_000_000_000L;
            for (long tick = 1; tick <= events; tick++) {
                publish(R, tick);
                while (consumed.get() < tick) {
                    if (System.nanoTime() - deadline > 0) {
                        gaveUp.set(true);
                        return;
                    }
                    Thread.onSpinWait();
                }
            }
        });
        var self = Thread.currentThread();
        var woken = new AtomicBoolean();
        var task = Context.of(() -> {
            woken.set(true);
            LockSupport.unpark(self);
        });
        while (consumed.get() < events && !gaveUp.get()) {
            long event = pollRead(task);
            if (event == PENDING) {
                while (!woken.getAndSet(false) && !gaveUp.get()) {
                    LockSupport.parkNanos(this, 1_000_000_000L);
                }
            } else {
                io.clearReadiness(event, R);
                consumed.incrementAndGet();
            }
        }
        publisher.join();
        assertFalse(gaveUp.get(), "event " + (consumed.get() + 1) + " was neither seen nor reported");
        assertEquals(events, consumed.get());
    }

    /**
     * The consumer clears the event it saw while the publisher publishes the next one. A clear that did not
     * compare ticks would erase it: the last event of each round must still be there.
     */
    @Test
    void clearNeverErasesANewerEvent() throws Exception {
        int rounds = 50_000;
        var go = new AtomicLong();
        var done = new AtomicLong();
        var publisher = Thread.ofPlatform().start(() -> {
            for (int round = 1; round <= rounds; round++) {
                while (go.get() < round) {
                    Thread.onSpinWait();
                }
                FakeSelector.publish(slots, slot, R, 2L * round + 1);
                done.set(round);
            }
        });
        int erased = 0;
        for (int round = 1; round <= rounds; round++) {
            FakeSelector.publish(slots, slot, R, 2L * round);
            long event = io.readyEvent(R);
            go.set(round);
            io.clearReadiness(event, R);
            while (done.get() < round) {
                Thread.onSpinWait();
            }
            if (io.readyEvent(R) != SlotLayout.pack(2L * round + 1, R)) {
                erased++;
            }
        }
        publisher.join();
        assertEquals(0, erased);
    }

    /** A task polls for the first time while another closes: it sees that, or it is woken. */
    @Test
    void noWaiterIsForgottenByAConcurrentClose() throws Exception {
        var selector = FakeSelector.withSlots(1);
        for (int round = 0; round < 5_000; round++) {
            int index = region.allocate(round, R);
            var source = new ScheduledIo(region, index, region.generation(index), round);
            var task = new CountingWaker();
            var started = new AtomicBoolean();
            var closer = Thread.ofVirtual().start(() -> {
                while (!started.get()) {
                    Thread.onSpinWait();
                }
                source.close(selector);
                source.wakeClosed();
            });
            started.set(true);
            long event = source.pollReadiness(Context.of(task), ReadyMask.READ, Direction.READ);
            closer.join();
            assertTrue(event == ReadinessWord.SHUTDOWN || task.count() > 0, "round " + round);
            region.free(index);
        }
        selector.close();
    }
}
