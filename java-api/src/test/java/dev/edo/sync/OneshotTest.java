package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneshotTest {
    private final Oneshot.Channel<Integer> channel = Oneshot.channel();
    private final OneshotSender<Integer> sender = channel.sender();
    private final OneshotReceiver<Integer> receiver = channel.receiver();
    private final FakeTask<Integer> waiting = FakeTask.of(receiver);

    @Test
    void a_value_wakes_the_receiver_once() throws Exception {
        waiting.staysPending().staysPending();
        assertTrue(sender.send(1));
        assertEquals(1, waiting.wakes());
        assertEquals(1, waiting.completes());
        assertEquals(0, waiting.wakes());
    }

    @Test
    void a_value_that_is_there_is_received_without_waiting() throws Exception {
        assertTrue(sender.send(1));
        assertEquals(1, waiting.completes());
        assertEquals(0, waiting.wakes());
    }

    @Test
    void a_sender_closed_without_a_value_fails_the_receiver() throws Exception {
        waiting.staysPending();
        sender.close();
        assertEquals(1, waiting.wakes());
        var e = waiting.fails(OneshotRecvError.class);
        assertTrue(e.getMessage().contains("sender was closed"), e.getMessage());
    }

    @Test
    void closing_after_sending_does_nothing() throws Exception {
        try (sender) {
            assertTrue(sender.send(1));
        }
        assertEquals(1, waiting.completes());
        sender.close();
    }

    @Test
    void null_is_a_value() throws Exception {
        var signal = Oneshot.<@Nullable Void>channel();
        var task = FakeTask.of(signal.receiver());
        task.staysPending();
        assertTrue(signal.sender().send(null));
        assertFalse(signal.receiver().isEmpty());
        assertEquals(1, task.wakes());
        assertNull(task.completes());
        assertTrue(signal.receiver().isTerminated());
    }

    @Test
    void a_waker_is_a_value() throws Exception {
        var wakers = Oneshot.<Waker>channel();
        Waker value = () -> {
            throw new AssertionError("taken for the receiver's waker");
        };
        var task = FakeTask.of(wakers.receiver());
        task.staysPending();
        assertTrue(wakers.sender().send(value));
        assertSame(value, task.completes());
    }

    // --- the receiver goes

    @Test
    void a_closed_receiver_takes_no_value_and_tells_the_sender() throws Exception {
        var closed = FakeTask.of(sender.closed());
        closed.staysPending();
        assertFalse(sender.isClosed());
        receiver.close();
        assertEquals(1, closed.wakes());
        assertTrue(sender.isClosed());
        assertNull(closed.completes());
        assertFalse(sender.send(1));
        var e = waiting.fails(OneshotRecvError.class);
        assertTrue(e.getMessage().contains("receiver was closed"), e.getMessage());
        assertTrue(sender.isClosed());
    }

    @Test
    void a_value_sent_before_the_receiver_closes_is_received_by_poll() throws Exception {
        assertTrue(sender.send(1));
        receiver.close();
        assertEquals(1, waiting.completes());
    }

    @Test
    void a_value_sent_before_the_receiver_closes_is_received_by_try_recv() {
        assertTrue(sender.send(1));
        receiver.close();
        assertEquals(new TryRecv.Received<>(1), receiver.tryRecv());
    }

    // A supervisor closes the receiver while a task waits for it: that task must not wait for ever.
    @Test
    void closing_wakes_who_waits_for_the_value() throws Exception {
        waiting.staysPending();
        receiver.close();
        assertEquals(1, waiting.wakes());
        waiting.fails(OneshotRecvError.class);
    }

    @Test
    void a_waker_that_throws_keeps_the_other_end_from_nothing() throws Exception {
        var closed = FakeTask.of(sender.closed()).staysPending();
        assertFalse(receiver.poll(Context.of(() -> {
            throw new IllegalArgumentException("from the waker");
        })).isReady());
        assertThrows(IllegalArgumentException.class, receiver::close);
        assertEquals(1, closed.wakes());
        closed.completes();
    }

    @Test
    void cancelling_closes_and_does_not_wake_the_canceller() throws Exception {
        waiting.staysPending();
        waiting.cancel();
        assertEquals(0, waiting.wakes());
        assertTrue(sender.isClosed());
        assertFalse(sender.send(1));
        assertTrue(receiver.isTerminated());
        waiting.cancel();
    }

    @Test
    void cancelling_drops_a_value_that_is_there() {
        assertTrue(sender.send(1));
        receiver.cancel();
        assertTrue(receiver.isEmpty());
        assertSame(TryRecv.closed(), receiver.tryRecv());
    }

    @Test
    void one_wait_can_be_given_up_and_another_one_started() throws Exception {
        var first = FakeTask.of(receiver.recv());
        first.staysPending();
        first.cancel();
        first.fails(IllegalStateException.class);
        assertFalse(sender.isClosed());
        var second = FakeTask.of(receiver.recv());
        second.staysPending();
        assertTrue(sender.send(1));
        assertEquals(0, first.wakes());
        assertEquals(1, second.wakes());
        assertEquals(1, second.completes());
        second.fails(IllegalStateException.class);
        assertTrue(receiver.isTerminated());
    }

    // The value arrives, and before the woken task runs its wait is given up: the value stays.
    @Test
    void giving_up_a_wait_that_was_served_loses_nothing() throws Exception {
        var first = FakeTask.of(receiver.recv());
        first.staysPending();
        assertTrue(sender.send(1));
        first.cancel();
        assertEquals(1, FakeTask.of(receiver.recv()).completes());
    }

    // --- tryRecv

    @Test
    void try_recv_says_empty_then_the_value_then_closed() {
        assertSame(TryRecv.empty(), receiver.tryRecv());
        assertTrue(sender.send(17));
        assertEquals(17, receiver.tryRecv().orNull());
        assertSame(TryRecv.closed(), receiver.tryRecv());
        receiver.close();
    }

    @Test
    void try_recv_after_the_value_was_awaited_says_closed() throws Exception {
        assertTrue(sender.send(17));
        waiting.completes();
        assertSame(TryRecv.closed(), receiver.tryRecv());
    }

    @Test
    void try_recv_says_closed_when_the_sender_is() {
        sender.close();
        assertSame(TryRecv.closed(), receiver.tryRecv());
        assertTrue(receiver.isTerminated());
    }

    @Test
    void try_recv_of_a_closed_receiver_is_its_end() {
        receiver.close();
        assertSame(TryRecv.closed(), receiver.tryRecv());
        waiting.fails(IllegalStateException.class);
    }

    @Test
    void try_recv_does_not_take_the_wait_away() throws Exception {
        waiting.staysPending();
        assertSame(TryRecv.empty(), receiver.tryRecv());
        sender.send(1);
        assertEquals(1, waiting.wakes());
    }

    // --- tasks change

    @Test
    void the_task_that_polled_last_is_woken() throws Exception {
        waiting.staysPending();
        var former = waiting.movesToAnotherTask();
        waiting.staysPending();
        sender.send(1);
        assertEquals(0, former.get());
        assertEquals(1, waiting.wakes());
        assertEquals(1, waiting.completes());
    }

    @Test
    void the_task_that_asked_for_the_close_last_is_woken() throws Exception {
        var closed = FakeTask.of(sender.closed());
        closed.staysPending();
        var former = closed.movesToAnotherTask();
        closed.staysPending();
        receiver.close();
        assertEquals(0, former.get());
        assertEquals(1, closed.wakes());
        closed.completes();
        closed.fails(IllegalStateException.class);
    }

    @Test
    void waiting_for_the_close_can_be_given_up() throws Exception {
        var closed = FakeTask.of(sender.closed());
        closed.staysPending();
        closed.cancel();
        receiver.close();
        assertEquals(0, closed.wakes());
    }

    // The sender is through: nobody will close for it any more, so who waits would wait for ever.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_wait_for_the_close_ends_with_the_sender(boolean sends) throws Exception {
        var before = FakeTask.of(sender.closed()).staysPending();
        if (sends) {
            assertTrue(sender.send(1));
        } else {
            sender.close();
        }
        assertEquals(1, before.wakes());
        before.completes();
        FakeTask.of(sender.closed()).completes();
        assertFalse(sender.isClosed(), "the receiver is not closed");
    }

    // Two waits for the close in turn: giving up the older one must not take the newer one's waker out.
    @Test
    void giving_up_a_wait_that_was_replaced_leaves_the_newer_one() throws Exception {
        var older = FakeTask.of(sender.closed());
        older.staysPending();
        var newer = FakeTask.of(sender.closed());
        newer.staysPending();
        older.cancel();
        receiver.close();
        assertEquals(0, older.wakes());
        assertEquals(1, newer.wakes());
    }

    // The receiver's waits in turn, the same way round.
    @Test
    void giving_up_a_wait_for_the_value_that_was_replaced_leaves_the_newer_one() throws Exception {
        var older = FakeTask.of(receiver.recv());
        older.staysPending();
        var newer = FakeTask.of(receiver.recv());
        newer.staysPending();
        older.cancel();
        sender.send(1);
        assertEquals(0, older.wakes());
        assertEquals(1, newer.wakes());
        assertEquals(1, newer.completes());
    }

    // Both are branches of one task, so they have the same waker.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void giving_up_a_wait_that_the_same_task_has_replaced_leaves_the_newer_one(boolean ofSender) throws Exception {
        var wakes = new AtomicInteger();
        Waker waker = wakes::incrementAndGet;
        var cx = Context.of(waker);
        Future<?> older = ofSender ? sender.closed() : receiver.recv();
        Future<?> newer = ofSender ? sender.closed() : receiver.recv();
        assertFalse(older.poll(cx).isReady());
        assertFalse(newer.poll(cx).isReady());
        older.cancel();
        if (ofSender) {
            receiver.close();
        } else {
            assertTrue(sender.send(1));
        }
        assertEquals(1, wakes.get());
        newer.cancel();
    }

    // A poll that the budget has refused has registered nobody: the waker that stands there is another wait's.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void giving_up_a_wait_that_had_no_budget_leaves_the_others_alone(boolean ofSender) throws Exception {
        var wakes = new AtomicInteger();
        Waker waker = wakes::incrementAndGet;
        Future<?> refused = ofSender ? sender.closed() : receiver.recv();
        Future<?> waits = ofSender ? sender.closed() : receiver.recv();
        assertFalse(waits.poll(Context.of(waker)).isReady());
        assertFalse(refused.poll(new Refusing(waker)).isReady());
        refused.cancel();
        if (ofSender) {
            receiver.close();
        } else {
            assertTrue(sender.send(1));
        }
        assertEquals(1, wakes.get());
        waits.cancel();
    }

    // A task that was aborted gives its wait up when it runs next: maybe in the middle of the poll of who waits by
    // then, which is where the context is asked for its waker.
    @Test
    void giving_up_a_wait_beside_the_poll_of_the_next_one_is_no_value() throws Exception {
        var older = FakeTask.of(receiver.recv()).staysPending();
        var newer = receiver.recv();
        var wakes = new AtomicInteger();
        Waker waker = wakes::incrementAndGet;
        assertFalse(newer.poll(() -> {
            older.cancel();
            return waker;
        }).isReady());
        assertTrue(sender.send(1));
        assertEquals(0, older.wakes());
        assertEquals(1, wakes.get());
        assertEquals(1, FakeTask.of(newer).completes());
    }

    @Test
    void both_ends_let_go_of_the_tasks_that_waited() throws Exception {
        Waker ofSender = new NamedWaker("sender");
        Waker ofReceiver = new NamedWaker("receiver");
        assertFalse(sender.pollClosed(Context.of(ofSender)).isReady());
        assertFalse(receiver.poll(Context.of(ofReceiver)).isReady());
        sender.close();
        receiver.cancel();
        var ofSenderRef = new WeakReference<>(ofSender);
        var ofReceiverRef = new WeakReference<>(ofReceiver);
        ofSender = null;
        ofReceiver = null;
        for (int i = 0; i < 100 && (ofSenderRef.get() != null || ofReceiverRef.get() != null); i++) {
            System.gc();
        }
        assertNull(ofSenderRef.get());
        assertNull(ofReceiverRef.get());
        Reference.reachabilityFence(sender);
        Reference.reachabilityFence(receiver);
    }

    // --- questions

    @ParameterizedTest
    @ValueSource(strings = {"send", "tryRecv", "drop", "close"})
    void terminated_means_that_the_result_was_taken(String way) {
        assertFalse(receiver.isTerminated());
        switch (way) {
            case "drop" -> sender.close();
            case "close" -> receiver.close();
            default -> sender.send(17);
        }
        assertFalse(receiver.isTerminated());
        switch (way) {
            case "send" -> assertEquals(17, assertInstanceOf(Poll.Ready.class, pollOnce()).value());
            case "tryRecv" -> assertEquals(17, receiver.tryRecv().orNull());
            default -> waiting.fails(OneshotRecvError.class);
        }
        assertTrue(receiver.isTerminated());
        waiting.fails(IllegalStateException.class);
    }

    private Poll<Integer> pollOnce() {
        try {
            return waiting.poll();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "sendAndAwait", "drop", "close"})
    void empty_means_that_there_is_no_value_to_take(String way) throws Exception {
        assertTrue(receiver.isEmpty());
        switch (way) {
            case "drop" -> sender.close();
            case "close" -> receiver.close();
            default -> sender.send(17);
        }
        assertEquals(!way.startsWith("send"), receiver.isEmpty());
        switch (way) {
            case "sendAndAwait" -> assertEquals(17, waiting.completes());
            case "drop" -> waiting.fails(OneshotRecvError.class);
            default -> receiver.tryRecv();
        }
        assertTrue(receiver.isEmpty());
    }

    // --- misuse

    @Test
    void a_second_value_is_refused_and_the_first_one_stays() throws Exception {
        sender.send(1);
        var e = assertThrows(IllegalStateException.class, () -> sender.send(2));
        assertTrue(e.getMessage().contains("has sent"), e.getMessage());
        assertEquals(1, waiting.completes());
        assertThrows(IllegalStateException.class, () -> sender.send(3));
    }

    @Test
    void a_closed_sender_sends_nothing() {
        sender.close();
        var e = assertThrows(IllegalStateException.class, () -> sender.send(2));
        assertTrue(e.getMessage().contains("was closed"), e.getMessage());
        waiting.fails(OneshotRecvError.class);
    }

    // --- the budget

    @Test
    void a_task_without_budget_does_not_receive() throws Exception {
        sender.send(1);
        var cx = new ChannelBudget(0);
        assertFalse(receiver.poll(cx).isReady());
        cx.left = 1;
        assertTrue(receiver.poll(cx).isReady());
        assertEquals(0, cx.left);
    }

    @Test
    void a_poll_that_stays_pending_costs_nothing() throws Exception {
        var cx = new ChannelBudget(1);
        assertFalse(receiver.poll(cx).isReady());
        assertFalse(sender.pollClosed(cx).isReady());
        assertEquals(1, cx.left);
        receiver.close();
        assertTrue(sender.pollClosed(cx).isReady());
        assertEquals(0, cx.left);
        assertFalse(sender.pollClosed(cx).isReady());
    }

    /** The context of a task that has used up its budget. */
    private record Refusing(Waker waker) implements Context {
        @Override
        public boolean pollProceed() {
            return false;
        }
    }

    private record NamedWaker(String name) implements Waker {
        @Override
        public void wake() {}
    }
}
