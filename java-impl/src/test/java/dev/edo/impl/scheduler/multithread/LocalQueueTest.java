package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.Item;
import dev.edo.impl.scheduler.Schedulable;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalQueueTest {
    private final LocalQueue queue = new LocalQueue(4);
    private final LocalQueue thief = new LocalQueue(4);
    private final Inject inject = new Inject();
    private final WorkerStats stats = new WorkerStats();
    private final WorkerStats thiefStats = new WorkerStats();
    private final List<Schedulable> items =
            List.of(new Item(0), new Item(1), new Item(2), new Item(3), new Item(4), new Item(5));

    private void push(int... numbers) {
        for (int number : numbers) {
            queue.pushBack(items.get(number), inject, stats);
        }
    }

    private List<Schedulable> items(int... numbers) {
        return Arrays.stream(numbers).mapToObj(items::get).toList();
    }

    private static List<Schedulable> drain(LocalQueue from) {
        var all = new ArrayList<Schedulable>();
        for (var item = from.pop(); item != null; item = from.pop()) {
            all.add(item);
        }
        return all;
    }

    private List<Schedulable> drainInject() {
        var all = new ArrayList<Schedulable>();
        for (var item = inject.pop(); item != null; item = inject.pop()) {
            all.add(item);
        }
        return all;
    }

    @Test
    void takesTheOldestFirst() {
        push(0, 1, 2);
        assertEquals(3, queue.size());
        assertTrue(queue.hasTasks());
        assertEquals(items(0, 1, 2), drain(queue));
        assertFalse(queue.hasTasks());
        assertNull(queue.pop());
    }

    @Test
    void aFullRingMovesItsOlderHalfAndTheNewTaskBehindIt() {
        push(0, 1, 2, 3, 4);
        assertEquals(items(0, 1, 4), drainInject());
        assertEquals(items(2, 3), drain(queue));
        assertEquals(1, stats.overflows);
    }

    @Test
    void theRingGoesRound() {
        for (int round = 0; round < 10; round++) {
            push(0, 1, 2);
            assertEquals(items(0, 1, 2), drain(queue));
        }
        assertTrue(inject.isEmpty());
    }

    @Test
    void aThiefTakesHalfRoundedUpAndRunsTheNewestOfIt() {
        push(0, 1, 2);
        assertSame(items.get(1), queue.stealInto(thief, thiefStats));
        assertEquals(items(0), drain(thief));
        assertEquals(items(2), drain(queue));
        assertEquals(2, thiefStats.steals);
        assertEquals(1, thiefStats.stealOperations);
    }

    @Test
    void aThiefTakesTheOnlyTask() {
        push(0);
        assertSame(items.get(0), queue.stealInto(thief, thiefStats));
        assertFalse(thief.hasTasks());
        assertNull(queue.pop());
    }

    @Test
    void nothingToStealIsNoSteal() {
        assertNull(queue.stealInto(thief, thiefStats));
        assertEquals(0, thiefStats.stealOperations);
    }

    @Test
    void aThiefThatIsMoreThanHalfFullTakesNothing() {
        for (int i = 0; i < 3; i++) {
            thief.pushBack(items.get(i), inject, thiefStats);
        }
        push(3, 4);
        assertNull(queue.stealInto(thief, thiefStats));
        assertEquals(2, queue.size());
    }

    @Test
    void aThiefNeverTakesMoreThanItsOwnQueueIsSureToHold() {
        var big = new LocalQueue(16);
        for (int i = 0; i < 16; i++) {
            big.pushBack(new Item(i), inject, stats);
        }
        assertSame(Item.class, Objects.requireNonNull(big.stealInto(thief, thiefStats)).getClass());
        assertEquals(1, thief.size());
        assertEquals(14, big.size());
    }

    /** A thief has claimed two of four slots and has not copied them: the owner must not write there. */
    @Test
    void whileAThiefCopiesAFullRingLetsTheNewTaskOverflowAlone() throws Exception {
        push(0, 1, 2, 3);
        setHead(queue, 0, 2);
        push(4);
        assertEquals(items(4), drainInject());
        assertEquals(0, stats.overflows, "no half was moved");
        assertEquals(0, queue.remainingSlots());
        assertEquals(items(2, 3), drain(queue), "the owner takes what the thief did not claim");
        push(5);
        assertEquals(items(5), drainInject(), "the slots of the thief are not free yet");
        assertNull(queue.stealInto(thief, thiefStats), "one thief at a time");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, -3, Integer.MAX_VALUE, Integer.MAX_VALUE - 1})
    void positionsMayWrapAround(int start) throws Exception {
        setHead(queue, start, start);
        setTail(queue, start);
        setHead(thief, start, start);
        setTail(thief, start);
        push(0, 1, 2);
        assertEquals(3, queue.size());
        assertEquals(1, queue.remainingSlots());
        assertSame(items.get(1), queue.stealInto(thief, thiefStats));
        push(3, 4, 5);
        assertEquals(items(0), drain(thief));
        push(1);
        assertEquals(items(2, 3, 1), drainInject());
        assertEquals(items(4, 5), drain(queue));
    }

    @Test
    void slotsThatWereTakenReferToNothing() throws Exception {
        push(0, 1, 2, 3, 4);
        queue.stealInto(thief, thiefStats);
        drain(queue);
        drain(thief);
        for (var each : List.of(queue, thief)) {
            assertTrue(Arrays.stream(buffer(each)).allMatch(Objects::isNull));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 100})
    void aCapacityThatIsNoPowerOfTwoIsRefused(int capacity) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> new LocalQueue(capacity));
        assertTrue(thrown.getMessage().contains("queue capacity=" + capacity), thrown.getMessage());
    }

    private static void setHead(LocalQueue queue, int steal, int real) throws ReflectiveOperationException {
        MethodHandles.privateLookupIn(LocalQueue.class, MethodHandles.lookup())
                .findVarHandle(LocalQueue.class, "head", long.class)
                .set(queue, (long) steal << 32 | Integer.toUnsignedLong(real));
    }

    private static void setTail(LocalQueue queue, int tail) throws ReflectiveOperationException {
        MethodHandles.privateLookupIn(LocalQueue.class, MethodHandles.lookup())
                .findVarHandle(LocalQueue.class, "tail", int.class)
                .set(queue, tail);
    }

    private static Schedulable[] buffer(LocalQueue queue) throws ReflectiveOperationException {
        return (Schedulable[]) MethodHandles.privateLookupIn(LocalQueue.class, MethodHandles.lookup())
                .findVarHandle(LocalQueue.class, "buffer", Schedulable[].class)
                .get(queue);
    }
}
