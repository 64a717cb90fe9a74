package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MapThenTest {
    private final Context cx = new CountingWaker().context();

    @Test
    void map_applies_the_function_in_the_poll_that_completes() throws Exception {
        var mapped = Script.completes(2, 20).map(n -> n + 1);
        assertFalse(mapped.poll(cx).isReady());
        assertEquals(Poll.ready(21), mapped.poll(cx));
    }

    @Test
    void map_hands_null_on() throws Exception {
        assertEquals(Poll.ready("null"), Future.<String>ready(null).map(String::valueOf).poll(cx));
        assertEquals(Poll.ready(), Future.ready("x").map(x -> null).poll(cx));
    }

    @Test
    void map_passes_a_failure_through_without_calling_the_function() {
        var failure = new IOException("reset");
        var mapped = Script.fails(1, failure).map(x -> {
            throw new AssertionError("called");
        });
        assertSame(failure, assertThrows(IOException.class, () -> mapped.poll(cx)));
        var e = assertThrows(IllegalStateException.class, () -> mapped.poll(cx));
        assertTrue(e.getMessage().startsWith("map was polled after"), e.getMessage());
        mapped.cancel(); // fails the test if it reaches the source, which has ended
    }

    @Test
    void map_is_complete_when_its_function_throws() {
        var mapped = Script.completes(1, 1).map(x -> {
            throw new IllegalArgumentException("bad " + x);
        });
        assertThrows(IllegalArgumentException.class, () -> mapped.poll(cx));
        mapped.cancel();
        assertThrows(IllegalStateException.class, () -> mapped.poll(cx));
    }

    @Test
    void then_polls_the_second_future_in_the_poll_that_completes_the_first() throws Exception {
        var second = Script.completes(2, "b");
        var then = Script.completes(1, "a").then(a -> second.map(b -> a + b));
        assertFalse(then.poll(cx).isReady());
        assertEquals(1, second.polls());
        assertEquals(Poll.ready("ab"), then.poll(cx));
        var e = assertThrows(IllegalStateException.class, () -> then.poll(cx));
        assertTrue(e.getMessage().startsWith("then was polled after"), e.getMessage());
    }

    @Test
    void then_cancels_whichever_is_running() throws Exception {
        var first = Script.never();
        var inFirst = first.then(x -> Future.ready(1));
        assertFalse(inFirst.poll(cx).isReady());
        inFirst.cancel();
        inFirst.cancel();
        assertEquals(1, first.cancels());

        var second = Script.never();
        var ended = Script.completes(1, 1); // fails the test when it is cancelled after its end
        var inSecond = ended.then(x -> second);
        assertFalse(inSecond.poll(cx).isReady());
        inSecond.cancel();
        inSecond.cancel();
        assertEquals(1, second.cancels());
        assertThrows(IllegalStateException.class, () -> inSecond.poll(cx));
    }

    @Test
    void then_is_complete_when_either_future_or_the_function_throws() {
        var failure = new IOException("reset");
        var inFirst = Script.fails(1, failure).then(x -> Future.ready(1));
        assertSame(failure, assertThrows(IOException.class, () -> inFirst.poll(cx)));
        inFirst.cancel();

        var inFunction = Script.completes(1, 1).<Integer>then(x -> {
            throw new IllegalArgumentException();
        });
        assertThrows(IllegalArgumentException.class, () -> inFunction.poll(cx));
        inFunction.cancel();

        var inSecond = Script.completes(1, 1).then(x -> Script.fails(1, failure));
        assertSame(failure, assertThrows(IOException.class, () -> inSecond.poll(cx)));
        inSecond.cancel();
        assertThrows(IllegalStateException.class, () -> inSecond.poll(cx));
    }

    @Test
    void then_rejects_a_function_that_returns_no_future() {
        var then = Future.ready(1).<Integer>then(x -> null);
        var e = assertThrows(NullPointerException.class, () -> then.poll(cx));
        assertTrue(e.getMessage().contains("then()"), e.getMessage());
    }
}
