package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What each combinator makes of its source's elements, and when it ends. */
class CombinatorsTest {
    private final Polling polling = new Polling();

    /** Waiting for an element, an element, waiting, the end: as every combinator passes them on. */
    private void passesOnWaitsAndTheEnd(Function<Stream<Integer>, Stream<?>> combinator) throws Exception {
        var source = TestSource.<Integer>open();
        var stream = combinator.apply(source);
        polling.pends(stream);
        source.send(5);
        polling.wasWoken();
        polling.gives(5, stream);
        polling.pends(stream);
        source.close();
        polling.wasWoken();
        polling.ends(stream);
        assertEquals(0, source.cancels(), "cancelled after its end");
    }

    @Test
    void waitsAndTheEndPassThrough() throws Exception {
        passesOnWaitsAndTheEnd(s -> s.map(x -> x));
        passesOnWaitsAndTheEnd(s -> s.filter(x -> true));
        passesOnWaitsAndTheEnd(s -> s.filterMap(x -> x));
        passesOnWaitsAndTheEnd(s -> s.then(Future::ready));
        passesOnWaitsAndTheEnd(s -> s.mapWhile(x -> x));
        passesOnWaitsAndTheEnd(s -> s.take(2));
        passesOnWaitsAndTheEnd(s -> s.takeWhile(x -> true));
        passesOnWaitsAndTheEnd(s -> s.skip(0));
        passesOnWaitsAndTheEnd(s -> s.skipWhile(x -> false));
        passesOnWaitsAndTheEnd(s -> s.chain(Stream.empty()));
        passesOnWaitsAndTheEnd(s -> Stream.<Integer>empty().chain(s));
        passesOnWaitsAndTheEnd(s -> s.merge(Stream.empty()));
        passesOnWaitsAndTheEnd(s -> Stream.<Integer>empty().merge(s));
        passesOnWaitsAndTheEnd(Stream::fuse);
        passesOnWaitsAndTheEnd(Stream::byRef);
        passesOnWaitsAndTheEnd(Stream::peekable);
    }

    @Test
    void mapAppliesItsFunction() throws Exception {
        assertEquals(List.of(2, 4, 6), polling.ready(Stream.of(1, 2, 3).map(x -> x * 2)));
        var rejecting = Stream.of(1).map(x -> (Integer) null);
        assertThrows(NullPointerException.class, () -> rejecting.pollNext(polling.waker.context()));
    }

    @Test
    void filterKeepsWhatMatches() throws Exception {
        assertEquals(List.of(1, 3), polling.ready(Stream.of(1, 2, 3).filter(x -> x % 2 == 1)));
        assertEquals(List.of(20), polling.ready(Stream.of(1, 2, 3).filterMap(x -> x == 2 ? x * 10 : null)));
    }

    @Test
    void filterWaitsWhereTheSourceHasNothingThatMatches() throws Exception {
        var source = TestSource.open(1, 3);
        var stream = source.filter(x -> x % 2 == 0);
        polling.pends(stream);
        source.send(4);
        polling.gives(4, stream);
    }

    @Test
    void thenWaitsForEachFutureBeforeItTakesTheNextElement() throws Exception {
        var futures = new ArrayList<CompletableFuture<String>>();
        var source = TestSource.closed(1, 2);
        var stream = source.then(x -> {
            futures.add(new CompletableFuture<>());
            return Future.from(futures.getLast());
        });
        polling.pends(stream);
        polling.pends(stream);
        assertEquals(1, source.polls());
        assertEquals(SizeHint.exactly(2), stream.sizeHint());
        futures.getFirst().complete("one");
        polling.gives("one", stream);
        polling.pends(stream);
        assertEquals(SizeHint.exactly(1), stream.sizeHint());
        futures.getLast().complete("two");
        polling.gives("two", stream);
        polling.ends(stream);
    }

    @Test
    void thenHasNotEndedWhileItsLastFutureRuns() throws Exception {
        var last = new CompletableFuture<String>();
        var stream = Stream.once(1).then(x -> Future.from(last));
        polling.pends(stream);
        last.complete("x");
        polling.gives("x", stream);
        assertTrue(stream.isTerminated());
    }

