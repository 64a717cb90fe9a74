package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PollSenderTest {
    private static FakeTask<@Nullable Void> reserving(PollSender<?> sender) {
        return FakeTask.of(sender::pollReserve);
    }

    private static <T> T recv(MpscReceiver<T> receiver) throws Exception {
        return FakeTask.of(receiver.recv()).completes();
    }

    private static void fill(PollSender<Integer> sender, int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            reserving(sender).completes();
            sender.sendItem(i);
        }
    }

    @Test
    void it_reserves_and_sends_and_waits_when_full() throws Exception {
        var channel = Mpsc.<Integer>bounded(3);
        var sender = new PollSender<>(channel.sender());
        fill(sender, 3);
        var waiting = reserving(sender).staysPending();
        assertEquals(1, recv(channel.receiver()));
        assertEquals(1, waiting.wakes());
        waiting.completes();
        channel.receiver().close();
        sender.sendItem(42);
        assertEquals(2, recv(channel.receiver()));
        assertEquals(3, recv(channel.receiver()));
        assertEquals(42, recv(channel.receiver()));
        assertNull(recv(channel.receiver()));
    }

    @Test
    void once_ready_it_stays_ready_and_holds_one_room() throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        var sender = new PollSender<>(channel.sender());
        reserving(sender).completes();
        reserving(sender).completes();
        assertEquals(1, channel.sender().capacity());
        sender.sendItem(1);
        assertEquals(1, recv(channel.receiver()));
    }

    @Test
    void room_that_is_given_up_goes_to_the_next() throws Exception {
        var channel = Mpsc.<Integer>bounded(3);
        var sender = new PollSender<>(channel.sender());
        var other = channel.sender().share();
        fill(sender, 3);
        var waiting = reserving(sender).staysPending();
        assertEquals(1, recv(channel.receiver()));
        waiting.completes();
        var otherSend = FakeTask.of(other.send(5)).staysPending();
        assertTrue(sender.abortSend());
        assertFalse(sender.abortSend());
        assertEquals(1, otherSend.wakes());
        otherSend.completes();
        assertEquals(2, recv(channel.receiver()));
        assertEquals(3, recv(channel.receiver()));
        assertEquals(5, recv(channel.receiver()));
    }

    @Test
    void waiting_for_room_can_be_given_up() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var sender = new PollSender<>(channel.sender());
        fill(sender, 1);
        assertFalse(sender.abortSend());
        var waiting = reserving(sender).staysPending();
        assertTrue(sender.abortSend());
        assertEquals(1, recv(channel.receiver()));
        assertEquals(0, waiting.wakes());
        assertEquals(1, sender.sender().capacity());
    }

    @Test
    void closing_the_last_sender_ends_the_channel() throws Exception {
        var channel = Mpsc.<Integer>bounded(3);
        var sender = new PollSender<>(channel.sender());
        var other = channel.sender().share();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        sender.close();
        sender.close();
        assertTrue(sender.isClosed());
        assertNull(sender.sender());
        assertEquals(0, receiving.wakes());
        other.close();
        assertEquals(1, receiving.wakes());
        assertNull(receiving.completes());
        reserving(sender).fails(MpscSendError.class);
        assertThrows(MpscSendError.class, () -> sender.sendItem(1));
    }

    @Test
    void closing_gives_up_waiting() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var sender = new PollSender<>(channel.sender());
        fill(sender, 1);
        var waiting = reserving(sender).staysPending();
        sender.close();
        waiting.fails(MpscSendError.class);
        assertEquals(1, recv(channel.receiver()));
        assertNull(recv(channel.receiver()));
        assertEquals(1, channel.receiver().capacity());
    }

    @Test
    void room_reserved_before_closing_is_for_a_last_message() throws Exception {
        var channel = Mpsc.<Integer>bounded(3);
        var sender = new PollSender<>(channel.sender());
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        reserving(sender).completes();
        sender.close();
        assertEquals(0, receiving.wakes());
        receiving.staysPending();
        reserving(sender).completes();
        sender.sendItem(9);
        assertEquals(9, receiving.completes());
        assertNull(recv(channel.receiver()));
        assertThrows(MpscSendError.class, () -> sender.sendItem(10));
    }

    @Test
    void it_is_closed_when_it_finds_the_receiver_closed() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var sender = new PollSender<>(channel.sender());
        assertFalse(sender.isClosed());
        channel.receiver().close();
        reserving(sender).fails(MpscSendError.class);
        assertTrue(sender.isClosed());
        assertEquals(0, channel.receiver().senderStrongCount());
    }

    @Test
    void sending_without_room_is_a_mistake() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var sender = new PollSender<>(channel.sender());
        assertThrows(IllegalStateException.class, () -> sender.sendItem(1));
        fill(sender, 1);
        reserving(sender).staysPending();
        var e = assertThrows(IllegalStateException.class, () -> sender.sendItem(2));
        assertTrue(e.getMessage().contains("pollReserve"), e.getMessage());
    }
}
