package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CancellationTokenTest {
    private static final int MANY = 100_000;

    private final CancellationToken token = CancellationToken.create();

    private static FakeTask<@Nullable Void> waiterOf(CancellationToken token) throws Exception {
        return FakeTask.of(token.cancelled()).staysPending();
    }

    private static void assertWokenAndDone(FakeTask<@Nullable Void> waiter) throws Exception {
        assertEquals(1, waiter.wakes());
        waiter.completes();
    }

    @Test
    void cancel_wakes_each_waiter_once() throws Exception {
        var first = waiterOf(token);
        var second = waiterOf(token);
        assertFalse(token.isCancelled());
        token.cancel();
        token.cancel();
        assertTrue(token.isCancelled());
        assertWokenAndDone(first);
        assertWokenAndDone(second);
        assertTrue(token.isAlone());
    }

    @Test
    void who_comes_after_cancel_does_not_wait() throws Exception {
        token.cancel();
        FakeTask.of(token.cancelled()).completes();
    }

    @Test
    void a_future_that_is_not_polled_needs_no_wake_up() throws Exception {
        var task = FakeTask.of(token.cancelled());
        token.cancel();
        assertEquals(0, task.wakes());
        task.completes();
    }

    @Test
    void a_waiter_that_gives_up_leaves_nothing_behind() throws Exception {
        var leaver = waiterOf(token);
        var stayer = waiterOf(token);
        leaver.cancel();
        leaver.cancel();
        token.cancel();
        assertEquals(0, leaver.wakes());
        assertWokenAndDone(stayer);
        assertThrows(IllegalStateException.class, leaver::poll);
        assertThrows(IllegalStateException.class, stayer::poll);
    }

    @Test
    void the_waker_of_the_last_poll_is_called() throws Exception {
        var waiter = waiterOf(token);
        var former = waiter.movesToAnotherTask();
        waiter.staysPending().staysPending();
        token.cancel();
        assertEquals(0, former.get());
        assertWokenAndDone(waiter);
    }

    @Test
    void the_parent_cancels_its_children() throws Exception {
        var child = token.child();
        var ofChild = waiterOf(child);
        var ofParent = waiterOf(token);
        token.cancel();
        assertTrue(child.isCancelled());
        assertWokenAndDone(ofChild);
        assertWokenAndDone(ofParent);
        assertTrue(child.isAlone());
    }

    @Test
    void a_child_does_not_cancel_its_parent() throws Exception {
        var child = token.child();
        var ofChild = waiterOf(child);
        var ofParent = waiterOf(token);
        child.cancel();
        assertTrue(child.isCancelled());
        assertFalse(token.isCancelled());
        assertWokenAndDone(ofChild);
        assertEquals(0, ofParent.wakes());
        ofParent.cancel();
        assertTrue(token.isAlone(), "a cancelled child left its parent");
    }

    @Test
    void a_child_of_a_cancelled_token_is_cancelled() throws Exception {
        token.cancel();
        var child = token.child();
        assertTrue(child.isCancelled());
        FakeTask.of(child.cancelled()).completes();
        assertTrue(child.child().isCancelled());
        assertTrue(token.isAlone());
    }

    @Test
    void the_grandparent_cancels_through_a_closed_child() throws Exception {
        var child = token.child();
        var grandchild = child.child();
        var waiter = waiterOf(grandchild);
        child.close();
        child.close();
        assertTrue(child.isAlone());
        assertFalse(grandchild.isCancelled());
        token.cancel();
        assertTrue(grandchild.isCancelled());
        assertFalse(child.isCancelled(), "a closed token is out of reach");
        assertWokenAndDone(waiter);
    }

    @Test
    void a_closed_child_can_be_cancelled_alone() {
        var child = token.child();
        var grandchild = child.child();
        child.close();
        child.cancel();
        assertTrue(child.isCancelled());
        assertFalse(grandchild.isCancelled());
        assertFalse(token.isCancelled());
    }

    @Test
    void children_outlive_a_parent_that_closes() throws Exception {
        var first = token.child();
        var second = token.child();
        var waiter = waiterOf(second);
        token.close();
        token.cancel();
        assertFalse(first.isCancelled());
        assertEquals(0, waiter.wakes());
        first.close();
        second.cancel();
        assertWokenAndDone(waiter);
        assertTrue(first.isAlone());
        assertTrue(second.isAlone());
    }

    @Test
    void a_closed_token_has_no_children() {
        token.close();
        var refused = assertThrows(IllegalStateException.class, token::child);
        assertTrue(refused.getMessage().contains("closed"), refused.getMessage());
    }

    @Test
    void children_leave_in_any_order() {
        for (int leaver = 0; leaver < 5; leaver++) {
            var parent = CancellationToken.create();
            var children = new ArrayList<CancellationToken>();
            for (int i = 0; i < 5; i++) {
                children.add(parent.child());
            }
            children.get(leaver).close();
            children.get((leaver + 2) % 5).cancel();
            children.remove(leaver).cancel();
            parent.cancel();
            assertTrue(children.stream().allMatch(CancellationToken::isCancelled));
            assertTrue(parent.isAlone());
        }
    }

    @Test
    void exactly_the_descendants_are_cancelled() throws Exception {
        var parent = token.child();
        var sibling = token.child();
        var tree = new ArrayList<CancellationToken>(List.of(parent));
        for (int i = 0; i < 30; i++) {
            tree.add(tree.get(i / 2).child());
        }
        tree.get(3).cancel();
        var waiters = new ArrayList<FakeTask<@Nullable Void>>();
        for (var member : tree) {
            if (!member.isCancelled()) {
                waiters.add(waiterOf(member));
            }
        }
        var outside = waiterOf(sibling);
        parent.cancel();
        assertTrue(tree.stream().allMatch(CancellationToken::isCancelled));
        assertTrue(tree.stream().allMatch(CancellationToken::isAlone));
        for (var waiter : waiters) {
            assertWokenAndDone(waiter);
        }
        assertEquals(0, outside.wakes());
        assertFalse(token.isCancelled());
        assertFalse(sibling.isCancelled());
    }

    @Test
    void a_hundred_thousand_children_are_cancelled() throws Exception {
        var woken = new AtomicInteger();
        var cx = Context.of(woken::incrementAndGet);
        for (int i = 0; i < MANY; i++) {
            assertFalse(token.child().cancelled().poll(cx).isReady());
        }
        token.cancel();
        assertEquals(MANY, woken.get());
        assertTrue(token.isAlone());
    }

    @Test
    void a_chain_of_a_hundred_thousand_tokens_is_cancelled() {
        var last = token;
        for (int i = 0; i < MANY; i++) {
            last = last.child();
        }
        token.cancel();
        assertTrue(last.isCancelled());
    }

    @Test
    void hand_over_hand_leaves_no_chain_behind() {
        var hand = token.child();
        for (int i = 0; i < MANY; i++) {
            var next = hand.child();
            hand.close();
            hand = next;
        }
        hand.close();
        assertTrue(token.isAlone());
    }

    @Test
    void a_token_with_many_children_closes() {
        var middle = token.child();
        var children = new ArrayList<CancellationToken>();
        for (int i = 0; i < 1_000; i++) {
            children.add(middle.child());
        }
        middle.close();
        assertTrue(middle.isAlone());
        token.cancel();
        assertTrue(children.stream().allMatch(CancellationToken::isCancelled));
    }

    @Test
    void a_waker_that_throws_keeps_nobody_asleep() throws Exception {
        var failure = new IllegalArgumentException("from a waker");
        token.child().cancelled().poll(Context.of(() -> {
            throw failure;
        }));
        var other = token.child();
        var waiter = waiterOf(other);
        assertSame(failure, assertThrows(IllegalArgumentException.class, token::cancel));
        assertTrue(other.isCancelled());
        assertWokenAndDone(waiter);
    }

    @Test
    void a_waker_may_cancel_close_and_derive() throws Exception {
        var child = token.child();
        var sibling = token.child();
        child.cancelled().poll(Context.of(() -> {
            token.cancel();
            sibling.close();
            assertTrue(token.child().isCancelled());
        }));
        token.cancel();
        assertTrue(child.isCancelled());
        assertTrue(token.isAlone());
    }

    // --- runUntilCancelled

    @Test
    void a_ready_future_completes() throws Exception {
        assertEquals(new UntilCancelled.Completed<>(7),
                FakeTask.of(token.runUntilCancelled(Future.ready(7))).completes());
        assertTrue(token.isAlone());
    }

    @Test
    void null_is_a_value() throws Exception {
        var ended = FakeTask.of(token.runUntilCancelled(Future.<@Nullable Void>ready(null))).completes();
        assertFalse(ended.isCancelled());
    }

    @Test
    void a_cancelled_token_stops_a_future_before_its_first_poll() throws Exception {
        var made = new Probe();
        var task = FakeTask.of(token.runUntilCancelled(made));
        token.cancel();
        assertTrue(task.completes().isCancelled());
        assertEquals("cancel ", made.log);

        var late = new Probe();
        assertTrue(FakeTask.of(token.runUntilCancelled(late)).completes().isCancelled());
        assertEquals("cancel ", late.log);
    }

    @Test
    void a_future_that_waited_completes() throws Exception {
        var future = new Probe();
        var task = FakeTask.of(token.runUntilCancelled(future)).staysPending();
        future.ready = true;
        assertFalse(task.completes().isCancelled());
        assertEquals("poll poll ", future.log);
        assertTrue(token.isAlone());
    }

    @Test
    void a_waiting_future_is_stopped() throws Exception {
        var future = new Probe();
        var task = FakeTask.of(token.runUntilCancelled(future)).staysPending();
        token.cancel();
        assertEquals(1, task.wakes());
        assertTrue(task.completes().isCancelled());
        assertEquals("poll poll cancel ", future.log);
        assertThrows(IllegalStateException.class, task::poll);
    }

    @Test
    void a_value_that_comes_together_with_cancel_counts() throws Exception {
        var future = new Probe();
        var task = FakeTask.of(token.runUntilCancelled(future)).staysPending();
        token.cancel();
        future.ready = true;
        assertFalse(task.completes().isCancelled());
        assertEquals("poll poll ", future.log);
    }

    @Test
    void a_failure_goes_through_and_stops_waiting() throws Exception {
        var failure = new IOException("broken");
        var future = new Probe();
        var task = FakeTask.of(token.runUntilCancelled(future)).staysPending();
        future.failure = failure;
        assertSame(failure, task.fails(IOException.class));
        assertTrue(token.isAlone());
    }

    @Test
    void giving_up_cancels_the_future_and_stops_waiting() throws Exception {
        var future = new Probe();
        var task = FakeTask.of(token.runUntilCancelled(future)).staysPending();
        task.cancel();
        task.cancel();
        assertEquals("poll cancel ", future.log);
        assertTrue(token.isAlone());
        token.cancel();
        assertEquals(0, task.wakes());
    }

    // --- guard

    @Test
    void a_guard_cancels_when_it_closes() {
        try (var guard = token.dropGuard()) {
            assertSame(token, guard.token());
            assertFalse(token.isCancelled());
        }
        assertTrue(token.isCancelled());
    }

    @Test
    void a_disarmed_guard_does_nothing() {
        try (var guard = token.dropGuard()) {
            assertSame(token, guard.disarm());
        }
        assertFalse(token.isCancelled());
    }

    @Test
    void tokens_are_equal_to_themselves_only() {
        var child = token.child();
        assertEquals(token, token);
        assertEquals(token.hashCode(), token.hashCode());
        assertFalse(token.equals(child));
        assertFalse(token.equals(CancellationToken.create()));
    }

    /** Keeps a log of what was done to it. */
    private static final class Probe implements Future<@Nullable Void> {
        private String log = "";
        private boolean ready;
        private @Nullable IOException failure;

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws IOException {
            log += "poll ";
            if (failure != null) {
                throw failure;
            }
            return ready ? Poll.ready() : Poll.pending();
        }

        @Override
        public void cancel() {
            log += "cancel ";
        }
    }
}
