package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NotifyTest {
    private static final int MANY = 100;

    private final Notify notify = new Notify();

    private FakeTask<@Nullable Void> task() {
        return FakeTask.of(notify.notified());
    }

    private FakeTask<@Nullable Void> waiting() throws Exception {
        return task().staysPending();
    }

    private static void assertNotified(FakeTask<@Nullable Void> task) throws Exception {
        assertEquals(1, task.wakes());
        task.completes();
    }

    private static void assertNotNotified(FakeTask<@Nullable Void> task) throws Exception {
        assertEquals(0, task.wakes());
        task.staysPending();
    }

    @Test
    void a_notification_is_kept_for_the_next_who_waits() throws Exception {
        var before = task();
        notify.notifyOne();
        before.completes();
        waiting().cancel();
    }

    @Test
    void only_one_notification_is_kept() throws Exception {
        notify.notifyOne();
        notify.notifyOne();
        notify.notifyLast();
        task().completes();
        var second = waiting();
        notify.notifyOne();
        assertNotified(second);
    }

    @Test
    void the_first_who_waits_is_notified() throws Exception {
        var first = waiting();
        var second = waiting();
        notify.notifyOne();
        assertNotNotified(second);
        assertNotified(first);
        notify.notifyOne();
        assertNotified(second);
        assertEquals("Notify[empty]", notify.toString());
    }

    @Test
    void the_last_who_waits_is_notified_if_asked_for() throws Exception {
        var first = waiting();
        var second = waiting();
        notify.notifyLast();
        assertNotNotified(first);
        assertNotified(second);
    }

    @Test
    void who_gave_up_is_not_notified() throws Exception {
        var gone = waiting();
        gone.cancel();
        gone.cancel();
        var second = waiting();
        notify.notifyOne();
        assertEquals(0, gone.wakes());
        assertNotified(second);
    }

    @Test
    void after_the_last_waiter_gave_up_a_notification_is_kept_again() throws Exception {
        waiting().cancel();
        assertEquals("Notify[empty]", notify.toString());
        notify.notifyOne();
        task().completes();
    }

    @Test
    void a_cancelled_waiter_hands_its_notification_to_the_next() throws Exception {
        var first = waiting();
        var second = waiting();
        var third = waiting();
        notify.notifyOne();
        assertEquals(1, first.wakes());
        first.cancel();
        assertNotified(second);
        assertNotNotified(third);
    }

    @Test
    void a_cancelled_last_waiter_hands_its_notification_to_the_one_before() throws Exception {
        var first = waiting();
        var second = waiting();
        var third = waiting();
        notify.notifyLast();
        third.cancel();
        assertNotified(second);
        assertNotNotified(first);
    }

    @Test
    void a_cancelled_waiter_without_a_next_leaves_its_notification_to_be_kept() throws Exception {
        var only = waiting();
        notify.notifyOne();
        only.cancel();
        assertEquals("Notify[notified]", notify.toString());
        task().completes();
    }

    @Test
    void all_who_wait_are_notified_at_once_and_nothing_is_kept() throws Exception {
        var polled = waiting();
        var alsoPolled = waiting();
        var made = task();
        notify.notifyWaiters();
        var late = waiting();
        assertNotified(polled);
        assertNotified(alsoPolled);
        made.completes();
        assertNotNotified(late);
    }

    @Test
    void what_is_kept_stays_when_all_are_notified() throws Exception {
        notify.notifyOne();
        notify.notifyWaiters();
        task().completes();
        waiting().cancel();
    }

    @Test
    void who_was_reached_by_all_does_not_use_up_what_is_kept() throws Exception {
        var reached = task();
        notify.notifyWaiters();
        notify.notifyOne();
        reached.completes();
        task().completes();
    }

    @Test
    void after_all_were_notified_one_notification_is_kept() throws Exception {
        var reached = waiting();
        notify.notifyWaiters();
        notify.notifyOne();
        reached.cancel();
        task().completes();
    }

    @Test
    void who_was_reached_by_all_hands_nothing_on() throws Exception {
        var reached = waiting();
        notify.notifyWaiters();
        reached.cancel();
        assertEquals("Notify[empty]", notify.toString());
        waiting().cancel();
    }

    @Test
    void who_was_notified_as_the_one_and_then_by_all_hands_the_one_on() throws Exception {
        var first = waiting();
        notify.notifyOne();
        var second = waiting();
        notify.notifyWaiters();
        assertNotified(second);
        var third = waiting();
        first.cancel();
        assertNotified(third);
    }

    @Test
    void many_are_notified_in_order() {
        var woken = new ArrayList<Integer>();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            assertFalse(notify.notified().poll(Context.of(() -> woken.add(number))).isReady());
        }
        notify.notifyWaiters();
        assertEquals(MANY, woken.size());
        assertEquals(woken.stream().sorted().toList(), woken);
    }

    @Test
    void while_all_are_woken_a_new_notification_is_for_who_comes_then() throws Exception {
        var late = new AtomicReference<@Nullable FakeTask<@Nullable Void>>();
        var first = notify.notified();
        assertFalse(first.poll(Context.of(() -> {
            // inside notifyWaiters: the second waiter was let go of but not woken yet
            var newcomer = task();
            try {
                newcomer.staysPending();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            late.set(newcomer);
            notify.notifyOne();
        })).isReady());
        var second = waiting();
        notify.notifyWaiters();
        assertNotified(second);
        var newcomer = late.get();
        assertTrue(newcomer != null);
        assertNotified(newcomer);
    }

    @Test
    void while_all_are_woken_one_of_them_may_give_up() throws Exception {
        var second = new AtomicReference<@Nullable Notified>();
        var wakes = new AtomicInteger();
        assertFalse(notify.notified().poll(Context.of(() -> {
            var waiter = second.get();
            if (waiter != null) {
                waiter.cancel();
            }
            wakes.incrementAndGet();
        })).isReady());
        var gone = notify.notified();
        assertFalse(gone.poll(Context.of(() -> {})).isReady());
        second.set(gone);
        var third = waiting();
        notify.notifyWaiters();
        assertEquals(1, wakes.get());
        assertNotified(third);
        assertEquals("Notify[empty]", notify.toString());
        var later = waiting();
        notify.notifyOne();
        assertNotified(later);
    }

    @Test
    void a_waker_that_throws_keeps_nobody_from_being_notified() throws Exception {
        var thrown = new IllegalStateException("a bad waker");
        assertFalse(notify.notified().poll(Context.of(() -> {
            throw thrown;
        })).isReady());
        var others = new ArrayList<FakeTask<@Nullable Void>>();
        for (int i = 0; i < MANY; i++) {
            others.add(waiting());
        }
        assertEquals(thrown, assertThrows(IllegalStateException.class, notify::notifyWaiters));
        for (var other : others) {
            assertNotified(other);
        }
    }

    @Test
    void a_waker_may_notify() throws Exception {
        var second = new AtomicInteger();
        assertFalse(notify.notified().poll(Context.of(notify::notifyWaiters)).isReady());
        assertFalse(notify.notified().poll(Context.of(second::incrementAndGet)).isReady());
        notify.notifyOne();
        assertEquals(1, second.get());
    }

    @Test
    void enabling_takes_the_place_in_the_queue() throws Exception {
        var notified = notify.notified();
        assertFalse(notified.enable());
        assertFalse(notified.enable());
        notify.notifyOne();
        assertTrue(notified.enable());
        assertTrue(notified.poll(Context.of(() -> {})).isReady());
        assertTrue(notified.enable());
        assertThrows(IllegalStateException.class, () -> notified.poll(Context.of(() -> {})));
    }

    @Test
    void enabled_futures_are_served_before_later_ones() throws Exception {
        var enabled = notify.notified();
        assertFalse(enabled.enable());
        var task = FakeTask.of(enabled);
        var later = waiting();
        notify.notifyOne();
        task.completes();
        assertNotNotified(later);
    }

    @Test
    void polling_after_enabling_registers_the_waker() throws Exception {
        var notified = notify.notified();
        assertFalse(notified.enable());
        var task = FakeTask.of(notified).staysPending();
        assertFalse(notified.enable());
        notify.notifyOne();
        assertNotified(task);
    }

    @Test
    void enabling_uses_up_what_is_kept() throws Exception {
        notify.notifyOne();
        var first = notify.notified();
        assertTrue(first.enable());
        assertFalse(notify.notified().enable());
        first.cancel();
        assertThrows(IllegalStateException.class, first::enable);
    }

    @Test
    void an_enabled_future_that_was_notified_unseen_hands_it_on() throws Exception {
        var enabled = notify.notified();
        assertFalse(enabled.enable());
        var next = waiting();
        notify.notifyOne();
        enabled.cancel();
        assertNotified(next);
    }

    @Test
    void the_last_waker_is_woken() throws Exception {
        var task = waiting();
        var former = task.movesToAnotherTask();
        task.staysPending();
        notify.notifyOne();
        assertEquals(0, former.get());
        assertNotified(task);
    }

    @Test
    void a_new_waker_comes_too_late_for_a_notification() throws Exception {
        var one = waiting();
        notify.notifyOne();
        one.movesToAnotherTask();
        one.completes();
        var all = waiting();
        notify.notifyWaiters();
        all.movesToAnotherTask();
        all.completes();
    }

    @Test
    void a_spent_future_cannot_be_polled() throws Exception {
        notify.notifyOne();
        var done = task();
        done.completes();
        done.cancel();
        done.fails(IllegalStateException.class);
        var cancelled = task();
        cancelled.cancel();
        cancelled.fails(IllegalStateException.class);
    }

    @Test
    void without_budget_nothing_is_received() {
        notify.notifyOne();
        var notified = notify.notified();
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
        assertFalse(notified.poll(spent).isReady());
        assertEquals("Notify[notified]", notify.toString());
        assertTrue(notified.poll(Context.of(() -> {})).isReady());
    }

    @Test
    void it_says_what_state_it_is_in() throws Exception {
        assertEquals("Notify[empty]", notify.toString());
        var waiter = waiting();
        assertEquals("Notify[waiting]", notify.toString());
        waiter.cancel();
        notify.notifyOne();
        assertEquals("Notify[notified]", notify.toString());
    }
}
