package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending and receiving, without a limit and with one. */
class MpscTest {
    private static <T> T recv(MpscReceiver<T> receiver) throws Exception {
        return FakeTask.of(receiver.recv()).completes();
    }

    private static int recvMany(MpscReceiver<String> receiver, List<String> buffer, int limit)
            throws Exception {
        return FakeTask.of(receiver.recvMany(buffer, limit)).completes();
    }

    private static <T> void send(MpscSender<T> sender, T message) throws Exception {
        FakeTask.of(sender.send(message)).completes();
    }

    // --- unbounded

    @Test
    void an_unbounded_channel_hands_over_in_order_and_ends() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        channel.sender().send(1);
        channel.sender().send(2);
        assertEquals(1, recv(channel.receiver()));
        assertEquals(2, recv(channel.receiver()));
        channel.sender().close();
        assertNull(recv(channel.receiver()));
        assertNull(recv(channel.receiver()));
    }

    @Test
    void the_first_message_wakes_the_receiver_and_further_ones_do_not() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var receiving = FakeTask.of(channel.receiver().recv());
        receiving.staysPending();
        channel.sender().send(1);
        channel.sender().send(2);
        assertEquals(1, receiving.wakes());
        assertEquals(1, receiving.completes());
        receiving.fails(IllegalStateException.class);
    }

    @Test
    void the_task_that_polled_last_is_woken() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var receiving = FakeTask.of(channel.receiver().recv());
        receiving.staysPending();
        var former = receiving.movesToAnotherTask();
        receiving.staysPending();
        channel.sender().send(1);
        assertEquals(0, former.get());
        assertEquals(1, receiving.wakes());
    }

    @Test
    void a_wait_for_a_message_can_be_given_up_and_nothing_is_lost() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var first = FakeTask.of(channel.receiver().recv());
        first.staysPending();
        channel.sender().send(1);
        assertEquals(1, first.wakes());
        first.cancel(); // woken, and cancelled before it polled
        first.fails(IllegalStateException.class);
        assertEquals(1, recv(channel.receiver()));

        var second = FakeTask.of(channel.receiver().recv());
        second.staysPending();
        second.cancel();
        channel.sender().send(2);
        assertEquals(0, second.wakes());
        assertEquals(2, recv(channel.receiver()));
    }

    // A task waits for a message in time and, in another branch, for one at all. The time is over, so the
    // first wait is given up; the waker in the channel is the second one's, though it is the same.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void giving_up_a_wait_leaves_a_later_one_alone(boolean many) throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var receiver = channel.receiver();
        var wakes = new AtomicInteger();
        var cx = Context.of(wakes::incrementAndGet);
        var older = many ? receiver.recvMany(new ArrayList<>(), 1) : receiver.recv();
        var newer = receiver.recv();
        assertFalse(older.poll(cx).isReady());
        assertFalse(newer.poll(cx).isReady());
        older.cancel();
        channel.sender().send(1);
        assertEquals(1, wakes.get());
        assertEquals(Poll.ready(1), newer.poll(cx));
    }

    // A poll that the budget stops registers nobody, so what is registered is not its own.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void giving_up_a_wait_that_had_no_budget_leaves_an_earlier_one_alone(boolean many) throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var receiver = channel.receiver();
        var waiting = FakeTask.of(receiver.recv()).staysPending();
        var stopped = many ? receiver.recvMany(new ArrayList<>(), 1) : receiver.recv();
        assertFalse(stopped.poll(new ChannelBudget(0)).isReady());
        stopped.cancel();
        channel.sender().send(1);
        assertEquals(1, waiting.wakes());
    }

    @Test
    void recv_many_into_a_buffer_that_refuses_has_ended() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        assertTrue(channel.sender().trySend(1));
        var full = FakeTask.of(channel.receiver().recvMany(List.of(), 1));
        full.fails(UnsupportedOperationException.class);
        assertTrue(channel.sender().trySend(2), "the room of the message that was refused is back");
        full.fails(IllegalStateException.class);
    }

    @Test
    void null_is_not_a_message() {
        var unbounded = Mpsc.<String>unbounded();
        assertThrows(NullPointerException.class, () -> unbounded.sender().send(null));
        var bounded = Mpsc.<String>bounded(1);
        assertThrows(NullPointerException.class, () -> bounded.sender().send(null).cancel());
        assertThrows(NullPointerException.class, () -> bounded.sender().trySend(null));
        assertEquals(1, bounded.sender().capacity());
    }

    // --- recvMany

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recv_many_adds_what_is_there_up_to_the_limit(boolean bounded) throws Exception {
        var unlimited = Mpsc.<String>unbounded();
        var limited = Mpsc.<String>bounded(100);
        var receiver = bounded ? limited.receiver() : unlimited.receiver();
        var buffer = new ArrayList<String>(List.of("before"));
        for (var message : List.of("a", "b", "c", "d")) {
            if (bounded) {
                assertTrue(limited.sender().trySend(message));
            } else {
                unlimited.sender().send(message);
            }
        }
        assertEquals(0, recvMany(receiver, buffer, 0));
        assertEquals(1, recvMany(receiver, buffer, 1));
        assertEquals(2, recvMany(receiver, buffer, 2));
        assertEquals(1, recvMany(receiver, buffer, 32));
        assertEquals(List.of("before", "a", "b", "c", "d"), buffer);
        assertEquals(100, limited.sender().capacity());
        (bounded ? limited.sender() : unlimited.sender()).close();
        assertEquals(0, recvMany(receiver, buffer, 4));
        assertEquals(5, buffer.size());
    }

    @Test
    void recv_many_makes_room_for_all_who_wait() throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        var buffer = new ArrayList<Integer>();
        send(channel.sender(), 1);
        send(channel.sender(), 2);
        var third = FakeTask.of(channel.sender().send(7)).staysPending();
        var fourth = FakeTask.of(channel.sender().send(0)).staysPending();
        assertEquals(2, FakeTask.of(channel.receiver().recvMany(buffer, 3)).completes());
        assertEquals(1, third.wakes());
        assertEquals(1, fourth.wakes());
        third.completes();
        fourth.completes();
        assertEquals(1, FakeTask.of(channel.receiver().recvMany(buffer, 1)).completes());
        assertEquals(1, FakeTask.of(channel.receiver().recvMany(buffer, 3)).completes());
        assertEquals(List.of(1, 2, 7, 0), buffer);
        var waiting = FakeTask.of(channel.receiver().recvMany(buffer, 3)).staysPending();
        channel.sender().close();
        assertEquals(1, waiting.wakes());
        assertEquals(0, waiting.completes());
    }

    @Test
    void recv_many_with_nothing_to_take_waits_but_not_with_limit_0() throws Exception {
        var channel = Mpsc.<String>unbounded();
        var buffer = new ArrayList<String>();
        assertEquals(0, recvMany(channel.receiver(), buffer, 0));
        var receiving = FakeTask.of(channel.receiver().recvMany(buffer, 3));
        receiving.staysPending();
        channel.sender().send("a");
        channel.sender().send("b");
        assertEquals(1, receiving.wakes());
        assertEquals(2, receiving.completes());
        receiving.fails(IllegalStateException.class);
        assertEquals(List.of("a", "b"), buffer);
        assertThrows(IllegalArgumentException.class, () -> channel.receiver().recvMany(buffer, -1).cancel());
        assertThrows(IllegalArgumentException.class,
                () -> channel.receiver().pollRecvMany(new ChannelBudget(1), buffer, -1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recv_many_of_a_closed_and_empty_channel_leaves_the_buffer_alone(boolean bounded) throws Exception {
        var receiver = bounded ? Mpsc.<String>bounded(1).receiver() : Mpsc.<String>unbounded().receiver();
        var buffer = new ArrayList<String>(List.of("before"));
        receiver.close();
        assertEquals(0, recvMany(receiver, buffer, 1));
        assertEquals(List.of("before"), buffer);
    }

    @Test
    void a_cancelled_recv_many_has_taken_nothing() throws Exception {
        var channel = Mpsc.<String>unbounded();
        var buffer = new ArrayList<String>();
        var receiving = FakeTask.of(channel.receiver().recvMany(buffer, 3));
        receiving.staysPending();
        channel.sender().send("a");
        receiving.cancel();
        assertEquals(List.of(), buffer);
        assertEquals("a", recv(channel.receiver()));
    }

    // --- tryRecv

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void try_recv_tells_empty_from_closed(boolean bounded) throws Exception {
        for (int count = 0; count < 100; count++) {
            var limited = Mpsc.<Integer>bounded(100);
            var unlimited = Mpsc.<Integer>unbounded();
            var receiver = bounded ? limited.receiver() : unlimited.receiver();
            for (int i = 0; i < count; i++) {
                assertTrue(limited.sender().trySend(i));
                unlimited.sender().send(i);
            }
            for (int i = 0; i < count; i++) {
                assertEquals(new TryRecv.Received<>(i), receiver.tryRecv());
            }
            assertSame(TryRecv.empty(), receiver.tryRecv());
            (bounded ? limited.sender() : unlimited.sender()).close();
            assertSame(TryRecv.closed(), receiver.tryRecv());
        }
    }

    @Test
    void try_send_and_try_recv_fill_and_empty_a_bounded_channel() throws Exception {
        var channel = Mpsc.<Integer>bounded(5);
        var sender = channel.sender();
        var receiver = channel.receiver();
        int next = 0;
        int expected = 0;
        for (int round = 0; round < 40; round++) {
            while (sender.trySend(next)) {
                next++;
            }
            assertEquals(5, next - expected);
            assertEquals(5, receiver.len());
            int taken = 1 + round % 5;
            for (int i = 0; i < taken; i++) {
                assertEquals(expected++, receiver.tryRecv().orNull());
            }
            assertEquals(taken, sender.capacity());
        }
        sender.close();
        while (expected < next) {
            assertEquals(expected++, receiver.tryRecv().orNull());
        }
        assertSame(TryRecv.closed(), receiver.tryRecv());
    }

    @Test
    void try_recv_after_the_receiver_was_closed() throws Exception {
        var channel = Mpsc.<Integer>bounded(5);
        assertSame(TryRecv.empty(), channel.receiver().tryRecv());
        channel.receiver().close();
        assertSame(TryRecv.closed(), channel.receiver().tryRecv());

        var reserved = Mpsc.<Integer>bounded(5);
        var permit = reserved.sender().tryReserve();
        assertSame(TryRecv.empty(), reserved.receiver().tryRecv());
        reserved.receiver().close();
        assertSame(TryRecv.empty(), reserved.receiver().tryRecv());
        permit.close();
        assertSame(TryRecv.closed(), reserved.receiver().tryRecv());
    }

    // --- bounded

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void a_bounded_channel_has_room_for_one_at_least(int capacity) {
        var e = assertThrows(IllegalArgumentException.class, () -> Mpsc.bounded(capacity));
        assertTrue(e.getMessage().contains("capacity=" + capacity), e.getMessage());
    }

    @Test
    void a_bounded_channel_hands_over_in_order_and_ends() throws Exception {
        var channel = Mpsc.<Integer>bounded(16);
        FakeTask.of(channel.sender().reserve()).completes().send(1);
        assertTrue(channel.sender().trySend(2));
        send(channel.sender(), 3);
        channel.sender().close();
        assertEquals(1, recv(channel.receiver()));
        assertEquals(2, recv(channel.receiver()));
        assertEquals(3, recv(channel.receiver()));
        assertNull(recv(channel.receiver()));
    }

    @Test
    void senders_wait_in_turn_for_room() throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        send(channel.sender(), 1);
        send(channel.sender(), 2);
        assertFalse(channel.sender().trySend(3));
        var third = FakeTask.of(channel.sender().send(3)).staysPending();
        var fourth = FakeTask.of(channel.sender().send(4)).staysPending();
        assertEquals(1, recv(channel.receiver()));
        assertEquals(1, third.wakes());
        assertEquals(0, fourth.wakes());
        // The room is the third one's, although it has not run yet.
        assertFalse(channel.sender().trySend(5));
        fourth.staysPending();
        third.completes();
        assertEquals(2, recv(channel.receiver()));
        assertEquals(1, fourth.wakes());
        fourth.completes();
        assertEquals(3, recv(channel.receiver()));
        assertEquals(4, recv(channel.receiver()));
        assertEquals(2, channel.sender().capacity());
    }

    // The first in the queue gives up; the room must go to the second one, whether it comes before or after.
    @Test
    void a_send_that_is_given_up_hands_its_room_on() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        send(channel.sender(), 1);
        var first = FakeTask.of(channel.sender().send(2)).staysPending();
        var second = FakeTask.of(channel.sender().send(3)).staysPending();
        first.cancel();
        assertEquals(1, recv(channel.receiver()));
        assertEquals(0, first.wakes());
        assertEquals(1, second.wakes());
        var third = FakeTask.of(channel.sender().send(4)).staysPending();
        second.cancel(); // it had the room already
        assertEquals(1, third.wakes());
        third.completes();
        assertEquals(4, recv(channel.receiver()));
        assertEquals(1, channel.sender().capacity());
    }

    @Test
    void a_waiting_sender_that_moves_to_another_task_is_woken_there() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        send(channel.sender(), 1);
        var waiting = FakeTask.of(channel.sender().send(2)).staysPending();
        var former = waiting.movesToAnotherTask();
        waiting.staysPending();
        assertEquals(1, recv(channel.receiver()));
        assertEquals(0, former.get());
        assertEquals(1, waiting.wakes());
        waiting.completes();
        waiting.fails(IllegalStateException.class);
    }

    @Test
    void capacity_is_what_is_free_and_the_maximum_stays() throws Exception {
        var channel = Mpsc.<Integer>bounded(5);
        assertEquals(5, channel.sender().capacity());
        var permit = channel.sender().tryReserve();
        assertEquals(4, channel.sender().capacity());
        assertEquals(5, channel.sender().maxCapacity());
        permit.send(1);
        assertEquals(4, channel.receiver().capacity());
        assertEquals(5, channel.receiver().maxCapacity());
        recv(channel.receiver());
        assertEquals(5, channel.sender().capacity());
        var unbounded = Mpsc.<Integer>unbounded().receiver();
        assertEquals(Integer.MAX_VALUE, unbounded.capacity());
        assertEquals(Integer.MAX_VALUE, unbounded.maxCapacity());
    }

    @Test
    void senders_know_whether_they_feed_the_same_receiver() {
        var one = Mpsc.<Integer>bounded(1);
        assertTrue(one.sender().sameChannel(one.sender().share()));
        assertFalse(one.sender().sameChannel(Mpsc.<Integer>bounded(1).sender()));
        var two = Mpsc.<Integer>unbounded();
        assertTrue(two.sender().sameChannel(two.sender().share()));
        assertFalse(two.sender().sameChannel(Mpsc.<Integer>unbounded().sender()));
    }

    // --- the budget

    @Test
    void a_task_without_budget_neither_receives_nor_sends() throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        assertTrue(channel.sender().trySend(1));
        var cx = new ChannelBudget(0);
        assertFalse(channel.receiver().pollRecv(cx).isReady());
        assertFalse(channel.receiver().pollRecvMany(cx, new ArrayList<>(), 9).isReady());
        var sending = channel.sender().send(2);
        assertFalse(sending.poll(cx).isReady());
        assertEquals(1, channel.receiver().len());
        cx.left = 3;
        assertTrue(channel.receiver().pollRecv(cx).isReady());
        assertTrue(sending.poll(cx).isReady());
        assertTrue(channel.receiver().pollRecvMany(cx, new ArrayList<>(), 9).isReady());
        assertEquals(0, cx.left);
    }

    @Test
    void a_poll_that_stays_pending_costs_nothing() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var cx = new ChannelBudget(1);
        assertFalse(channel.receiver().pollRecv(cx).isReady());
        assertFalse(channel.receiver().pollRecvMany(cx, new ArrayList<>(), 9).isReady());
        assertFalse(channel.sender().closed().poll(cx).isReady());
        assertTrue(channel.sender().trySend(1));
        assertFalse(channel.sender().send(2).poll(cx).isReady());
        assertEquals(1, cx.left);
    }
}
