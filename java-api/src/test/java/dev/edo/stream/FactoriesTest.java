package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.io.Lines;
import dev.edo.io.Split;
import dev.edo.net.TcpListener;
import dev.edo.sync.WatchReceiver;
import dev.edo.time.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where streams come from. */
class FactoriesTest {
    private final Polling polling = new Polling();

    @Test
    void iterGivesEachElementAndEnds() throws Exception {
        var stream = Stream.iter(List.of(6, 17, 19));
        assertEquals(SizeHint.exactly(3), stream.sizeHint());
        assertFalse(stream.isTerminated());
        assertEquals(List.of(6, 17, 19), polling.ready(stream));
        polling.ends(stream);
        assertEquals(SizeHint.NONE, stream.sizeHint());
        assertEquals(List.of("a", "b"), polling.ready(Stream.of("a", "b")));
        assertEquals(List.of(1, 2), polling.ready(Stream.iter(List.of(1, 2).iterator())));
    }

    @Test
    void iterOfABareIteratorKnowsNoSize() {
        assertEquals(SizeHint.UNKNOWN, Stream.iter(List.of(1).iterator()).sizeHint());
    }

    @Test
    void iterClosesTheJdksStreamAtTheEndAndWhenCancelled() throws Exception {
        var closes = new AtomicInteger();
        Stream<Integer> ended = Stream.iter(java.util.stream.Stream.of(1).onClose(closes::incrementAndGet));
        assertEquals(List.of(1), polling.ready(ended));
        assertEquals(1, closes.get());
        Stream<Integer> given = Stream.iter(IntStream.range(0, 9).onClose(closes::incrementAndGet));
        polling.gives(0, given);
        given.cancel();
        given.cancel();
        assertEquals(2, closes.get());
        polling.ends(given);
    }

    @Test
    void iterStopsWhenTheBudgetIsSpent() throws Exception {
        var budget = new Budget(128);
        Iterator<Integer> endless = java.util.stream.Stream.iterate(1, x -> 1).iterator();
        var stream = Stream.iter(endless);
        for (int i = 0; i < 128; i++) {
            assertEquals(1, stream.pollNext(budget));
        }
        assertNull(stream.pollNext(budget));
        assertFalse(stream.isTerminated());
        assertEquals(1, budget.wakes());
        assertEquals(128, budget.used());
        budget.refill(1);
        assertEquals(1, stream.pollNext(budget));
    }

