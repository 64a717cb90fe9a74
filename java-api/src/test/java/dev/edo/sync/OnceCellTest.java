package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OnceCellTest {
    private final OnceCell<Integer> cell = new OnceCell<>();
    private final AtomicInteger computations = new AtomicInteger();

    /** Computes at once. */
    private Supplier<Future<Integer>> computing(int value) {
        return () -> Future.lazy(() -> {
            computations.incrementAndGet();
            return value;
        });
    }

    /** Computes when the other cell is set. */
    private Supplier<Future<Integer>> computingLater(SetOnce<Integer> value) {
        return () -> {
            computations.incrementAndGet();
            return value.waitForValue();
        };
    }

    @Test
    void it_is_set_once() {
        assertNull(cell.get());
        assertEquals(SetOutcome.SET, cell.set(5));
        assertEquals(SetOutcome.ALREADY_INITIALIZED, cell.set(6));
        assertEquals(5, cell.get());
        assertTrue(cell.isInitialized());
    }

    @Test
    void one_that_has_its_value_computes_nothing() throws Exception {
        var full = new OnceCell<>(2);
        assertEquals(2, full.get());
        assertEquals(SetOutcome.ALREADY_INITIALIZED, full.set(3));
        assertEquals(2, FakeTask.of(full.getOrInit(computing(3))).completes());
        assertEquals(2, full.getOrCompute(() -> 3));
        assertEquals(0, computations.get());
    }

    @Test
    void nothing_is_computed_before_the_first_poll() throws Exception {
        var task = FakeTask.of(cell.getOrInit(computing(5)));
        assertEquals(0, computations.get());
        assertEquals(5, task.completes());
        task.fails(IllegalStateException.class);
    }

    @Test
    void the_first_computes_and_the_others_wait_for_that() throws Exception {
        var value = new SetOnce<Integer>();
        var first = FakeTask.of(cell.getOrInit(computingLater(value))).staysPending();
        var second = FakeTask.of(cell.getOrInit(computing(10))).staysPending();
        assertNull(cell.get());
        value.set(5);
        assertEquals(1, first.wakes());
        assertEquals(0, second.wakes());
        assertEquals(5, first.completes());
        assertEquals(1, second.wakes());
        assertEquals(5, second.completes());
        assertEquals(1, computations.get());
    }

    @Test
    void where_the_first_fails_the_next_computes() throws Exception {
        var failing = FakeTask.of(cell.getOrInit(() -> Future.failed(new IOException("no file"))));
        failing.fails(IOException.class);
        failing.fails(IllegalStateException.class);
        assertFalse(cell.isInitialized());
        assertEquals(10, FakeTask.of(cell.getOrInit(computing(10))).completes());
    }

    @Test
    void who_waits_computes_when_the_first_throws_or_gives_up() throws Exception {
        var never = new SetOnce<Integer>();
        var first = FakeTask.of(cell.getOrInit(computingLater(never))).staysPending();
        var throwing = FakeTask.of(cell.getOrInit(() -> {
            throw new ArithmeticException();
        })).staysPending();
        var third = FakeTask.of(cell.getOrInit(computing(3))).staysPending();
        first.cancel();
        first.cancel();
        assertEquals(1, throwing.wakes());
        throwing.fails(ArithmeticException.class);
        assertEquals(1, third.wakes());
        assertEquals(3, third.completes());
        assertTrue(never.set(1), "nobody waits for it any more");
        first.fails(IllegalStateException.class);
    }

    @Test
    void who_waits_can_give_up() throws Exception {
        var value = new SetOnce<Integer>();
        var first = FakeTask.of(cell.getOrInit(computingLater(value))).staysPending();
        var gone = FakeTask.of(cell.getOrInit(computing(10))).staysPending();
        gone.cancel();
        value.set(1);
        assertEquals(1, first.completes());
        assertEquals(0, gone.wakes());
    }

    @Test
    void the_turn_of_who_gives_up_goes_to_the_next() throws Exception {
        var first = FakeTask.of(cell.getOrInit(computingLater(new SetOnce<>()))).staysPending();
        var second = FakeTask.of(cell.getOrInit(computing(2))).staysPending();
        var third = FakeTask.of(cell.getOrInit(computing(3))).staysPending();
        first.cancel();
        second.cancel();
        assertEquals(3, third.completes());
    }

    @Test
    void a_computation_that_fails_to_cancel_still_gives_its_turn_up() throws Exception {
        var thrown = new IllegalStateException("cannot cancel");
        var bad = new Future<Integer>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                throw thrown;
            }
        };
        var first = FakeTask.of(cell.getOrInit(() -> bad)).staysPending();
        assertSame(thrown, assertThrows(IllegalStateException.class, first::cancel));
        assertEquals(2, FakeTask.of(cell.getOrInit(computing(2))).completes());
    }

    @Test
    void setting_does_not_disturb_a_computation() throws Exception {
        var value = new SetOnce<Integer>();
        var first = FakeTask.of(cell.getOrInit(computingLater(value))).staysPending();
        assertEquals(SetOutcome.INITIALIZING, cell.set(10));
        assertNull(cell.take());
        value.set(5);
        assertEquals(5, first.completes());
        assertEquals(SetOutcome.ALREADY_INITIALIZED, cell.set(10));
    }

    @Test
    void computing_null_is_an_error_and_leaves_the_cell_empty() throws Exception {
        FakeTask.of(cell.getOrInit(() -> Future.lazy(OnceCellTest::nothing)))
                .fails(NullPointerException.class);
        FakeTask.of(cell.getOrInit(OnceCellTest::noFuture)).fails(NullPointerException.class);
        assertThrows(NullPointerException.class, () -> cell.set(nothing()));
        assertEquals(SetOutcome.SET, cell.set(1));
    }

    @SuppressWarnings("NullAway") // what a caller without a null checker does
    private static Integer nothing() {
        return null;
    }

    @SuppressWarnings("NullAway") // what a caller without a null checker does
    private static Future<Integer> noFuture() {
        return null;
    }

    @Test
    void taking_leaves_an_empty_cell() throws Exception {
        assertNull(cell.take());
        cell.set(1);
        assertEquals(1, cell.take());
        assertNull(cell.take());
        assertFalse(cell.isInitialized());
        assertEquals(2, FakeTask.of(cell.getOrInit(computing(2))).completes());
        assertEquals(2, cell.take());
    }

    @Test
    void a_value_that_was_taken_before_the_first_poll_is_computed_anew() throws Exception {
        cell.set(1);
        var task = FakeTask.of(cell.getOrInit(computing(2)));
        assertEquals(1, cell.take());
        assertEquals(2, task.completes());
        assertEquals(2, cell.get());
        assertEquals(1, computations.get());
    }

    @Test
    void who_waited_gets_the_value_though_it_was_taken_since() throws Exception {
        var value = new SetOnce<Integer>();
        var first = FakeTask.of(cell.getOrInit(computingLater(value))).staysPending();
        var second = FakeTask.of(cell.getOrInit(computing(2))).staysPending();
        value.set(1);
        first.completes();
        assertEquals(1, cell.take());
        assertEquals(1, second.completes());
        assertNull(cell.get());
    }

    @Test
    void it_says_what_it_has() {
        assertEquals("OnceCell[empty]", cell.toString());
        cell.set(1);
        assertEquals("OnceCell[1]", cell.toString());
    }
}