    @Test
    void thenTellsOfItsFutureAndItsSourceWhereNeitherCanBeCancelled() throws Exception {
        var first = new IllegalStateException("the future");
        var second = new IllegalStateException("the source");
        var source = Stream.generate(() -> refusing(second));
        var stream = Stream.of(1).merge(source).then(x -> refusing(first));
        polling.pends(stream);
        polling.pends(source);
        assertSame(first, assertThrows(IllegalStateException.class, stream::cancel));
        assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
    }

    private static Future<Integer> refusing(RuntimeException refusal) {
        return new Future<>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                throw refusal;
            }
        };
    }

    @Test
    void takeEndsWithItsLastElementAndCancelsTheSourceThen() throws Exception {
        var source = TestSource.open(1, 2, 3);
        var stream = source.take(2);
        polling.gives(1, stream);
        assertFalse(stream.isTerminated());
        assertEquals(0, source.cancels());
        polling.gives(2, stream);
        assertTrue(stream.isTerminated());
        assertEquals(1, source.cancels());
        polling.ends(stream);
        assertEquals(1, source.unread());
    }

    @Test
    void takeOfNothingEndsWithoutAPollOfTheSource() throws Exception {
        var source = TestSource.open(1);
        var stream = source.take(0);
        assertTrue(stream.isTerminated());
        polling.ends(stream);
        assertEquals(0, source.polls());
        assertTrue(source.cancels() > 0);
        assertThrows(IllegalArgumentException.class, () -> source.take(-1));
    }

    @Test
    void takeWhileEndsAtTheFirstElementThatDoesNotMatch() throws Exception {
        var source = TestSource.open(1, 5, 2);
        var stream = source.takeWhile(x -> x < 3);
        polling.gives(1, stream);
        assertFalse(stream.isTerminated());
        polling.ends(stream);
        assertEquals(1, source.cancels());
        assertEquals(2, source.polls());
    }

    @Test
    void mapWhileEndsAtTheFirstNull() throws Exception {
        var source = TestSource.open(1, 2, 3, 4, 5);
        var stream = source.mapWhile(x -> x < 4 ? x + 3 : null);
        assertEquals(List.of(4, 5, 6), polling.ready(stream));
        polling.ends(stream);
        assertEquals(4, source.polls());
        assertEquals(1, source.cancels());
    }

    @Test
    void skipLeavesTheFirstOut() throws Exception {
        assertEquals(List.of(3), polling.ready(Stream.of(1, 2, 3).skip(2)));
        polling.ends(Stream.of(1, 2).skip(3));
        assertThrows(IllegalArgumentException.class, () -> Stream.of(1).skip(-1));
        var source = TestSource.open(1);
        var stream = source.skip(2);
        polling.pends(stream);
        source.send(2).send(3);
        polling.gives(3, stream);
    }

    @Test
    void skipWhileAsksNoMoreAfterTheFirstElementItKept() throws Exception {
        assertEquals(List.of(3, 1, 2), polling.ready(Stream.of(1, 2, 3, 1, 2).skipWhile(x -> x < 3)));
        var source = TestSource.open(1);
        var stream = source.skipWhile(x -> x < 3);
        polling.pends(stream);
        source.send(2);
        polling.pends(stream);
        source.send(9).send(1);
        assertEquals(List.of(9, 1), polling.ready(stream));
    }

    @Test
    void fuseKeepsAStreamFromGoingOnAfterItsEnd() throws Exception {
        var stream = new Alternate();
        polling.gives(0, stream);
        assertEquals(null, stream.pollNext(polling.waker.context()));
        polling.gives(2, stream);
        assertEquals(null, stream.pollNext(polling.waker.context()));
        var fused = stream.fuse();
        assertFalse(fused.isTerminated());
        assertEquals(SizeHint.UNKNOWN, fused.sizeHint());
        polling.gives(4, fused);
        assertFalse(fused.isTerminated());
        polling.ends(fused);
        polling.ends(fused);
        assertEquals(SizeHint.NONE, fused.sizeHint());
        var source = TestSource.<Integer>closed();
        polling.ends(source.fuse());
        assertEquals(0, source.pollsAfterEnd());
    }

    /** Breaks the contract: goes back and forth between an element and the end. */
    private static final class Alternate implements Stream<Integer> {
        private int state;

        @Override
        public Integer pollNext(dev.edo.future.Context cx) {
            int value = state++;
            return value % 2 == 0 ? value : null;
        }

        @Override
        public boolean isTerminated() {
            return state % 2 == 0;
        }

        @Override
        public void cancel() {}
    }

    @Test
    void byRefLeavesTheRestOfTheSource() throws Exception {
        var source = TestSource.closed(1, 2, 3, 4);
        assertEquals(List.of(1, 2), polling.ready(source.byRef().take(2)));
        var view = source.byRef();
        polling.gives(3, view.map(x -> x));
        view.cancel();
        polling.ends(view);
        assertEquals(List.of(4), polling.value(source.toList()));
        assertEquals(0, source.cancels());
    }

    /** A combinator takes no more than it needs for what it gave; the next element is the source's. */
    private void leavesTheRest(Function<Stream<Integer>, Stream<?>> combinator, int given, Integer... rest)
            throws Exception {
        var source = Stream.of(1, 2, 3);
        var view = combinator.apply(source.byRef());
        polling.gives(given, view);
        view.cancel();
        assertEquals(List.of(rest), polling.ready(source));
    }

    @Test
    void theSourceGoesOnWhereACombinatorOverAViewLeftIt() throws Exception {
        leavesTheRest(s -> s.map(x -> x * 2), 2, 2, 3);
        leavesTheRest(s -> s.take(2), 1, 2, 3);
        leavesTheRest(s -> s.skip(1), 2, 3);
        leavesTheRest(s -> s.filter(x -> x % 2 == 1), 1, 2, 3);
        leavesTheRest(s -> s.filterMap(x -> x % 2 == 1 ? x * 10 : null), 10, 2, 3);
        leavesTheRest(s -> s.mapWhile(x -> x < 3 ? x + 100 : null), 101, 2, 3);
        leavesTheRest(s -> s.takeWhile(x -> x < 3), 1, 2, 3);
        leavesTheRest(s -> s.skipWhile(x -> x < 2), 2, 3);
        leavesTheRest(s -> s.then(x -> Future.ready(x + 1)), 2, 2, 3);
    }

    @Test
    void whatIsTakenFromTheSourceInBetweenAViewDoesNotGive() throws Exception {
        var source = Stream.of(1, 2, 3);
        var view = source.byRef().map(x -> x * 2);
        polling.gives(1, source);
        polling.gives(4, view);
        polling.gives(3, source);
        polling.ends(view);
    }

    @Test
    void notifyCloseAnnouncesTheEnd() throws Exception {
        var stream = Stream.of(0, 1).notifyClose();
        assertEquals(SizeHint.exactly(3), stream.sizeHint());
        assertEquals(List.of(Optional.of(0), Optional.of(1), Optional.empty()), polling.ready(stream));
        polling.ends(stream);
        assertEquals(SizeHint.NONE, stream.sizeHint());
        var source = TestSource.<Integer>open();
        var waiting = source.notifyClose();
        polling.pends(waiting);
        waiting.cancel();
        assertEquals(1, source.cancels());
        polling.ends(waiting);
    }

    @Test
    void nextCanBeGivenUpAndIsUsedOnce() throws Exception {
        var source = TestSource.<Integer>open();
        var next = source.next();
        polling.pends(next);
        next.cancel();
        assertThrows(IllegalStateException.class, () -> next.poll(polling.waker.context()));
        source.send(1);
        var second = source.next();
        assertEquals(1, polling.value(second));
        assertThrows(IllegalStateException.class, () -> second.poll(polling.waker.context()));
        source.close();
        assertEquals(null, polling.value(source.next()));
        assertEquals(0, source.cancels());
    }

    @Test
    void tryNextTakesWhatIsThere() throws Exception {
        var source = TestSource.open(1);
        assertEquals(1, source.tryNext());
        assertEquals(null, source.tryNext());
        assertFalse(source.isTerminated());
        source.send(2);
        assertEquals(2, source.tryNext());
        source.close();
        assertEquals(null, source.tryNext());
        assertTrue(source.isTerminated());
    }

    @Test
    void aNewWakerReplacesTheOldOne() throws Exception {
        var source = TestSource.<Integer>open();
        var stream = source.map(x -> x).filter(x -> true).chain(Stream.empty());
        polling.pends(stream);
        var second = new CountingWaker();
        assertEquals(null, stream.pollNext(second.context()));
        source.send(1);
        polling.wasNotWoken();
        assertEquals(1, second.wakes());
    }
}