    @Test
    void nullElementsAreRejected() {
        assertThrows(NullPointerException.class, () -> Stream.once(null));
        var thrown = assertThrows(NullPointerException.class, () -> Stream.of(1, null));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("elements[1]=null;"), thrown::toString);
        var stream = Stream.iter(Arrays.asList(1, null, 3));
        assertEquals(1, pollUnchecked(stream));
        assertThrows(NullPointerException.class, () -> stream.pollNext(polling.waker.context()));
        assertEquals(3, pollUnchecked(stream));
    }

    @Test
    void nullSourcesAreRejectedByName() {
        Map<String, Executable> calls = Map.of(
                "interval", () -> Stream.from((Interval) null),
                "listener", () -> Stream.from((TcpListener) null),
                "lines", () -> Stream.from((Lines) null),
                "split", () -> Stream.from((Split) null),
                "receiver", () -> Stream.from((WatchReceiver<Integer>) null));
        calls.forEach((name, call) ->
                assertEquals(name, assertThrows(NullPointerException.class, call).getMessage()));
    }

    private <T> @Nullable T pollUnchecked(Stream<T> stream) {
        try {
            return stream.pollNext(polling.waker.context());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onceGivesItsElementOnce() throws Exception {
        var one = Stream.once(1);
        assertEquals(SizeHint.exactly(1), one.sizeHint());
        polling.gives(1, one);
        assertEquals(SizeHint.NONE, one.sizeHint());
        polling.ends(one);
        var cancelled = Stream.once(1);
        cancelled.cancel();
        polling.ends(cancelled);
    }

    @Test
    void emptyHasEndedFromTheStart() throws Exception {
        Stream<Integer> stream = Stream.empty();
        assertTrue(stream.isTerminated());
        for (int i = 0; i < 2; i++) {
            assertEquals(SizeHint.NONE, stream.sizeHint());
            polling.ends(stream);
        }
    }

    @Test
    void pendingNeverGivesAnything() throws Exception {
        Stream<Integer> stream = Stream.pending();
        for (int i = 0; i < 2; i++) {
            assertEquals(SizeHint.UNKNOWN, stream.sizeHint());
            polling.pends(stream.next());
            polling.pends(stream);
        }
        stream.cancel();
        polling.ends(stream);
    }

    @Test
    void unfoldGoesFromStateToStateUntilAStepGivesNull() throws Exception {
        Stream<String> stream =
                Stream.unfold(1, n -> Future.ready(n > 3 ? null : new Unfolded<>("e" + n, n + 1)));
        assertEquals(List.of("e1", "e2", "e3"), polling.ready(stream));
        polling.ends(stream);
    }

    @Test
    void unfoldWaitsForItsStepAndEndsAtAFailure() throws Exception {
        var steps = new ArrayList<CompletableFuture<Unfolded<String, Integer>>>();
        Stream<String> stream = Stream.unfold(0, n -> {
            var step = new CompletableFuture<Unfolded<String, Integer>>();
            steps.add(step);
            return Future.from(step);
        });
        polling.pends(stream);
        polling.pends(stream);
        assertEquals(1, steps.size());
        steps.getFirst().complete(new Unfolded<>("a", 1));
        polling.wasWoken();
        polling.gives("a", stream);
        polling.pends(stream);
        steps.getLast().completeExceptionally(new IOException("lost"));
        assertThrows(IOException.class, () -> stream.pollNext(polling.waker.context()));
        polling.ends(stream);
        assertEquals(2, steps.size());
    }

    /** A failure like any other: there is no state to go on from. */
    @Test
    void unfoldEndsAtANull() throws Exception {
        Stream<String> noElement =
                Stream.unfold(0, n -> Future.ready(new Unfolded<String, Integer>(null, n + 1)));
        assertThrows(NullPointerException.class, () -> noElement.pollNext(polling.waker.context()));
        polling.ends(noElement);
        Stream<String> noState = Stream.unfold(0, n -> Future.ready(new Unfolded<String, Integer>("a", null)));
        assertThrows(NullPointerException.class, () -> noState.pollNext(polling.waker.context()));
        polling.ends(noState);
    }

    @Test
    void unfoldCancelsTheStepInProgress() throws Exception {
        var step = new CompletableFuture<Unfolded<String, Integer>>();
        Stream<String> stream = Stream.unfold(0, n -> Future.from(step));
        polling.pends(stream);
        stream.cancel();
        assertTrue(step.isCancelled());
        polling.ends(stream);
    }

    @Test
    void generateTakesEachElementFromAFutureOfItsOwn() throws Exception {
        var made = new AtomicInteger();
        Stream<Integer> stream = Stream.generate(() -> {
            int n = made.incrementAndGet();
            return Future.ready(n > 3 ? null : n);
        });
        assertEquals(0, made.get(), "is lazy");
        assertEquals(List.of(1, 2, 3), polling.ready(stream));
        polling.ends(stream);
        assertEquals(4, made.get());
    }

    @Test
    void generateGoesOnAfterAFailureAndKeepsTheFutureInProgress() throws Exception {
        var futures = new ArrayList<CompletableFuture<String>>();
        Stream<String> stream = Stream.generate(() -> {
            futures.add(new CompletableFuture<>());
            return Future.from(futures.getLast());
        });
        var given = stream.next();
        polling.pends(given);
        given.cancel();
        assertFalse(futures.getFirst().isCancelled());
        futures.getFirst().complete("a");
        assertEquals("a", polling.value(stream.next()));
        polling.pends(stream);
        futures.getLast().completeExceptionally(new IOException("no descriptor"));
        assertThrows(IOException.class, () -> stream.pollNext(polling.waker.context()));
        polling.pends(stream);
        assertEquals(3, futures.size());
        stream.cancel();
        assertTrue(futures.getLast().isCancelled());
        polling.ends(stream);
    }
}
