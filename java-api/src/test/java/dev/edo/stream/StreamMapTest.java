package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.stream.StreamMap.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many streams as one. */
class StreamMapTest {
    private final Polling polling = new Polling();
    private final StreamMap<String, Integer> map = new StreamMap<>();

    private void gives(String key, int element) throws Exception {
        polling.gives(new Entry<>(key, element), map);
    }

    private TestSource<Integer> inserted(String key, Integer... elements) {
        var source = TestSource.open(elements);
        assertNull(map.insert(key, source));
        return source;
    }

    @Test
    void anEmptyMapHasEnded() throws Exception {
        assertEquals(0, map.size());
        assertTrue(map.isEmpty());
        polling.ends(map);
        assertNull(polling.value(map.next()));
        assertNull(map.remove("foo"));
        assertTrue(map.keys().isEmpty());
    }

    @Test
    void anElementComesWithItsKey() throws Exception {
        polling.ends(map);
        var foo = inserted("foo");
        assertFalse(map.isTerminated());
        assertTrue(map.containsKey("foo"));
        assertFalse(map.containsKey("bar"));
        assertSame(foo, map.get("foo"));
        assertNull(map.get("bar"));
        assertEquals(1, map.size());
        polling.pends(map);
        for (int i = 1; i <= 2; i++) {
            foo.send(i);
            polling.wasWoken();
            gives("foo", i);
            polling.pends(map);
        }
        foo.close();
        polling.wasWoken();
        polling.ends(map);
        assertTrue(map.isEmpty());
    }

    @Test
    void streamsWakeItEachAndEndEach() throws Exception {
        var foo = inserted("foo");
        var bar = inserted("bar");
        polling.pends(map);
        foo.send(1);
        polling.wasWoken();
        gives("foo", 1);
        polling.pends(map);
        bar.send(2);
        polling.wasWoken();
        gives("bar", 2);
        polling.pends(map);
        foo.send(3);
        bar.send(4);
        polling.wasWoken();
        assertEquals(Set.of(new Entry<>("foo", 3), new Entry<>("bar", 4)), Set.copyOf(polling.ready(map)));
        polling.pends(map);
        foo.close();
        polling.wasWoken();
        polling.pends(map);
        assertEquals(Set.of("bar"), map.keys());
        bar.close();
        polling.ends(map);
    }

    @Test
    void aStreamThatWasTakenOutCanBeUsedElsewhere() throws Exception {
        var source = inserted("foo");
        polling.pends(map);
        assertSame(source, map.remove("foo"));
        source.send(1);
        polling.wasNotWoken();
        polling.ends(map);
        assertNull(map.insert("bar", source));
        gives("bar", 1);
        assertSame(source, map.remove("bar"));
        polling.ends(map);
        assertEquals(0, source.cancels());
    }

    @Test
    void insertGivesTheReplacedStreamBack() throws Exception {
        var first = inserted("foo");
        polling.pends(map);
        var second = TestSource.<Integer>open();
        assertSame(first, map.insert("foo", second));
        polling.pends(map);
        first.send(1);
        polling.wasNotWoken();
        polling.pends(map);
        second.send(2);
        polling.wasWoken();
        gives("foo", 2);
        assertEquals(1, map.size());
    }

    @Test
    void hintsAreSums() {
        map.insert("a", Stream.of(1));
        map.insert("b", Stream.of(1, 2));
        map.insert("c", Stream.of(1, 2, 3));
        assertEquals(SizeHint.exactly(6), map.sizeHint());
        map.insert("d", Stream.pending());
        assertEquals(SizeHint.atLeast(6), map.sizeHint());
        assertEquals(Set.of("a", "b", "c", "d"), map.keys());
        assertThrows(UnsupportedOperationException.class, () -> map.keys().clear());
    }

    @Test
    void theStreamsCanBeLookedAtByEqualKeys() {
        map.insert("a", Stream.of(1));
        map.insert("b", Stream.of(1, 2));
        map.insert("c", Stream.of(1, 2, 3));
        var lengths = new ArrayList<Long>();
        for (var key : map.keys()) {
            var equalKey = new StringBuilder(key).toString();
            assertTrue(map.containsKey(equalKey));
            var stream = map.get(equalKey);
            assertTrue(stream != null);
            lengths.add(stream.sizeHint().lower());
        }
        lengths.sort(null);
        assertEquals(List.of(1L, 2L, 3L), lengths);
    }

    @Test
    void clearCancelsAllStreams() throws Exception {
        var sources = List.of(inserted("a", 1), inserted("b", 1, 2), inserted("c"));
        assertTrue(map.pollNext(polling.waker.context()) != null);
        map.clear();
        polling.ends(map);
        for (var source : sources) {
            assertEquals(1, source.cancels());
        }
        inserted("a", 7);
        gives("a", 7);
        map.cancel();
        polling.ends(map);
    }

