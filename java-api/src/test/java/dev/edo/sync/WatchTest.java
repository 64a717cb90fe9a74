package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final Watch<String> watch = Watch.channel("one");
    private final WatchSender<String> sender = watch.sender();
    private final WatchReceiver<String> receiver = watch.receiver();

    private static FakeTask<@Nullable Void> changed(WatchReceiver<?> receiver) {
        return FakeTask.of(receiver.changed());
    }

    private boolean nobodyWaits() {
        return receiver.channel().receivers.isEmpty() && receiver.channel().closing.isEmpty();
    }

    // --- values and versions

    @Test
    void the_first_value_is_there_and_counts_as_seen() throws Exception {
        assertEquals("one", receiver.borrow());
        assertEquals("one", sender.borrow());
        assertFalse(receiver.hasChanged());
        changed(receiver).staysPending();
    }

    @Test
    void a_receiver_is_told_of_each_value_until_the_sender_is_closed() throws Exception {
        var first = changed(receiver).staysPending();
        sender.send("two");
        assertEquals(1, first.wakes());
        first.completes();
        assertEquals("two", receiver.borrow());

        var second = changed(receiver).staysPending();
        assertEquals(0, second.wakes());
        sender.close();
        assertEquals(1, second.wakes());
        second.fails(WatchRecvError.class);
        changed(receiver).fails(WatchRecvError.class);
        assertEquals("two", receiver.borrow(), "the last value stays");
    }

    @Test
    void values_that_nobody_looked_at_are_skipped() throws Exception {
        sender.send("two");
        sender.send("three");
        changed(receiver).completes();
        assertEquals("three", receiver.borrow());
        changed(receiver).staysPending();
    }

    @Test
    void borrow_leaves_a_value_unseen_and_borrow_and_update_does_not() throws Exception {
        sender.send("two");
        assertTrue(receiver.hasChanged());
        assertEquals("two", receiver.borrow());
        assertTrue(receiver.hasChanged());
        changed(receiver).completes();
        sender.send("three");
        assertEquals("three", receiver.borrowAndUpdate());
        assertFalse(receiver.hasChanged());
        changed(receiver).staysPending();
    }

    @Test
    void each_receiver_has_its_own_view() throws Exception {
        var other = receiver.share();
        var first = changed(receiver).staysPending();
        var second = changed(other).staysPending();
        sender.send("two");
        assertEquals(1, first.wakes());
        assertEquals(1, second.wakes());
        first.completes();
        sender.send("three");
        second.completes();
        assertEquals("three", other.borrow());
        changed(receiver).completes();
        changed(other).staysPending();
    }

    @Test
    void a_shared_receiver_has_seen_what_the_first_had() throws Exception {
        sender.send("two");
        var other = receiver.share();
        changed(receiver).completes();
        assertTrue(other.hasChanged());
        assertFalse(sender.subscribe().hasChanged());
    }

    @Test
    void every_value_may_be_the_last_one() throws Exception {
        var task = changed(receiver).staysPending();
        sender.send("two");
        task.completes();
        sender.send("three");
        sender.close();
        changed(receiver).completes();
        assertEquals("three", receiver.borrow());
        changed(receiver).fails(WatchRecvError.class);
    }

    // The value comes, and then the end, before the woken task runs: it hears of the value first.
    @Test
    void the_last_value_comes_before_the_end_also_for_who_waited() throws Exception {
        var task = changed(receiver).staysPending();
        sender.send("two");
        sender.close();
        assertEquals(1, task.wakes());
        task.completes();
        assertEquals("two", receiver.borrow());
        changed(receiver).fails(WatchRecvError.class);
    }

    @Test
    void mark_changed_before_the_first_value_wraps_around() throws Exception {
        receiver.markChanged();
        assertTrue(receiver.hasChanged());
        changed(receiver).completes();
        assertFalse(receiver.hasChanged());
    }

    @Test
    void mark_changed_concerns_one_receiver_and_one_look() throws Exception {
        var other = receiver.share();
        receiver.markChanged();
        changed(receiver).completes();
        changed(receiver).staysPending();
        assertFalse(other.hasChanged());
        sender.send("two");
        changed(receiver).completes();
        receiver.markChanged();
        receiver.markChanged();
        assertEquals("two", receiver.borrowAndUpdate());
        assertFalse(receiver.hasChanged());
        receiver.markChanged();
        sender.close();
        changed(receiver).completes();
        changed(receiver).fails(WatchRecvError.class);
    }

    @Test
    void mark_unchanged_skips_a_value() throws Exception {
        receiver.markChanged();
        receiver.markUnchanged();
        assertFalse(receiver.hasChanged());
        changed(receiver).staysPending();
        sender.send("two");
        receiver.markUnchanged();
        assertFalse(receiver.hasChanged());
        var task = changed(receiver).staysPending();
        sender.send("three");
        task.completes();
        sender.send("four");
        receiver.markUnchanged();
        sender.close();
        changed(receiver).fails(WatchRecvError.class);
    }

    @Test
    void null_is_a_value() throws Exception {
        var channel = Watch.<@Nullable String>channel(null);
        assertEquals(null, channel.receiver().borrow());
        channel.sender().send(null);
        assertTrue(channel.receiver().hasChanged());
    }

    // --- closed by the senders

    @Test
    void a_last_value_that_was_not_seen_comes_before_the_end() throws Exception {
        sender.send("two");
        sender.close();
        assertThrows(WatchRecvError.class, receiver::hasChanged);
        changed(receiver).completes();
        changed(receiver).fails(WatchRecvError.class);
    }

    @Test
    void has_changed_fails_on_a_closed_channel_also_when_all_was_seen() {
        sender.close();
        assertThrows(WatchRecvError.class, receiver::hasChanged);
    }

    @Test
    void a_value_and_whether_it_is_new_are_had_at_once() throws Exception {
        assertEquals(new WatchRef<>("one", false), receiver.borrowRef());
        sender.send("two");
        assertEquals(new WatchRef<>("two", true), receiver.borrowRef());
        assertEquals(new WatchRef<>("two", true), receiver.borrowRefAndUpdate());
        assertEquals(new WatchRef<>("two", false), receiver.borrowRefAndUpdate());
        assertFalse(receiver.hasChanged());
        receiver.markChanged();
        assertEquals(new WatchRef<>("two", true), receiver.borrowRef());
    }

    /** Where has_changed fails, the value itself still knows. */
    @Test
    void whether_the_last_value_is_new_is_known_after_the_end_too() throws Exception {
        sender.send("two");
        sender.close();
        assertThrows(WatchRecvError.class, receiver::hasChanged);
        assertEquals(new WatchRef<>("two", true), receiver.borrowRef());
        assertEquals(new WatchRef<>("two", true), receiver.borrowRefAndUpdate());
        assertEquals(new WatchRef<>("two", false), receiver.borrowRef());
    }

    @Test
    void the_last_of_several_senders_closes_the_channel() throws Exception {
        var other = sender.share();
        assertEquals(2, sender.senderCount());
        assertTrue(sender.sameChannel(other));
        assertFalse(sender.sameChannel(Watch.sender("one")));
        var task = changed(receiver).staysPending();
        sender.close();
        sender.close();
        assertEquals(0, task.wakes());
        task.staysPending();
        assertEquals(1, other.senderCount());
        other.close();
        assertEquals(1, task.wakes());
        task.fails(WatchRecvError.class);
    }

    @Test
    void several_senders_send_to_the_same_receivers() throws Exception {
        var other = sender.share();
        var task = changed(receiver).staysPending();
        sender.send("two");
        task.completes();
        assertEquals("two", receiver.borrow());
        other.send("three");
        changed(receiver).completes();
        assertEquals("three", receiver.borrow());
    }

    // --- sending

    @Test
    void send_without_a_receiver_fails_and_keeps_the_value() {
        receiver.close();
        var failure = assertThrows(WatchSendError.class, () -> sender.send("two"));
        assertTrue(failure.getMessage().contains("sendReplace"), failure.getMessage());
        assertEquals("one", sender.borrow());
    }

    @Test
    void send_replace_and_modify_work_without_a_receiver() {
        receiver.close();
        assertEquals("one", sender.sendReplace("two"));
        sender.sendModify(old -> old + "!");
        assertEquals("two!", sender.borrow());
        assertFalse(sender.sendIfModified(old -> old));
    }

    @Test
    void send_modify_always_counts_as_a_change() throws Exception {
        var task = changed(receiver).staysPending();
        sender.sendModify(old -> old);
        assertEquals(1, task.wakes());
        task.completes();
    }

    @Test
    void send_if_modified_tells_nobody_of_the_same_object() throws Exception {
        var task = changed(receiver).staysPending();
        assertFalse(sender.sendIfModified(old -> old));
        assertEquals(0, task.wakes());
        task.staysPending();
        assertFalse(receiver.hasChanged());
        assertTrue(sender.sendIfModified(old -> old + "+"));
        assertEquals(1, task.wakes());
        task.completes();
        assertEquals("one+", receiver.borrow());
    }

    @Test
    void a_function_that_throws_changes_nothing() throws Exception {
        var task = changed(receiver).staysPending();
        var failure = new IllegalArgumentException("from the function");
        assertSame(failure, assertThrows(IllegalArgumentException.class, () -> sender.sendModify(old -> {
            throw failure;
        })));
        assertEquals(0, task.wakes());
        task.staysPending();
        sender.sendModify(old -> "two");
        task.completes();
        assertEquals("two", receiver.borrowAndUpdate());
    }

    @Test
    void a_function_that_was_overtaken_is_called_again() {
        var calls = new AtomicInteger();
        sender.sendModify(old -> {
            if (calls.incrementAndGet() == 1) {
                sender.sendReplace("between");
            }
            return old + "+";
        });
        assertEquals(2, calls.get());
        assertEquals("between+", receiver.borrow());
    }

    // Receivers were told that no other value will come, while another thread was still sending by the last sender.
    @Test
    void a_value_that_comes_after_the_end_is_refused() throws Exception {
        assertThrows(IllegalStateException.class, () -> sender.sendModify(old -> {
            sender.close();
            return "two";
        }));
        changed(receiver).fails(WatchRecvError.class);
        assertEquals("one", receiver.borrow());
    }

    // --- receivers come and go

    @Test
    void closed_completes_when_the_last_receiver_goes() throws Exception {
        var other = receiver.share();
        assertEquals(2, sender.receiverCount());
        var task = FakeTask.of(sender.closed()).staysPending();
        receiver.close();
        receiver.close();
        assertEquals(0, task.wakes());
        assertFalse(sender.isClosed());
        other.close();
        assertEquals(1, task.wakes());
        assertTrue(sender.isClosed());
        task.completes();
        FakeTask.of(sender.closed()).completes();
    }

    @Test
    void subscribing_opens_the_channel_again() throws Exception {
        receiver.close();
        assertTrue(sender.isClosed());
        var again = sender.subscribe();
        assertFalse(sender.isClosed());
        sender.send("two");
        changed(again).completes();
        again.close();
        assertTrue(sender.isClosed());
    }

    // The last receiver goes, which wakes the sender's task; before that is polled, somebody subscribes. It waits
    // again, and must be told of the next time.
    @Test
    void closed_goes_on_waiting_where_somebody_subscribed_meanwhile() throws Exception {
        var task = FakeTask.of(sender.closed()).staysPending();
        receiver.close();
        assertEquals(1, task.wakes());
        var again = sender.subscribe();
        task.staysPending().staysPending();
        again.close();
        assertEquals(1, task.wakes());
        task.completes();
        assertTrue(nobodyWaits());
    }

    @Test
    void receivers_know_their_channel() {
        assertTrue(receiver.sameChannel(sender.subscribe()));
        assertFalse(receiver.sameChannel(Watch.channel("one").receiver()));
    }

    @Test
    void closed_ends_refuse_to_be_used() {
        sender.close();
        assertThrows(IllegalStateException.class, () -> sender.send("two"));
        assertThrows(IllegalStateException.class, () -> sender.sendReplace("two"));
        assertThrows(IllegalStateException.class, sender::share);
        assertThrows(IllegalStateException.class, sender::subscribe);
        receiver.close();
        assertThrows(IllegalStateException.class, receiver::changed);
        assertThrows(IllegalStateException.class, () -> receiver.waitFor(any -> true));
        assertThrows(IllegalStateException.class, receiver::share);
    }

    // --- waitFor

    @Test
    void wait_for_looks_at_the_current_value_first() throws Exception {
        assertEquals("one", FakeTask.of(receiver.waitFor("one"::equals)).completes());
    }

    @Test
    void wait_for_looks_at_each_value_once() throws Exception {
        var seen = new ArrayList<String>();
        var task = FakeTask.of(receiver.waitFor(value -> {
            seen.add(value);
            return value.equals("three");
        }));
        task.staysPending().staysPending();
        sender.send("two");
        assertEquals(1, task.wakes());
        task.staysPending();
        sender.send("three");
        assertEquals(1, task.wakes(), "it waits again after a value that it did not want");
        assertEquals("three", task.completes());
        assertEquals("[one, two, three]", seen.toString());
        assertFalse(receiver.hasChanged());
        assertTrue(nobodyWaits());
    }

    @Test
    void wait_for_finds_the_last_value_of_a_closed_channel() throws Exception {
        sender.send("two");
        sender.close();
        assertEquals("two", FakeTask.of(receiver.waitFor(any -> true)).completes());
        assertEquals("two", FakeTask.of(receiver.waitFor(any -> true)).completes());
        FakeTask.of(receiver.waitFor(any -> false)).fails(WatchRecvError.class);
    }

    @Test
    void wait_for_ends_when_the_channel_closes() throws Exception {
        var task = FakeTask.of(receiver.waitFor(any -> false)).staysPending();
        sender.close();
        assertEquals(1, task.wakes());
        task.fails(WatchRecvError.class);
        assertThrows(IllegalStateException.class, task::poll);
    }

    @Test
    void a_condition_that_throws_ends_the_wait() throws Exception {
        var failure = new IllegalArgumentException("from the condition");
        var task = FakeTask.of(receiver.waitFor(value -> {
            if (value.equals("two")) {
                throw failure;
            }
            return false;
        })).staysPending();
        sender.send("two");
        assertSame(failure, task.fails(IllegalArgumentException.class));
        assertTrue(nobodyWaits());
        sender.send("three");
        changed(receiver).completes();
    }

    // --- giving up, and moving to other tasks

    @Test
    void giving_up_loses_no_change_and_leaves_nobody_behind() throws Exception {
        var task = changed(receiver).staysPending();
        task.cancel();
        task.cancel();
        assertTrue(nobodyWaits());
        sender.send("two");
        assertEquals(0, task.wakes());
        assertThrows(IllegalStateException.class, task::poll);
        changed(receiver).completes();

        var woken = changed(receiver).staysPending();
        sender.send("three");
        woken.cancel();
        changed(receiver).completes();
        assertTrue(nobodyWaits());

        var closing = FakeTask.of(sender.closed()).staysPending();
        closing.cancel();
        var waiting = FakeTask.of(receiver.waitFor(any -> false)).staysPending();
        waiting.cancel();
        assertTrue(nobodyWaits());
    }

    @Test
    void the_waker_of_the_last_poll_is_called() throws Exception {
        var task = changed(receiver).staysPending();
        var former = task.movesToAnotherTask();
        task.staysPending();
        sender.send("two");
        assertEquals(0, former.get());
        assertEquals(1, task.wakes());
        task.completes();
    }

    @Test
    void hundred_receivers_are_all_woken() throws Exception {
        var tasks = new ArrayList<FakeTask<@Nullable Void>>();
        for (int i = 0; i < 100; i++) {
            tasks.add(changed(sender.subscribe()).staysPending());
        }
        sender.send("two");
        for (var task : tasks) {
            assertEquals(1, task.wakes());
            task.completes();
        }
        assertTrue(nobodyWaits());
    }

    @Test
    void a_waker_may_send_and_subscribe() throws Exception {
        receiver.changed().poll(Context.of(() -> {
            sender.sendReplace("three");
            sender.subscribe().close();
        }));
        sender.send("two");
        assertEquals("three", receiver.borrow());
    }

    // --- budget

    @Test
    void each_wait_asks_for_budget_and_counts_its_end() throws Exception {
        sender.send("two");
        var cx = new Budget();
        var change = receiver.changed();
        var look = receiver.waitFor(any -> true);
        receiver.share().close();
        cx.left = false;
        assertEquals(Poll.pending(), change.poll(cx));
        assertEquals(Poll.pending(), look.poll(cx));
        assertEquals(0, cx.progress);
        cx.left = true;
        assertTrue(change.poll(cx).isReady());
        assertTrue(look.poll(cx).isReady());
        receiver.close();
        var closed = sender.closed();
        cx.left = false;
        assertEquals(Poll.pending(), closed.poll(cx));
        assertEquals(2, cx.progress);
        cx.left = true;
        assertTrue(closed.poll(cx).isReady());
        assertEquals(3, cx.progress);
    }

    // A task that goes on asking a closed channel would otherwise never let others run.
    @Test
    void each_wait_that_fails_asks_for_budget_too() throws Exception {
        sender.close();
        var cx = new Budget();
        var change = receiver.changed();
        var look = receiver.waitFor(any -> false);
        cx.left = false;
        assertEquals(Poll.pending(), change.poll(cx));
        assertEquals(Poll.pending(), look.poll(cx));
        assertEquals(0, cx.progress);
        cx.left = true;
        assertThrows(WatchRecvError.class, () -> change.poll(cx));
        assertThrows(WatchRecvError.class, () -> look.poll(cx));
        assertEquals(2, cx.progress);
    }

    // A sender that is faster than the condition: each look finds another value. The task must let others
    // run all the same, and goes on with the values that it has not seen.
    @Test
    void a_condition_that_is_slower_than_the_sender_uses_up_the_budget() throws Exception {
        var looks = new AtomicInteger();
        var look = receiver.waitFor(any -> {
            assertTrue(looks.incrementAndGet() < 1_000, "the poll does not end");
            sender.sendReplace("again");
            return false;
        });
        assertEquals(Poll.pending(), look.poll(new ChannelBudget(10)));
        assertEquals(10, looks.get());
        assertTrue(receiver.hasChanged());
        assertEquals(Poll.pending(), look.poll(new ChannelBudget(5)));
        assertEquals(15, looks.get());
    }

    /** A budget that is there or not. */
    private static final class Budget implements Context {
        private boolean left = true;
        private int progress;

        @Override
        public Waker waker() {
            return () -> {};
        }

        @Override
        public boolean pollProceed() {
            return left;
        }

        @Override
        public void madeProgress() {
            progress++;
        }
    }
}
