package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What takes a stream's elements and makes one result of them. */
class DrainTest {
    private final Polling polling = new Polling();

    /** Woken by each element, and complete at the end. */
    private <R> R collected(Collector<? super Integer, ?, R> collector, Integer... elements)
            throws Exception {
        var source = TestSource.<Integer>open();
        var future = source.collect(collector);
        polling.pends(future);
        for (var element : elements) {
            source.send(element);
            polling.wasWoken();
            polling.pends(future);
        }
        source.close();
        polling.wasWoken();
        return polling.value(future);
    }

    @Test
    void collectsInWhateverACollectorMakes() throws Exception {
        assertEquals(List.of(1, 2), collected(Collectors.toList(), 1, 2));
        assertEquals(List.of(1, 2, 42, 3), collected(Collectors.toCollection(LinkedList::new), 1, 2, 42, 3));
        var deque = collected(Collectors.toCollection(ArrayDeque::new), 1, 2, 42, 3);
        assertEquals(List.of(1, 2, 42, 3), List.copyOf(deque));
        assertEquals(Set.of(1, 2), collected(Collectors.toSet(), 1, 2));
        assertEquals(new TreeSet<>(Set.of(1, 2)), collected(Collectors.toCollection(TreeSet::new), 2, 1));
        assertEquals(1, collected(Collectors.toCollection(PriorityQueue::new), 2, 1).peek());
        assertEquals(Map.of(1, 2, 3, 6), collected(Collectors.toMap(x -> x, x -> 2 * x), 3, 1));
        var sorted = collected(Collectors.toMap(x -> x, x -> x, (a, b) -> a, TreeMap::new), 3, 1);
        assertEquals(List.of(1, 3), List.copyOf(sorted.keySet()));
        assertEquals(3L, collected(Collectors.counting(), 1, 1, 1));
        assertEquals("1-2", collected(Collectors.mapping(String::valueOf, Collectors.joining("-")), 1, 2));
    }

    @Test
    void collectsNothingOfAnEmptyStream() throws Exception {
        assertEquals(List.of(), polling.value(Stream.empty().toList()));
        assertEquals("", polling.value(Stream.<String>empty().collect(Collectors.joining())));
        assertEquals(Set.of(), polling.value(Stream.empty().collect(Collectors.toSet())));
    }

    @Test
    void toListKeepsTheOrderAndCannotBeChanged() throws Exception {
        var list = polling.value(Stream.of(3, 1, 2).toList());
        assertEquals(List.of(3, 1, 2), list);
        assertThrows(UnsupportedOperationException.class, () -> list.add(4));
    }

    @Test
    void foldGoesFromTheInitialValue() throws Exception {
        assertEquals("0123", polling.value(Stream.of(1, 2, 3).fold("0", (a, x) -> a + x)));
        assertEquals("0", polling.value(Stream.empty().fold("0", (a, x) -> a + x)));
        var waiting = TestSource.open(1);
        var sum = waiting.fold(0, Integer::sum);
        polling.pends(sum);
        waiting.send(2).close();
        assertEquals(3, polling.value(sum));
    }

    @Test
    void forEachDrainsTheStream() throws Exception {
        var seen = new ArrayList<Integer>();
        var source = TestSource.closed(1, 2, 3);
        polling.value(source.forEach(seen::add));
        assertEquals(List.of(1, 2, 3), seen);
        assertTrue(source.endSeen());
    }

    @Test
    void allAndAnyStopAtTheElementThatDecides() throws Exception {
        var source = TestSource.open(1, 3, 4, 5);
        assertFalse(polling.value(source.all(x -> x % 2 == 1)));
        assertEquals(1, source.unread());
        assertTrue(polling.value(source.any(x -> x == 5)));
        assertEquals(0, source.cancels(), "they borrow the stream");
        polling.pends(source);
        source.send(6);
        polling.gives(6, source);
    }

    @Test
    void allAndAnyOfNothing() throws Exception {
        assertTrue(polling.value(Stream.empty().all(x -> false)));
        assertFalse(polling.value(Stream.empty().any(x -> true)));
        assertTrue(polling.value(Stream.of(1, 3).all(x -> x % 2 == 1)));
        assertFalse(polling.value(Stream.of(1, 3).any(x -> x == 2)));
        var source = TestSource.open(1);
        var waiting = source.all(x -> x > 0);
        polling.pends(waiting);
        waiting.cancel();
        assertEquals(0, source.cancels());
    }

    private static List<Function<Stream<Integer>, Future<?>>> consumers() {
        return List.of(
                Stream::toList,
                s -> s.collect(Collectors.toList()),
                s -> s.fold(0, Integer::sum),
                s -> s.forEach(x -> {}));
    }

    @Test
    void theFirstFailureFailsTheResultAndCancelsTheStream() {
        for (var consumer : consumers()) {
            var failure = new IOException("lost");
            var source = TestSource.open(1).fail(failure).send(2);
            var future = consumer.apply(source);
            assertSame(failure, assertThrows(IOException.class, () -> future.poll(polling.waker.context())));
            assertEquals(1, source.cancels());
            assertThrows(IllegalStateException.class, () -> future.poll(polling.waker.context()));
        }
    }

    @Test
    void aBorrowerThatFailsLeavesTheStream() throws Exception {
        var source = TestSource.open(1).fail(new IOException("lost")).send(2);
        var all = source.all(x -> true);
        assertThrows(IOException.class, () -> all.poll(polling.waker.context()));
        assertEquals(0, source.cancels());
        polling.gives(2, source);
    }

    @Test
    void aFunctionThatThrowsFailsTheResultAndCancelsTheStream() {
        var source = TestSource.open(1, 2);
        var future = source.forEach(x -> {
            throw new IllegalArgumentException("x=" + x);
        });
        assertThrows(IllegalArgumentException.class, () -> future.poll(polling.waker.context()));
        assertEquals(1, source.cancels());
        assertEquals(1, source.unread());
    }

    @Test
    void cancellingAConsumerCancelsTheStream() throws Exception {
        for (var consumer : consumers()) {
            var source = TestSource.open(1);
            var future = consumer.apply(source);
            polling.pends(future);
            future.cancel();
            future.cancel();
            assertEquals(1, source.cancels());
            assertThrows(IllegalStateException.class, () -> future.poll(polling.waker.context()));
        }
    }

    /** It knows no budget and never waits: without a pause nothing else would ever run. */
    private static final class Spring implements Stream<Integer> {
        private int given;

        @Override
        public @Nullable Integer pollNext(Context cx) {
            return given++;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public void cancel() {}
    }

    @Test
    void aStreamThatAlwaysHasSomethingDoesNotKeepItsConsumerFromPausing() throws Exception {
        for (var consumer : consumers()) {
            var spring = new Spring();
            polling.waker.takeWakes();
            polling.pends(consumer.apply(spring));
            polling.wasWoken();
            assertEquals(256, spring.given);
        }
        polling.pends(new Spring().all(x -> true));
        polling.pends(new Spring().any(x -> false));
        polling.wasWoken();
    }

    @Test
    void theBudgetPausesAConsumer() throws Exception {
        var budget = new Budget(3);
        var future = Stream.of(1, 2, 3, 4, 5).toList();
        assertFalse(future.poll(budget).isReady());
        assertEquals(1, budget.wakes());
        budget.refill(3);
        assertEquals(List.of(1, 2, 3, 4, 5), ((Poll.Ready<List<Integer>>) future.poll(budget)).value());
    }
}
