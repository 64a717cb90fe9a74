package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    /** All that there is to receive now, such as {@code "lagged 1, 2, 3, empty"}. */
    private static String rest(BroadcastReceiver<Integer> receiver) {
        var text = new StringBuilder();
        while (true) {
            switch (receiver.tryRecv()) {
                case BroadcastRecv.Received<Integer>(var message) -> text.append(message).append(", ");
                case BroadcastRecv.Lagged<Integer>(long skipped) -> text.append("lagged ").append(skipped).append(", ");
                case BroadcastRecv.Closed<Integer> _ -> {
                    return text + "closed";
                }
                case BroadcastTryRecv.Empty<Integer> _ -> {
                    return text + "empty";
                }
            }
        }
    }

    private static void send(BroadcastSender<Integer> sender, int from, int to) throws Exception {
        for (int message = from; message <= to; message++) {
            sender.send(message);
        }
    }

    private static BroadcastRecv<Integer> received(int message) {
        return new BroadcastRecv.Received<>(message);
    }

    private static FakeTask<BroadcastRecv<Integer>> recv(BroadcastReceiver<Integer> receiver) {
        return FakeTask.of(receiver.recv());
    }

    private static boolean nobodyWaits(BroadcastReceiver<?> receiver) {
        return receiver.channel().receivers.isEmpty() && receiver.channel().closing.isEmpty();
    }

    private final BroadcastSender<Integer> sender = Broadcast.sender(2);
    private final BroadcastReceiver<Integer> receiver = sender.subscribe();

    // --- messages

    @Test
    void every_receiver_gets_every_message() throws Exception {
        var other = sender.subscribe();
        assertEquals(2, sender.send(1));
        assertEquals(2, sender.send(2));
        assertEquals("1, 2, empty", rest(receiver));
        assertEquals("1, 2, empty", rest(other));
    }

    @Test
    void a_receiver_gets_what_is_sent_after_its_subscription() throws Exception {
        sender.send(1);
        var late = sender.subscribe();
        sender.send(2);
        assertEquals("2, empty", rest(late));
        assertEquals("1, 2, empty", rest(receiver));
    }

    @Test
    void sending_wakes_who_waits() throws Exception {
        var other = sender.subscribe();
        var first = recv(receiver).staysPending();
        var second = recv(other).staysPending();
        sender.send(1);
        assertEquals(1, first.wakes());
        assertEquals(1, second.wakes());
        assertEquals(received(1), first.completes());
        assertEquals(received(1), second.completes());
        assertThrows(IllegalStateException.class, first::poll);

        var again = recv(receiver).staysPending();
        sender.send(2);
        assertEquals(1, again.wakes());
        sender.send(3);
        assertEquals(0, again.wakes(), "it was woken already");
        assertEquals(received(2), again.completes());
        assertEquals(received(3), recv(receiver).completes());
        assertEquals("2, 3, empty", rest(other));
        assertTrue(nobodyWaits(receiver));
    }

    @Test
    void a_receiver_that_was_woken_and_is_slow_begins_with_the_first_message() throws Exception {
        var channel = Broadcast.<Integer>channel(16);
        var fast = channel.receiver();
        var slow = channel.sender().subscribe();
        var slowTask = recv(slow).staysPending();
        for (int message = 1; message <= 3; message++) {
            var fastTask = recv(fast).staysPending();
            channel.sender().send(message);
            assertEquals(1, fastTask.wakes());
            assertEquals(received(message), fastTask.completes());
        }
        assertEquals(1, slowTask.wakes());
        assertEquals(received(1), slowTask.completes());
        assertEquals("2, 3, empty", rest(slow));
    }

    @Test
    void messages_may_be_null() throws Exception {
        var channel = Broadcast.<@Nullable String>channel(1);
        channel.sender().send(null);
        assertEquals(new BroadcastRecv.Received<@Nullable String>(null), channel.receiver().tryRecv());
    }

    @Test
    void capacity_is_checked_and_rounded_up() throws Exception {
        var e = assertThrows(IllegalArgumentException.class, () -> Broadcast.sender(0));
        assertTrue(e.getMessage().contains("capacity=0"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Broadcast.sender(-1));
        assertThrows(IllegalArgumentException.class, () -> Broadcast.sender((1 << 30) + 1));
        var three = Broadcast.<Integer>channel(3);
        send(three.sender(), 1, 4);
        assertEquals(4, three.receiver().len());
        assertEquals(received(1), three.receiver().tryRecv());
        send(three.sender(), 5, 6);
        assertEquals("lagged 1, 3, 4, 5, 6, empty", rest(three.receiver()));
    }

    // --- who is too slow

    @Test
    void a_receiver_within_capacity_misses_nothing() throws Exception {
        var fast = sender.subscribe();
        send(sender, 1, 2);
        assertEquals("1, 2, empty", rest(fast));
        assertEquals("1, 2, empty", rest(receiver));
    }

    @Test
    void a_slow_receiver_is_told_how_many_it_missed_and_goes_on_at_the_oldest() throws Exception {
        send(sender, 10, 12);
        assertEquals("lagged 1, 11, 12, empty", rest(receiver));
        send(sender, 20, 22);
        assertEquals("lagged 1, 21, 22, empty", rest(receiver));
    }

    @Test
    void what_was_received_is_not_missed() throws Exception {
        var channel = Broadcast.<Integer>channel(4);
        send(channel.sender(), 1, 4);
        assertEquals(received(1), channel.receiver().tryRecv());
        send(channel.sender(), 5, 8);
        assertEquals("lagged 3, 5, 6, 7, 8, empty", rest(channel.receiver()));
    }

    @Test
    void recv_reports_lag_as_try_recv_does() throws Exception {
        send(sender, 1, 3);
        assertEquals(new BroadcastRecv.Lagged<Integer>(1), recv(receiver).completes());
        assertEquals(received(2), recv(receiver).completes());
        assertEquals(received(3), recv(receiver).completes());
    }

    @Test
    void a_receiver_that_lags_again_is_told_again() throws Exception {
        send(sender, 1, 3);
        assertEquals(new BroadcastRecv.Lagged<Integer>(1), receiver.tryRecv());
        send(sender, 4, 6);
        assertEquals("lagged 3, 5, 6, empty", rest(receiver));
    }

    @Test
    void only_the_slow_one_lags() throws Exception {
        var fast = sender.subscribe();
        send(sender, 1, 2);
        assertEquals("1, 2, empty", rest(fast));
        send(sender, 3, 4);
        assertEquals("3, 4, empty", rest(fast));
        assertEquals("lagged 2, 3, 4, empty", rest(receiver));
    }

    @Test
    void a_waiting_receiver_may_lag_before_it_is_polled() throws Exception {
        var task = recv(receiver).staysPending();
        send(sender, 1, 5);
        assertEquals(1, task.wakes());
        assertEquals(new BroadcastRecv.Lagged<Integer>(3), task.completes());
        assertEquals("4, 5, empty", rest(receiver));
    }

    @Test
    void lag_of_several_rounds_is_counted_whole() throws Exception {
        send(sender, 1, 1_001);
        assertEquals("lagged 999, 1000, 1001, empty", rest(receiver));
    }

    @Test
    void a_channel_of_one_keeps_the_newest() throws Exception {
        var channel = Broadcast.<Integer>channel(1);
        send(channel.sender(), 1, 1);
        assertEquals("1, empty", rest(channel.receiver()));
        send(channel.sender(), 2, 3);
        assertEquals("lagged 1, 3, empty", rest(channel.receiver()));
        send(channel.sender(), 4, 4);
        channel.sender().close();
        assertEquals("4, closed", rest(channel.receiver()));
    }

    @Test
    void len_counts_what_was_missed_until_that_is_told() throws Exception {
        send(sender, 1, 4);
        assertEquals(4, receiver.len());
        assertFalse(receiver.isEmpty());
        assertEquals(new BroadcastRecv.Lagged<Integer>(2), receiver.tryRecv());
        assertEquals(2, receiver.len());
        receiver.tryRecv();
        assertEquals(1, receiver.len());
        receiver.tryRecv();
        assertEquals(0, receiver.len());
        assertTrue(receiver.isEmpty());
    }

    @Test
    void a_lagging_receiver_gets_the_rest_of_a_closed_channel() throws Exception {
        send(sender, 1, 4);
        sender.close();
        assertEquals("lagged 2, 3, 4, closed", rest(receiver));
        assertEquals("closed", rest(receiver));
    }

    // --- senders come and go

    @Test
    void closing_the_sender_wakes_receivers_and_overwrites_nothing() throws Exception {
        send(sender, 1, 2);
        var other = sender.subscribe();
        var task = recv(other).staysPending();
        sender.close();
        sender.close();
        assertEquals(1, task.wakes());
        assertEquals(new BroadcastRecv.Closed<Integer>(), task.completes());
        assertEquals("1, 2, closed", rest(receiver));
        assertTrue(receiver.isClosed());
    }

    @Test
    void the_last_of_several_senders_closes() throws Exception {
        var other = sender.share();
        assertTrue(sender.sameChannel(other));
        assertFalse(sender.sameChannel(Broadcast.sender(2)));
        assertEquals(2, receiver.senderStrongCount());
        sender.close();
        assertFalse(receiver.isClosed());
        other.send(1);
        var late = other.subscribe();
        var first = recv(late).staysPending();
        var resubscribed = late.resubscribe();
        var second = recv(resubscribed).staysPending();
        assertEquals(0, first.wakes());
        other.close();
        assertEquals(1, first.wakes());
        assertEquals(1, second.wakes());
        assertEquals(new BroadcastRecv.Closed<Integer>(), first.completes());
        assertEquals(new BroadcastRecv.Closed<Integer>(), second.completes());
        assertEquals("1, closed", rest(receiver));
    }

    @Test
    void a_closed_sender_refuses_to_be_used() {
        sender.close();
        assertThrows(IllegalStateException.class, () -> sender.send(1));
        assertThrows(IllegalStateException.class, sender::share);
        assertThrows(IllegalStateException.class, sender::subscribe);
        assertThrows(IllegalStateException.class, sender::downgrade);
    }

    @Test
    void sender_len_is_that_of_the_slowest_receiver() throws Exception {
        var channel = Broadcast.<Integer>channel(4);
        var other = channel.sender().subscribe();
        assertEquals(0, channel.sender().len());
        assertTrue(channel.sender().isEmpty());
        send(channel.sender(), 1, 3);
        channel.receiver().tryRecv();
        channel.receiver().tryRecv();
        assertEquals(3, channel.sender().len());
        other.tryRecv();
        assertEquals(2, channel.sender().len());
        send(channel.sender(), 4, 6);
        assertEquals(4, channel.sender().len());
        other.close();
        assertEquals(4, channel.sender().len());
        assertEquals("3, 4, 5, 6, empty", rest(channel.receiver()));
        assertTrue(channel.sender().isEmpty());
    }

    @Test
    void sender_len_holds_for_any_mix_of_sends_and_receives() throws Exception {
        var random = new Random(7);
        var channel = Broadcast.<Integer>channel(16);
        var other = channel.sender().subscribe();
        for (int i = 0; i < 5_000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> channel.receiver().tryRecv();
                case 1 -> other.tryRecv();
                default -> channel.sender().send(i);
            }
            long expected = Math.min(Math.max(channel.receiver().len(), other.len()), 16);
            assertEquals(expected, channel.sender().len(), "after step " + i);
            assertEquals(expected == 0, channel.sender().isEmpty());
        }
    }

    // --- receivers come and go

    @Test
    void sending_to_nobody_fails_until_somebody_subscribes() throws Exception {
        assertEquals(1, sender.receiverCount());
        receiver.close();
        receiver.close();
        assertEquals(0, sender.receiverCount());
        var failure = assertThrows(BroadcastSendError.class, () -> sender.send(1));
        assertTrue(failure.getMessage().contains("receivers=0"), failure.getMessage());
        var again = sender.subscribe();
        assertEquals(1, sender.send(2));
        assertEquals("2, empty", rest(again));
    }

    @Test
    void a_receiver_may_go_while_there_are_messages_for_it() throws Exception {
        var other = sender.subscribe();
        send(sender, 1, 2);
        receiver.close();
        assertEquals("1, 2, empty", rest(other));
        assertEquals(1, sender.send(3));
        other.close();
        assertEquals(0, sender.len());
    }

    @Test
    void a_message_is_let_go_when_all_have_received_it() throws Exception {
        var channel = Broadcast.<Object>channel(16);
        var other = channel.sender().subscribe();
        var message = sendNew(channel.sender());
        channel.receiver().tryRecv();
        System.gc();
        assertNotNull(message.get());
        other.tryRecv();
        assertCollected(message);
        channel.sender().close(); // the channel is alive until here
    }

    @Test
    void a_message_that_nobody_received_is_let_go_with_the_last_receiver() throws Exception {
        var channel = Broadcast.<Object>channel(16);
        var message = sendNew(channel.sender());
        System.gc();
        assertNotNull(message.get());
        channel.receiver().close();
        assertCollected(message);
        channel.sender().close(); // the channel is alive until here
    }

    private static WeakReference<Object> sendNew(BroadcastSender<Object> sender) throws Exception {
        var message = new Object();
        sender.send(message);
        return new WeakReference<>(message);
    }

    private static void assertCollected(WeakReference<Object> message) {
        for (int i = 0; i < 50 && message.get() != null; i++) {
            System.gc();
        }
        assertNull(message.get());
    }

    @Test
    void resubscribe_begins_at_the_end() throws Exception {
        send(sender, 1, 3);
        var again = receiver.resubscribe();
        assertEquals("empty", rest(again));
        send(sender, 4, 4);
        assertEquals("4, empty", rest(again));
        assertEquals("lagged 2, 3, 4, empty", rest(receiver));
        assertTrue(again.sameChannel(receiver));
        assertFalse(again.sameChannel(Broadcast.channel(2).receiver()));
    }

    @Test
    void resubscribe_to_a_closed_channel_is_closed() {
        sender.close();
        assertEquals("closed", rest(receiver.resubscribe()));
    }

    @Test
    void a_closed_receiver_refuses_to_be_used() throws Exception {
        var task = recv(receiver).staysPending();
        receiver.close();
        assertThrows(IllegalStateException.class, receiver::recv);
        assertThrows(IllegalStateException.class, receiver::tryRecv);
        assertThrows(IllegalStateException.class, receiver::resubscribe);
        task.fails(IllegalStateException.class);
        assertTrue(nobodyWaits(receiver));
    }

    @Test
    void closed_completes_when_the_last_receiver_goes() throws Exception {
        var other = sender.subscribe();
        var task = FakeTask.of(sender.closed()).staysPending();
        receiver.close();
        assertEquals(0, task.wakes());
        task.staysPending();
        other.close();
        assertEquals(1, task.wakes());
        task.completes();
        FakeTask.of(sender.closed()).completes();
        FakeTask.of(Broadcast.sender(1).closed()).completes();
    }

    // The last receiver goes, which wakes the sender's task; before that is polled, somebody subscribes. It waits
    // again, and must be told of the next time.
    @Test
    void closed_goes_on_waiting_where_somebody_subscribed_meanwhile() throws Exception {
        var task = FakeTask.of(sender.closed()).staysPending();
        receiver.close();
        assertEquals(1, task.wakes());
        var again = sender.subscribe();
        task.staysPending();
        again.close();
        assertEquals(1, task.wakes());
        task.completes();

        FakeTask.of(sender.closed()).completes();
        var last = sender.subscribe();
        var next = FakeTask.of(sender.closed()).staysPending();
        last.close();
        assertEquals(1, next.wakes());
        next.completes();
    }

    // --- giving up, and moving to other tasks

    @Test
    void giving_up_loses_no_message() throws Exception {
        var task = recv(receiver).staysPending();
        task.cancel();
        task.cancel();
        assertTrue(nobodyWaits(receiver));
        sender.send(1);
        assertEquals(0, task.wakes());
        assertThrows(IllegalStateException.class, task::poll);
        assertEquals("1, empty", rest(receiver));

        var woken = recv(receiver).staysPending();
        sender.send(2);
        woken.cancel();
        assertEquals("2, empty", rest(receiver));

        var closing = FakeTask.of(sender.closed()).staysPending();
        closing.cancel();
        assertTrue(nobodyWaits(receiver));
    }

    @Test
    void the_waker_of_the_last_poll_is_called() throws Exception {
        var task = recv(receiver).staysPending();
        var former = task.movesToAnotherTask();
        task.staysPending();
        sender.send(1);
        assertEquals(0, former.get());
        assertEquals(1, task.wakes());
        assertEquals(received(1), task.completes());
    }

    @Test
    void a_waker_may_send() throws Exception {
        var sent = new AtomicInteger();
        receiver.recv().poll(Context.of(() -> {
            try {
                sent.addAndGet(sender.send(2));
            } catch (BroadcastSendError e) {
                throw new AssertionError(e);
            }
        }));
        sender.send(1);
        assertEquals(1, sent.get());
        assertEquals("1, 2, empty", rest(receiver));
    }

    @Test
    void hundred_receivers_are_all_woken_by_one_message() throws Exception {
        var tasks = new ArrayList<FakeTask<BroadcastRecv<Integer>>>();
        for (int i = 0; i < 100; i++) {
            tasks.add(recv(sender.subscribe()).staysPending());
        }
        assertEquals(101, sender.send(1));
        for (var task : tasks) {
            assertEquals(1, task.wakes());
            assertEquals(received(1), task.completes());
        }
        assertTrue(nobodyWaits(receiver));
    }

    @Test
    void each_wait_asks_for_budget_and_counts_its_end() throws Exception {
        var cx = new Budget();
        sender.send(1);
        var task = receiver.recv();
        cx.left = false;
        assertEquals(Poll.pending(), task.poll(cx));
        assertEquals(1, receiver.len());
        cx.left = true;
        assertTrue(task.poll(cx).isReady());
        assertEquals(Poll.pending(), receiver.recv().poll(cx));
        assertEquals(1, cx.progress);
    }

    // --- weak senders

    @Test
    void a_weak_sender_makes_a_sender_while_there_is_one() throws Exception {
        try (var weak = sender.downgrade()) {
            assertEquals(1, sender.weakCount());
            assertEquals(1, sender.strongCount());
            try (var upgraded = weak.upgrade()) {
                assertNotNull(upgraded);
                assertEquals(2, weak.strongCount());
                sender.close();
                assertEquals(1, upgraded.send(1));
                assertFalse(receiver.isClosed());
            }
            assertEquals(0, weak.strongCount());
            assertNull(weak.upgrade());
        }
        assertEquals("1, closed", rest(receiver));
        assertEquals(0, receiver.senderWeakCount());
    }

    @Test
    void weak_senders_do_not_keep_the_channel_open() throws Exception {
        var copy = sender.share();
        var weak = copy.downgrade();
        copy.close();
        var task = recv(receiver).staysPending();
        sender.close();
        assertEquals(new BroadcastRecv.Closed<Integer>(), task.completes());
        assertTrue(receiver.isClosed());
        assertEquals(1, weak.weakCount());
        assertEquals(0, weak.strongCount());
        assertNull(weak.upgrade());
    }

    @Test
    void counts_are_those_of_what_is_open() {
        var weak = sender.downgrade();
        var weaker = weak.share();
        var copy = sender.share();
        assertEquals(2, sender.strongCount());
        assertEquals(2, sender.weakCount());
        assertEquals(2, receiver.senderStrongCount());
        assertEquals(2, receiver.senderWeakCount());
        weak.close();
        weak.close();
        copy.close();
        assertEquals(1, sender.strongCount());
        assertEquals(1, weaker.weakCount());
        assertThrows(IllegalStateException.class, weak::upgrade);
        assertThrows(IllegalStateException.class, weak::share);
    }

    /** The last sender is closed while another thread, which has found it open, is about to send by it. */
    @Test
    void nothing_comes_behind_the_end() {
        var channel = new BroadcastChannel<Integer>(2);
        var receiver = new BroadcastReceiver<>(channel);
        channel.releaseStrong();
        assertEquals(new BroadcastRecv.Closed<Integer>(), receiver.tryRecv());
        assertThrows(IllegalStateException.class, () -> channel.send(1));
        assertEquals(new BroadcastRecv.Closed<Integer>(), receiver.tryRecv());
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
