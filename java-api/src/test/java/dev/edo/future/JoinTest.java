package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.sync.Oneshot;
import dev.edo.sync.OneshotRecvError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinTest {
    private final Context cx = new CountingWaker().context();

    @Test
    void completes_when_the_slowest_does_with_every_value_in_its_place() throws Exception {
        var join = Join.of(Script.completes(3, "slow"), Script.completes(1, 7));
        assertFalse(join.poll(cx).isReady());
        assertFalse(join.poll(cx).isReady());
        assertEquals(Poll.ready(new Joined2<>("slow", 7)), join.poll(cx));
    }

    @Test
    void a_branch_that_ended_is_not_polled_again() throws Exception {
        var quick = Script.completes(1, 1); // throws AssertionError when polled twice
        var join = Join.of(quick, Script.completes(5, 2));
        for (int i = 0; i < 4; i++) {
            assertFalse(join.poll(cx).isReady());
        }
        assertTrue(join.poll(cx).isReady());
        assertEquals(1, quick.polls());
    }

    @Test
    void each_poll_begins_one_branch_further() throws Exception {
        var log = new ArrayList<String>();
        var join = Join.of(
                Script.never().logging(log, "a"),
                Script.never().logging(log, "b"),
                Script.never().logging(log, "c"));
        for (int i = 0; i < 4; i++) {
            assertFalse(join.poll(cx).isReady());
            log.add("|");
        }
        assertEquals("a b c | b c a | c a b | a b c |", String.join(" ", log).replace("poll ", ""));
    }

    @Test
    void join_waits_for_all_and_then_throws_the_first_failure_with_the_others_suppressed() throws Exception {
        var first = new IOException("first");
        var second = new IllegalArgumentException("second");
        var slow = Script.completes(3, 1);
        var join = Join.of(Script.fails(2, second), Script.fails(1, first), slow);
        assertFalse(join.poll(cx).isReady());
        assertFalse(join.poll(cx).isReady());
        assertSame(first, assertThrows(IOException.class, () -> join.poll(cx)));
        assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
        assertTrue(slow.ended());
        assertThrows(IllegalStateException.class, () -> join.poll(cx));
    }

    @Test
    void two_branches_may_fail_with_the_same_exception() {
        var same = new IOException("shared");
        var join = Join.of(Script.fails(1, same), Script.fails(1, same));
        assertSame(same, assertThrows(IOException.class, () -> join.poll(cx)));
    }

    @Test
    void try_join_fails_at_once_and_cancels_only_what_is_still_running() throws Exception {
        var failure = new IOException("reset");
        var done = Script.completes(1, 1);
        var running = Script.completes(9, 2);
        var join = Join.tryOf(done, Script.fails(2, failure), running);
        assertFalse(join.poll(cx).isReady());
        assertSame(failure, assertThrows(IOException.class, () -> join.poll(cx)));
        assertEquals(0, done.cancels());
        assertEquals(1, running.cancels());
        join.cancel();
        assertEquals(1, running.cancels());
    }

    @Test
    void try_join_completes_with_all_the_values() throws Exception {
        assertEquals(
                Poll.ready(new Joined2<>("a", "b")),
                Join.tryOf(Future.ready("a"), Future.ready("b")).poll(cx));
    }

    @Test
    void all_keeps_the_order_of_the_list_and_nulls() throws Exception {
        var join = Join.all(List.of(
                Script.completes(2, "a"), Future.<String>ready(null), Script.completes(1, "c")));
        assertFalse(join.poll(cx).isReady());
        var values = ((Poll.Ready<List<String>>) join.poll(cx)).value();
        assertEquals(Arrays.asList("a", null, "c"), values);
        assertThrows(UnsupportedOperationException.class, () -> values.set(0, "x"));
    }

    @Test
    void all_of_one_is_that_one() throws Exception {
        for (var one : List.of(
                Join.all(List.of(Script.completes(2, 1))),
                Join.all(List.of(Script.completes(2, 1))).biased(),
                Join.tryAll(List.of(Script.completes(2, 1))),
                Join.tryAll(List.of(Script.completes(2, 1))).biased())) {
            assertFalse(one.poll(cx).isReady());
            assertEquals(Poll.ready(List.of(1)), one.poll(cx));
        }
    }

    /** By real wakers, and with a sender that is closed instead of used. */
    @Test
    void each_branch_wakes_the_join() throws Exception {
        for (boolean fails : new boolean[] {false, true}) {
            var first = Oneshot.<String>channel();
            var second = Oneshot.<Integer>channel();
            var third = Oneshot.<Integer>channel();
            var waker = new CountingWaker();
            var join = Join.tryOf(first.receiver(), second.receiver(), third.receiver());
            assertFalse(join.poll(waker.context()).isReady());
            second.sender().send(123);
            assertEquals(1, waker.wakes());
            assertFalse(join.poll(waker.context()).isReady());
            if (fails) {
                first.sender().close();
                assertEquals(2, waker.wakes());
                assertThrows(OneshotRecvError.class, () -> join.poll(waker.context()));
                assertTrue(third.sender().isClosed());
            } else {
                first.sender().send("hello");
                assertEquals(2, waker.wakes());
                assertFalse(join.poll(waker.context()).isReady());
                third.sender().send(7);
                assertEquals(3, waker.wakes());
                assertEquals(Poll.ready(new Joined3<>("hello", 123, 7)), join.poll(waker.context()));
            }
        }
    }

    @Test
    void all_of_nothing_is_ready_at_once() throws Exception {
        var join = Join.all(List.<Future<String>>of());
        assertEquals(Poll.ready(List.of()), join.poll(cx));
        assertThrows(IllegalStateException.class, () -> join.poll(cx));
        assertEquals(Poll.ready(List.of()), Join.tryAll(List.<Future<String>>of()).poll(cx));
    }

    @Test
    void try_all_cancels_the_rest_at_the_first_failure() {
        var rest = Script.never();
        var join = Join.tryAll(List.of(rest, Script.fails(1, new IOException("reset"))));
        assertThrows(IOException.class, () -> join.poll(cx));
        assertEquals(1, rest.cancels());
    }

    @Test
    void polled_after_completion_each_says_its_name() throws Exception {
        var join = Join.of(Future.ready(1), Future.ready(2));
        var tryJoin = Join.tryOf(Future.ready(1), Future.ready(2));
        assertTrue(join.poll(cx).isReady());
        assertTrue(tryJoin.poll(cx).isReady());
        var one = assertThrows(IllegalStateException.class, () -> join.poll(cx));
        var other = assertThrows(IllegalStateException.class, () -> tryJoin.poll(cx));
        assertTrue(one.getMessage().startsWith("join was polled after"), one.getMessage());
        assertTrue(other.getMessage().startsWith("tryJoin was polled after"), other.getMessage());
    }

    @Test
    void biased_polls_in_the_order_given_each_time() throws Exception {
        var log = new ArrayList<String>();
        var join = Join.of(
                        Script.never().logging(log, "a"),
                        Script.never().logging(log, "b"),
                        Script.never().logging(log, "c"))
                .biased();
        var again = Join.tryOf(Script.never().logging(log, "d"), Script.never().logging(log, "e")).biased();
        for (int i = 0; i < 2; i++) {
            assertFalse(join.poll(cx).isReady());
            assertFalse(again.poll(cx).isReady());
        }
        var once = List.of("poll a", "poll b", "poll c", "poll d", "poll e");
        assertEquals(once, log.subList(0, 5));
        assertEquals(once, log.subList(5, log.size()));
    }
}
