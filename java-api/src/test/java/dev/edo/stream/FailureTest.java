package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Future;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A failure comes in the place of an element, and is neither an element nor the end. */
class FailureTest {
    private final Polling polling = new Polling();
    private final IOException failure = new IOException("lost");

    private void fails(Stream<?> stream) {
        assertSame(failure, assertThrows(IOException.class, () -> stream.pollNext(polling.waker.context())));
        assertFalse(stream.isTerminated());
    }

    private void passesThrough(Function<Stream<Integer>, Stream<?>> combinator) throws Exception {
        var source = TestSource.open(1).fail(failure).send(2);
        var stream = combinator.apply(source);
        polling.gives(1, stream);
        fails(stream);
        polling.gives(2, stream);
        assertEquals(0, source.cancels());
    }

    @Test
    void combinatorsPassItOnAndGoOn() throws Exception {
        passesThrough(s -> s.map(x -> x));
        passesThrough(s -> s.filter(x -> true));
        passesThrough(s -> s.filterMap(x -> x));
        passesThrough(s -> s.then(Future::ready));
        passesThrough(s -> s.mapWhile(x -> x));
        passesThrough(s -> s.take(3));
        passesThrough(s -> s.takeWhile(x -> true));
        passesThrough(s -> s.skip(0));
        passesThrough(s -> s.skipWhile(x -> false));
        passesThrough(s -> s.chain(Stream.empty()));
        passesThrough(s -> s.merge(Stream.pending()));
        passesThrough(Stream::fuse);
        passesThrough(Stream::byRef);
        passesThrough(Stream::peekable);
        passesThrough(s -> s.throttle(java.time.Duration.ZERO));
    }

    @Test
    void notifyClosePassesItOn() throws Exception {
        var stream = TestSource.<Integer>open().fail(failure).send(2).close().notifyClose();
        fails(stream);
        assertEquals(List.of(Optional.of(2), Optional.empty()), polling.ready(stream));
    }

    @Test
    void itIsNotCounted() throws Exception {
        var taken = TestSource.open(1).fail(failure).send(2).send(3).take(2);
        assertEquals(List.of(1, 2), besidesTheFailure(taken));
        var rest = TestSource.open(1).fail(failure).send(2).send(3).skip(1);
        assertEquals(List.of(2, 3), besidesTheFailure(rest));
    }

    private List<Integer> besidesTheFailure(Stream<Integer> stream) throws Exception {
        var elements = new java.util.ArrayList<Integer>();
        int failures = 0;
        while (true) {
            try {
                var element = stream.pollNext(polling.waker.context());
                if (element == null) {
                    assertEquals(1, failures);
                    return elements;
                }
                elements.add(element);
            } catch (IOException e) {
                failures++;
            }
        }
    }

    @Test
    void aFunctionThatThrowsLosesItsElementOnly() throws Exception {
        Function<Integer, Integer> picky = x -> {
            if (x == 2) {
                throw new IllegalArgumentException("x=" + x);
            }
            return x;
        };
        losesOne(s -> s.map(picky));
        losesOne(s -> s.filterMap(picky));
        losesOne(s -> s.filter(x -> picky.apply(x) > 0));
        losesOne(s -> s.takeWhile(x -> picky.apply(x) > 0));
        losesOne(s -> s.mapWhile(picky));
        losesOne(s -> s.then(x -> Future.ready(picky.apply(x))));
    }

    private void losesOne(Function<Stream<Integer>, Stream<Integer>> combinator) throws Exception {
        var stream = combinator.apply(TestSource.closed(1, 2, 3));
        polling.gives(1, stream);
        assertThrows(IllegalArgumentException.class, () -> stream.pollNext(polling.waker.context()));
        polling.gives(3, stream);
        polling.ends(stream);
    }

    @Test
    void aFutureThatFailsStandsForItsElement() throws Exception {
        var stream = Stream.of(1, 2, 3).then(x -> x == 2 ? Future.<Integer>failed(failure) : Future.ready(x));
        polling.gives(1, stream);
        fails(stream);
        polling.gives(3, stream);
        polling.ends(stream);
    }

    @Test
    void nextFailsAndTheOneAfterItGoesOn() throws Exception {
        var source = TestSource.<Integer>open().fail(failure).send(2);
        var next = source.next();
        assertThrows(IOException.class, () -> next.poll(polling.waker.context()));
        assertThrows(IllegalStateException.class, () -> next.poll(polling.waker.context()));
        assertEquals(2, polling.value(source.next()));
    }

    @Test
    void mergeStillHasTheOtherOne() throws Exception {
        var failing = TestSource.<Integer>open().fail(failure).send(1).close();
        var stream = failing.merge(Stream.of(2, 3));
        fails(stream);
        assertEquals(List.of(2, 1, 3), polling.ready(stream));
        polling.ends(stream);
    }
}
