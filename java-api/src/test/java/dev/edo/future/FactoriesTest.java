package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FactoriesTest {
    private final Context cx = new CountingWaker().context();

    private void assertEnded(Future<?> future, String name) {
        var e = assertThrows(IllegalStateException.class, () -> future.poll(cx));
        assertTrue(e.getMessage().startsWith(name + " was polled after"), e.getMessage());
    }

    @Test
    void a_context_needs_a_waker() {
        assertEquals("waker", assertThrows(NullPointerException.class, () -> Context.of(null)).getMessage());
    }

    @Test
    void ready_completes_once() throws Exception {
        var future = Future.ready("a");
        assertEquals(Poll.ready("a"), future.poll(cx));
        assertEnded(future, "Future.ready");
        var cancelled = Future.ready("a");
        cancelled.cancel();
        assertEnded(cancelled, "Future.ready");
    }

    @Test
    void failed_throws_exceptions_and_errors_as_they_are_and_wraps_the_rest() {
        var checked = new IOException("reset");
        var future = Future.failed(checked);
        assertSame(checked, assertThrows(IOException.class, () -> future.poll(cx)));
        assertEnded(future, "Future.failed");
        var error = new StackOverflowError();
        assertSame(error, assertThrows(Error.class, () -> Future.failed(error).poll(cx)));
        var strange = new Throwable("neither");
        var wrapped = assertThrows(CompletionException.class, () -> Future.failed(strange).poll(cx));
        assertSame(strange, wrapped.getCause());
    }

    @Test
    void pending_stays_pending() throws Exception {
        var future = Future.<String>pending();
        assertFalse(future.poll(cx).isReady());
        assertFalse(future.poll(cx).isReady());
        future.cancel();
    }

    @Test
    void of_makes_a_poll_function_single_use() throws Exception {
        var function = Script.completes(2, "a");
        var future = Future.of(function);
        assertFalse(future.poll(cx).isReady());
        assertEquals(Poll.ready("a"), future.poll(cx));
        future.cancel(); // fails the test if it reaches the function, which has ended
        assertEnded(future, "Future.of");

        int[] calls = {0};
        var counting = Future.of(c -> ++calls[0] < 2 ? Poll.pending() : Poll.ready(calls[0]));
        assertFalse(counting.poll(cx).isReady());
        assertEquals(Poll.ready(2), counting.poll(cx));
    }

    @Test
    void of_is_complete_when_its_function_throws_and_cancels_once() throws Exception {
        var failing = Future.of(Script.fails(1, new IOException("reset")));
        assertThrows(IOException.class, () -> failing.poll(cx));
        failing.cancel();
        assertEnded(failing, "Future.of");

        var function = Script.never();
        var cancelled = Future.of(function);
        cancelled.cancel();
        cancelled.cancel();
        assertEquals(1, function.cancels());
        assertEnded(cancelled, "Future.of");
    }

    @Test
    void lazy_runs_at_the_first_poll_and_never_when_cancelled_before() throws Exception {
        int[] runs = {0};
        var future = Future.lazy(() -> ++runs[0]);
        assertEquals(0, runs[0]);
        assertEquals(Poll.ready(1), future.poll(cx));
        assertEnded(future, "Future.lazy");

        var cancelled = Future.lazy(() -> ++runs[0]);
        cancelled.cancel();
        assertEnded(cancelled, "Future.lazy");
        assertEquals(1, runs[0]);

        var failing = Future.lazy(() -> {
            throw new IOException("reset");
        });
        assertThrows(IOException.class, () -> failing.poll(cx));
        assertEnded(failing, "Future.lazy");
    }
}
