package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.ArrayList;
import java.util.List;

/** Polls by hand, with a waker that counts. */
final class Polling {
    final CountingWaker waker = new CountingWaker();

    <T> void gives(T expected, Stream<? extends T> stream) throws Exception {
        assertEquals(expected, stream.pollNext(waker.context()));
    }

    void pends(Stream<?> stream) throws Exception {
        assertNull(stream.pollNext(waker.context()));
        assertFalse(stream.isTerminated(), "has ended");
    }

    /** The end is final. */
    void ends(Stream<?> stream) throws Exception {
        assertNull(stream.pollNext(waker.context()));
        assertTrue(stream.isTerminated(), "pending");
        assertNull(stream.pollNext(waker.context()));
        assertTrue(stream.isTerminated(), "goes on after the end");
    }

    void pends(Future<?> future) throws Exception {
        assertFalse(future.poll(waker.context()).isReady());
    }

    <T> T value(Future<T> future) throws Exception {
        if (future.poll(waker.context()) instanceof Poll.Ready<T>(var value)) {
            return value;
        }
        throw new AssertionError("pending");
    }

    void wasWoken() {
        assertTrue(waker.takeWakes() > 0, "was not woken");
    }

    void wasNotWoken() {
        assertEquals(0, waker.takeWakes(), "was woken");
    }

    /** All elements until nothing is ready any more. */
    <T> List<T> ready(Stream<T> stream) throws Exception {
        var elements = new ArrayList<T>();
        for (T e = stream.pollNext(waker.context()); e != null; e = stream.pollNext(waker.context())) {
            elements.add(e);
        }
        return elements;
    }
}
