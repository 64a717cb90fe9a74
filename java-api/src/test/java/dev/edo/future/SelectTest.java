package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.sync.Oneshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectTest {
    private final Context cx = new CountingWaker().context();

    @Test
    void the_switch_over_the_result_is_exhaustive_and_typed() throws Exception {
        var select = Select.of(Future.ready("a"), Future.<Integer>pending());
        Poll<Selected2<String, Integer>> poll = select.poll(cx);
        String told = switch (poll) {
            case Poll.Ready(Selected2.First(String text)) -> "first " + text;
            case Poll.Ready(Selected2.Second(Integer number)) -> "second " + number;
            case Poll.Pending<?> pending -> "pending";
        };
        assertEquals("first a", told);
    }

    @Test
    void pending_until_a_branch_is_ready() throws Exception {
        var slow = Script.completes(3, "slow");
        var select = Select.of(slow, Script.never());
        assertFalse(select.poll(cx).isReady());
        assertFalse(select.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected2.First<>("slow")), select.poll(cx));
    }

    @Test
    void a_null_value_wins_like_any_other() throws Exception {
        var nothing = Future.<@Nullable Void>ready(null);
        assertEquals(Poll.ready(new Selected2.Second<>(null)), Select.of(Future.pending(), nothing).poll(cx));
    }

    @Test
    void losers_are_cancelled_once_before_the_value_is_returned() throws Exception {
        var log = new ArrayList<String>();
        var select = Select.of(
                        Script.never().logging(log, "a"),
                        Script.completes(2, 1).logging(log, "b"),
                        Script.never().logging(log, "c"))
                .biased();
        assertFalse(select.poll(cx).isReady());
        assertEquals(List.of("poll a", "poll b", "poll c"), log);
        log.clear();
        assertEquals(Poll.ready(new Selected3.Second<>(1)), select.poll(cx));
        assertEquals(List.of("poll a", "poll b", "cancel a", "cancel c"), log);
    }

    @Test
    void a_branch_that_throws_cancels_the_others_and_is_not_cancelled_itself() {
        var failure = new IOException("reset");
        var loser = Script.never();
        var select = Select.of(loser, Script.fails(1, failure));
        assertSame(failure, assertThrows(IOException.class, () -> select.poll(cx)));
        assertEquals(1, loser.cancels());
        assertThrows(IllegalStateException.class, () -> select.poll(cx));
        select.cancel();
        assertEquals(1, loser.cancels());
    }

    @Test
    void what_a_loser_throws_from_cancel_is_thrown_after_all_were_cancelled() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        var last = Script.never();
        var select = Select.of(
                Future.ready(1),
                Script.never().failingToCancel(first),
                Script.never().failingToCancel(second),
                last);
        assertSame(first, assertThrows(IllegalStateException.class, () -> select.biased().poll(cx)));
        assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
        assertEquals(1, last.cancels());
    }

    @Test
    void what_a_loser_throws_from_cancel_is_suppressed_in_the_failure_of_a_branch() {
        var failure = new IOException("reset");
        var refusal = new IllegalStateException("no");
        var select = Select.of(Script.fails(1, failure), Script.never().failingToCancel(refusal)).biased();
        assertSame(failure, assertThrows(IOException.class, () -> select.poll(cx)));
        assertArrayEquals(new Throwable[] {refusal}, failure.getSuppressed());
    }

    @Test
    void polled_after_completion_it_says_so() throws Exception {
        var select = Select.of(Future.ready(1), Future.ready(2));
        assertTrue(select.poll(cx).isReady());
        var e = assertThrows(IllegalStateException.class, () -> select.poll(cx));
        assertTrue(e.getMessage().startsWith("select was polled after"), e.getMessage());
    }

    @Test
    void each_select_begins_with_each_branch_about_equally_often() throws Exception {
        int rounds = 6_000;
        int[] wins = new int[3];
        for (int i = 0; i < rounds; i++) {
            switch (((Poll.Ready<Selected3<Integer, Integer, Integer>>) Select.of(
                                    Future.ready(0), Future.ready(1), Future.ready(2))
                            .poll(cx))
                    .value()) {
                case Selected3.First(var a) -> wins[a]++;
                case Selected3.Second(var b) -> wins[b]++;
                case Selected3.Third(var c) -> wins[c]++;
            }
        }
        assertEvenly(wins, rounds);
    }

    @Test
    void each_poll_of_one_select_begins_with_each_branch_about_equally_often() throws Exception {
        int rounds = 10_000;
        int[] begun = new int[5];
        int[] polled = new int[1];
        var branches = new ArrayList<Future<String>>();
        for (int i = 0; i < begun.length; i++) {
            int branch = i;
            branches.add(c -> {
                if (polled[0]++ % begun.length == 0) {
                    begun[branch]++;
                }
                return Poll.pending();
            });
        }
        var select = Select.any(branches);
        for (int i = 0; i < rounds; i++) {
            assertFalse(select.poll(cx).isReady());
        }
        assertEquals(rounds * begun.length, polled[0]);
        assertEvenly(begun, rounds);
    }

    /** Ten standard deviations: a fair choice fails this once in 10^22 runs. */
    private static void assertEvenly(int[] counts, int rounds) {
        double p = 1.0 / counts.length;
        double bound = 10 * Math.sqrt(rounds * p * (1 - p));
        for (int count : counts) {
            assertTrue(Math.abs(count - rounds * p) < bound, Arrays.toString(counts));
        }
    }

    @Test
    void biased_always_begins_with_the_first_branch() throws Exception {
        Supplier<Select2<Integer, Integer>> two = () -> Select.of(Future.ready(1), Future.ready(2)).biased();
        for (int i = 0; i < 100; i++) {
            assertEquals(Poll.ready(new Selected2.First<>(1)), two.get().poll(cx));
        }
    }

    @Test
    void without_budget_no_branch_is_polled() throws Exception {
        var spent = new Context() {
            @Override
            public Waker waker() {
                return () -> {};
            }

            @Override
            public boolean pollProceed() {
                return false;
            }
        };
        var branch = Script.completes(1, 1);
        var select = Select.of(branch, Script.never());
        assertFalse(select.poll(spent).isReady());
        assertEquals(0, branch.polls());
        assertTrue(select.poll(cx).isReady());
    }

    @Test
    void any_tells_the_index_of_the_winner() throws Exception {
        var branches = List.of(Script.completes(9, "a"), Script.completes(2, "b"), Script.completes(9, "c"));
        var select = Select.any(branches);
        assertFalse(select.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected<>(1, "b")), select.poll(cx));
        assertEquals(List.of(1, 0, 1), branches.stream().map(Script::cancels).toList());
    }

    @Test
    void any_of_one_is_that_one() throws Exception {
        var select = Select.any(List.of(Script.completes(2, "only")));
        assertFalse(select.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected<>(0, "only")), select.poll(cx));
        assertEquals(Poll.ready(new Selected<>(0, 1)), Select.any(List.of(Future.ready(1))).biased().poll(cx));
    }

    @Test
    void any_of_nothing_is_refused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Select.any(List.of()));
        assertTrue(e.getMessage().contains("branches=[]"), e.getMessage());
    }

    @Test
    void a_null_branch_is_refused_by_its_index() {
        var e = assertThrows(
                NullPointerException.class, () -> Select.any(Arrays.asList(Future.ready(1), null)));
        assertEquals("branch 1 is null", e.getMessage());
    }

    @Test
    void a_branch_whose_condition_does_not_hold_is_left_out_and_cancelled() throws Exception {
        var unwanted = Script.completes(1, 1);
        var wanted = Script.completes(2, 2);
        var select = Select.of(Select.when(false, unwanted), Select.when(true, wanted));
        assertEquals(1, unwanted.cancels());
        assertFalse(select.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected2.Second<>(2)), select.poll(cx));
        assertEquals(0, unwanted.polls());
        assertEquals(1, unwanted.cancels());
    }

    @Test
    void a_branch_that_is_not_wanted_need_not_be_made() throws Exception {
        var select = Select.of(
                Select.<Integer>when(false, () -> {
                    throw new AssertionError("made");
                }),
                Select.when(true, () -> Future.ready(2)));
        assertEquals(Poll.ready(new Selected2.Second<>(2)), select.poll(cx));
    }

    @Test
    void where_no_branch_is_left_orElse_has_the_result() throws Exception {
        var other = new Selected2.First<Integer, Integer>(7);
        var select = Select.of(
                        Select.<Integer>when(false, Future.ready(1)), Select.<Integer>when(false, Future.ready(2)))
                .orElse(other);
        assertEquals(Poll.ready(other), select.poll(cx));
        assertThrows(IllegalStateException.class, () -> select.poll(cx));
        var biased = Select.of(
                        Select.<Integer>when(false, Future.ready(1)), Select.<Integer>when(false, Future.ready(2)))
                .biased();
        assertEquals(Poll.ready(other), biased.orElse(other).poll(cx));
        Future<@Nullable Selected<Integer>> none =
                Select.any(List.of(Select.<Integer>when(false, Future.ready(1)))).orElse(null);
        String told = switch (none.poll(cx)) {
            case Poll.Ready(Selected<Integer>(int index, var value)) -> "branch " + index + value;
            case Poll.Ready(var nothing) -> "else " + nothing;
            case Poll.Pending<?> pending -> "pending";
        };
        assertEquals("else null", told);
    }

    @Test
    void where_no_branch_is_left_and_no_orElse_the_select_fails() {
        var select = Select.of(
                Select.<Integer>when(false, Future.ready(1)), Select.<Integer>when(false, Future.ready(2)));
        var e = assertThrows(IllegalStateException.class, () -> select.poll(cx));
        assertTrue(e.getMessage().contains("orElse"), e.getMessage());
    }

    @Test
    void orElse_is_not_used_while_a_branch_is_left() throws Exception {
        var select = Select.of(Select.<Integer>when(false, Future.ready(1)), Script.completes(2, 2)).orElse(null);
        assertFalse(select.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected2.Second<>(2)), select.poll(cx));
    }

    @Test
    void a_value_that_does_not_match_leaves_its_branch_out() throws Exception {
        var odd = Script.completes(1, 3);
        var even = Script.completes(3, 4);
        var select = Select.of(
                Select.matching(odd, value -> value % 2 == 0), Select.matching(even, value -> value % 2 == 0));
        assertFalse(select.poll(cx).isReady());
        assertFalse(select.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected2.Second<>(4)), select.poll(cx));
        assertEquals(1, odd.polls());
        assertEquals(0, odd.cancels());
    }

    @Test
    void the_last_mismatch_completes_with_orElse_in_the_same_poll() throws Exception {
        var select = Select.of(
                        Select.matching(Future.ready(1), _ -> false), Select.matching(Future.ready(2), _ -> false))
                .orElse(null);
        assertEquals(Poll.ready(null), select.poll(cx));
    }

    @Test
    void a_branch_that_is_left_out_needs_no_match() throws Exception {
        var select = Select.of(
                        Select.matching(Select.<Integer>when(false, Future.ready(1)), _ -> true),
                        Select.matching(Future.ready(2), _ -> false))
                .orElse(null);
        assertEquals(Poll.ready(null), select.poll(cx));
        var unwanted = Script.completes(1, 1);
        var other = Select.of(
                Select.when(false, Select.matching(unwanted, _ -> true)),
                Select.when(true, Select.matching(Future.ready(2), _ -> true)));
        assertEquals(Poll.ready(new Selected2.Second<>(2)), other.poll(cx));
        assertEquals(1, unwanted.cancels());
    }

    /** What wraps a branch that is left out, by its condition or by its value, is left out with it. */
    @Test
    void a_branch_that_is_left_out_is_so_in_every_wrapping() throws Exception {
        Future<Integer> disabled = Select.when(false, Future.ready(1));
        var keptDisabled = Select.of(Select.keep(disabled), Select.keep(disabled));
        assertEquals(Poll.ready(null), keptDisabled.orElse(null).poll(cx));
        Future<Integer> mismatching = Select.matching(Future.ready(2), _ -> false);
        Future<Integer> inner = Select.matching(Future.ready(3), _ -> false);
        var select = Select.of(Select.keep(mismatching), Select.matching(inner, _ -> true), Script.completes(2, 4));
        assertFalse(select.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected3.Third<>(4)), select.poll(cx));
        assertEquals(
                Poll.ready(null),
                Select.of(Select.keep(mismatching), Select.keep(Select.matching(inner, _ -> true)))
                        .orElse(null)
                        .poll(cx));
    }

    @Test
    void of_many_branches_some_are_left_out() throws Exception {
        var branches = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 100; i++) {
            branches.add(i % 3 == 0
                    ? Select.when(false, Future.ready(i))
                    : Select.matching(Future.ready(i), value -> value == 98));
        }
        assertEquals(Poll.ready(new Selected<>(98, 98)), Select.any(branches).poll(cx));
        branches.set(98, Select.when(false, Future.ready(98)));
        assertEquals(Poll.ready(null), Select.any(branches.stream()
                        .map(branch -> branch instanceof MatchingFuture<Integer>
                                ? Select.matching(Future.ready(1), _ -> false)
                                : branch)
                        .toList())
                .orElse(null)
                .poll(cx));
    }

    @Test
    void a_kept_future_is_a_branch_again_after_it_lost() throws Exception {
        var kept = Script.completes(3, "kept");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    Poll.ready(new Selected2.Second<>(i)),
                    Select.of(Select.keep(kept), Future.ready(i)).biased().poll(cx));
        }
        assertEquals(0, kept.cancels());
        assertEquals(
                Poll.ready(new Selected2.First<>("kept")),
                Select.of(Select.keep(kept), Future.<Integer>pending()).poll(cx));
    }

    /** By real wakers: each branch wakes whoever polled the select last. */
    @Test
    void each_branch_wakes_the_select() throws Exception {
        var first = Oneshot.<Integer>channel();
        var second = Oneshot.<Integer>channel();
        var waker = new CountingWaker();
        var select = Select.of(first.receiver(), Select.matching(second.receiver(), value -> value > 0));
        assertFalse(select.poll(waker.context()).isReady());
        second.sender().send(0);
        assertEquals(1, waker.wakes());
        assertFalse(select.poll(waker.context()).isReady());
        first.sender().send(5);
        assertEquals(2, waker.wakes());
        assertEquals(Poll.ready(new Selected2.First<>(5)), select.poll(waker.context()));
    }

    @Test
    void selects_nest() throws Exception {
        var inner = Select.of(Future.<Integer>pending(), Script.completes(2, 5));
        var outer = Select.of(inner, Future.<Integer>pending());
        assertFalse(outer.poll(cx).isReady());
        assertEquals(Poll.ready(new Selected2.First<>(new Selected2.Second<>(5))), outer.poll(cx));
    }
}