    @Test
    void clearCancelsTheOthersWhereOneThrows() {
        var thrown = new IllegalStateException("will not");
        map.insert("bad", new Stream<Integer>() {
            @Override
            public @Nullable Integer pollNext(Context cx) {
                return null;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public void cancel() {
                throw thrown;
            }
        });
        var sources = List.of(inserted("a"), inserted("b"), inserted("c"));
        assertSame(thrown, assertThrows(IllegalStateException.class, map::clear));
        assertTrue(sources.stream().allMatch(s -> s.cancels() == 1));
        assertTrue(map.isEmpty());
    }

    /** Some times, since the order is random. */
    @Test
    void emptyStreamsDoNotHideOneThatHasSomething() throws Exception {
        for (int i = 0; i < 100; i++) {
            var some = new StreamMap<Integer, String>();
            some.insert(0, Stream.empty());
            some.insert(1, Stream.empty());
            some.insert(2, Stream.once("hello"));
            some.insert(3, Stream.pending());
            polling.gives(new Entry<>(2, "hello"), some);
        }
    }

    /** Every combination of streams that end at once and streams that wait, and every number of them. */
    @Test
    void aPollThatWaitsHasPolledEveryStream() throws Exception {
        var random = new Random(42);
        for (int length = 0; length < 64; length++) {
            var some = new StreamMap<Integer, Integer>();
            var waiting = new HashSet<Integer>();
            var sources = new ArrayList<TestSource<Integer>>();
            for (int i = 0; i < length; i++) {
                var source = random.nextBoolean() ? TestSource.<Integer>open() : TestSource.<Integer>closed();
                if (!source.sizeHint().isUpperKnown()) {
                    waiting.add(i);
                }
                sources.add(source);
                some.insert(i, source);
            }
            assertNull(some.pollNext(polling.waker.context()));
            assertEquals(waiting.isEmpty(), some.isTerminated());
            assertEquals(waiting, some.keys());
            assertTrue(sources.stream().allMatch(s -> s.polls() == 1));
        }
    }

    @Test
    void aWakeUpCostsOnePollHoweverManyStreamsThereAre() throws Exception {
        var sources = new ArrayList<TestSource<Integer>>();
        for (int i = 0; i < 1_000; i++) {
            sources.add(inserted("s" + i));
        }
        polling.pends(map);
        sources.get(567).send(1);
        gives("s567", 1);
        polling.pends(map);
        assertEquals(1_002, sources.stream().mapToInt(TestSource::polls).sum());
    }

    @Test
    void manyWakeUpsBeforeAPollWakeTheTaskOnce() throws Exception {
        var sources = List.of(inserted("a"), inserted("b"), inserted("c"));
        polling.pends(map);
        sources.forEach(s -> s.send(1));
        assertEquals(1, polling.waker.takeWakes());
        assertEquals(3, polling.ready(map).size());
    }

    /** The second task polls after the first one's wake-up was registered; only the second may be woken. */
    @Test
    void theLatestWakerIsWoken() throws Exception {
        var source = inserted("a");
        polling.pends(map);
        var second = new CountingWaker();
        assertNull(map.pollNext(second.context()));
        source.send(1);
        polling.wasNotWoken();
        assertEquals(1, second.wakes());
    }

    @Test
    void noStreamIsStarved() throws Exception {
        var counts = new HashMap<String, Integer>();
        for (var key : List.of("a", "b", "c", "d")) {
            map.insert(key, Stream.iter(java.util.stream.Stream.iterate(1, x -> 1).iterator()));
        }
        for (int i = 0; i < 4_000; i++) {
            var entry = map.pollNext(polling.waker.context());
            counts.merge(entry == null ? "none" : entry.key(), 1, Integer::sum);
        }
        assertEquals(4, counts.size(), counts::toString);
        assertTrue(counts.values().stream().allMatch(n -> n > 500), counts::toString);
    }

    @Test
    void theBudgetStopsItAndLosesNothing() throws Exception {
        map.insert("a", Stream.of(1, 2));
        map.insert("b", Stream.of(3, 4));
        var budget = new Budget(3);
        var seen = new ArrayList<Integer>();
        for (var e = map.pollNext(budget); e != null; e = map.pollNext(budget)) {
            seen.add(e.element());
        }
        assertTrue(seen.size() < 4, "seen=" + seen);
        assertFalse(map.isTerminated());
        assertTrue(budget.wakes() > 0);
        budget.refill(100);
        for (var e = map.pollNext(budget); e != null; e = map.pollNext(budget)) {
            seen.add(e.element());
        }
        assertTrue(map.isTerminated());
        seen.sort(null);
        assertEquals(List.of(1, 2, 3, 4), seen);
    }

    @Test
    void aFailureLeavesTheStreamInTheMap() throws Exception {
        var source = inserted("a").fail(new IOException("lost")).send(2);
        assertThrows(IOException.class, () -> map.pollNext(polling.waker.context()));
        assertTrue(map.containsKey("a"));
        gives("a", 2);
        polling.pends(map);
        source.send(3);
        polling.wasWoken();
        gives("a", 3);
    }

    @Test
    void aFailureThatEndsTheStreamRemovesIt() throws Exception {
        map.insert("a", Stream.<Integer, Integer>unfold(1, n -> Future.failed(new IOException("x"))));
        assertThrows(IOException.class, () -> map.pollNext(polling.waker.context()));
        polling.ends(map);
    }

    @Test
    void notifyCloseTellsWhoseEndItWas() throws Exception {
        var closing = new StreamMap<String, Optional<Integer>>();
        closing.insert("a", TestSource.<Integer>closed().notifyClose());
        closing.insert("b", TestSource.<Integer>open().notifyClose());
        polling.gives(new Entry<>("a", Optional.<Integer>empty()), closing);
        polling.pends(closing);
        assertEquals(Set.of("b"), closing.keys());
    }

    @Test
    void insertingAndRemovingWithoutAPollKeepsNothing() throws Exception {
        inserted("stays");
        for (int i = 0; i < 10_000; i++) {
            var source = inserted("comes and goes", i);
            assertSame(source, map.remove("comes and goes"));
        }
        polling.pends(map);
        assertEquals(1, map.size());
    }

    @Test
    void nextManyOfNothing() throws Exception {
        var buffer = new ArrayList<Entry<String, Integer>>();
        assertEquals(0, polling.value(map.nextMany(buffer, 1)));
        var source = inserted("a");
        assertEquals(0, polling.value(map.nextMany(buffer, 0)));
        assertEquals(0, source.polls());
        assertThrows(IllegalArgumentException.class, () -> map.nextMany(buffer, -1));
        var waiting = map.nextMany(buffer, 1);
        polling.pends(waiting);
        assertEquals(List.of(), buffer);
        source.send(1);
        polling.wasWoken();
        assertEquals(1, polling.value(waiting));
    }

    @Test
    void nextManyTakesWhatThereIsUpToTheLimit() throws Exception {
        var buffer = new ArrayList<Entry<Integer, Integer>>();
        for (int limit : new int[] {3, 2, 1}) {
            buffer.clear();
            var some = new StreamMap<Integer, Integer>();
            some.insert(0, Stream.of(0));
            some.insert(1, Stream.of(1));
            assertEquals(Math.min(limit, 2), polling.value(some.nextMany(buffer, limit)));
            if (limit == 1) {
                assertEquals(1, polling.value(some.nextMany(buffer, limit)));
            }
            assertEquals(Set.of(new Entry<>(0, 0), new Entry<>(1, 1)), Set.copyOf(buffer));
        }
    }

    @Test
    void nextManyGoesRound() throws Exception {
        for (int i = 0; i < 10; i++) {
            var some = new StreamMap<Integer, Integer>();
            some.insert(0, Stream.of(0));
            some.insert(1, Stream.of(0, 1));
            some.insert(2, Stream.of(0, 1, 2));
            assertEquals(List.of(0, 0, 0), elements(some, 3));
            assertEquals(List.of(1, 1), elements(some, 2));
            assertEquals(List.of(2), elements(some, 1));
            polling.ends(some);
            var whole = new StreamMap<Integer, Integer>();
            whole.insert(1, Stream.of(0, 1));
            whole.insert(2, Stream.of(0, 1, 2));
            assertEquals(List.of(0, 0, 1, 1, 2), elements(whole, 100));
        }
    }

    private List<Integer> elements(StreamMap<Integer, Integer> some, int limit) throws Exception {
        var buffer = new ArrayList<Entry<Integer, Integer>>();
        assertEquals(Math.min(limit, 5), polling.value(some.nextMany(buffer, limit)));
        return buffer.stream().map(Entry::element).toList();
    }

    /** The elements taken before the failure must be told of, so the failure waits for the next poll. */
    @Test
    void aFailureComesAfterTheElementsOfItsBatch() throws Exception {
        var buffer = new ArrayList<Entry<String, Integer>>();
        inserted("a", 1).fail(new IOException("lost")).close();
        assertEquals(1, polling.value(map.nextMany(buffer, 10)));
        assertThrows(IOException.class, () -> map.nextMany(buffer, 10).poll(polling.waker.context()));
        assertEquals(0, polling.value(map.nextMany(buffer, 10)));
        assertEquals(1, buffer.size());
    }
}
