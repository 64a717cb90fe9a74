package dev.edo.impl.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.runtime.EdoRuntime;
import dev.edo.stream.Stream;
import dev.edo.task.Action;
import dev.edo.time.Elapsed;
import dev.edo.time.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Polls a stream inside a runtime whose clock moves only when told. */
final class ByHand<T> {
    private final AtomicInteger wakes = new AtomicInteger();
    private final Context cx = Context.of(wakes::incrementAndGet);
    final Stream<T> stream;

    ByHand(Stream<T> stream) {
        this.stream = stream;
    }

    static void inPausedTime(Action body) throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
            runtime.blockOn(body);
        }
    }

    static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    static void advance(long millis) throws Exception {
        TestClock.advance(ms(millis)).await();
    }

    void gives(T expected) throws Exception {
        assertEquals(expected, stream.pollNext(cx));
    }

    void pends() throws Exception {
        assertNull(stream.pollNext(cx));
        assertFalse(stream.isTerminated());
    }

    void ends() throws Exception {
        assertNull(stream.pollNext(cx));
        assertTrue(stream.isTerminated());
    }

    void elapses() {
        assertThrows(Elapsed.class, () -> stream.pollNext(cx));
        assertFalse(stream.isTerminated());
    }

    /** Polls, whatever comes of it. */
    void polls() {
        try {
            var unused = stream.pollNext(cx);
        } catch (Exception e) {
            assertTrue(e instanceof Elapsed, e::toString);
        }
    }

    void forgetWakes() {
        wakes.set(0);
    }

    void wasWoken() {
        assertTrue(wakes.getAndSet(0) > 0, "was not woken");
    }

    void wasNotWoken() {
        assertEquals(0, wakes.getAndSet(0), "was woken");
    }
}
