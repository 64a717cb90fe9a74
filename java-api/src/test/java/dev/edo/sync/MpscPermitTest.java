package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reserving room, and using it or giving it back. */
class MpscPermitTest {
    private static <T> T recv(MpscReceiver<T> receiver) throws Exception {
        return FakeTask.of(receiver.recv()).completes();
    }

    @Test
    void room_is_free_again_when_its_message_was_received_or_its_permit_closed() throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        var first = FakeTask.of(channel.sender().reserve()).completes();
        var second = FakeTask.of(channel.sender().reserve()).completes();
        var third = FakeTask.of(channel.sender().reserve()).staysPending();
        var fourth = FakeTask.of(channel.sender().reserve()).staysPending();
        first.send(1);
        assertEquals(0, third.wakes());
        assertEquals(1, recv(channel.receiver()));
        assertEquals(1, third.wakes());
        assertEquals(0, fourth.wakes());
        second.close();
        assertEquals(1, fourth.wakes());
        FakeTask.of(channel.sender().reserve()).staysPending();
    }

    @Test
    void a_reservation_that_is_given_up_loses_its_place() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        assertTrue(channel.sender().trySend(1));
        var first = FakeTask.of(channel.sender().reserve()).staysPending();
        var second = FakeTask.of(channel.sender().reserve()).staysPending();
        first.cancel();
        assertEquals(1, recv(channel.receiver()));
        assertEquals(0, first.wakes());
        assertEquals(1, second.wakes());
        second.completes().close();
        channel.sender().close();
        assertNull(recv(channel.receiver()));
    }

    @Test
    void try_reserve_fails_while_the_channel_is_full() throws Exception {
        var channel = Mpsc.<String>bounded(1);
        var permit = channel.sender().tryReserve();
        assertNotNull(permit);
        assertNull(channel.sender().tryReserve());
        permit.send("foo");
        assertNull(channel.sender().tryReserve());
        assertEquals("foo", recv(channel.receiver()));
        channel.sender().tryReserve().close();
        assertNotNull(channel.sender().tryReserve());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 99, 100})
    void many_are_reserved_at_once_and_used_one_by_one(int count) throws Exception {
        var channel = Mpsc.<Integer>bounded(100);
        var permits = count % 2 == 0
                ? channel.sender().tryReserveMany(count)
                : FakeTask.of(channel.sender().reserveMany(count)).completes();
        assertEquals(count, permits.remaining());
        assertEquals(100 - count, channel.sender().capacity());
        for (int i = 0; i < count; i++) {
            permits.send(i);
            assertEquals(i, recv(channel.receiver()));
            assertEquals(count - i - 1, permits.remaining());
        }
        assertThrows(IllegalStateException.class, () -> permits.send(0));
        permits.close();
        assertEquals(100, channel.sender().capacity());
        assertEquals(1, channel.sender().strongCount());
    }

    @Test
    void what_is_not_used_goes_back() throws Exception {
        for (int n = 1; n < 20; n++) {
            for (int used = 0; used < n; used++) {
                var channel = Mpsc.<Integer>bounded(n);
                var permits = channel.sender().tryReserveMany(n);
                assertEquals(0, channel.sender().capacity());
                assertNull(channel.sender().tryReserveMany(1));
                for (int i = 0; i < used; i++) {
                    permits.send(i);
                }
                permits.close();
                permits.close();
                assertEquals(n - used, channel.sender().capacity());
                if (used > 0) {
                    assertNull(channel.sender().tryReserveMany(n - used + 1));
                }
                channel.sender().tryReserveMany(n - used).close();
                for (int i = 0; i < used; i++) {
                    assertEquals(i, recv(channel.receiver()));
                }
                assertEquals(n, channel.sender().capacity());
            }
        }
    }

    @Test
    void many_wait_for_all_of_their_room() throws Exception {
        for (int n = 1; n < 40; n++) {
            var channel = Mpsc.<Integer>bounded(n);
            var all = FakeTask.of(channel.sender().reserveMany(n)).completes();
            var next = FakeTask.of(channel.sender().reserveMany(n)).staysPending();
            all.close();
            assertEquals(1, next.wakes());
            next.completes().close();
            assertEquals(n, channel.sender().capacity());
        }
    }

    // While one waits for much, another one that wants little must not go past it for ever.
    @Test
    void who_wants_much_is_not_overtaken() throws Exception {
        var channel = Mpsc.<Integer>bounded(3);
        var held = channel.sender().tryReserve();
        var all = FakeTask.of(channel.sender().reserveMany(3)).staysPending();
        assertNull(channel.sender().tryReserve());
        var one = FakeTask.of(channel.sender().reserve()).staysPending();
        held.close();
        all.completes().close();
        assertEquals(1, one.wakes());
        one.completes().close();
    }

    @Test
    void reserving_nothing_works_on_a_full_channel_and_not_on_a_closed_one() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        assertEquals(0, channel.sender().tryReserveMany(0).remaining());
        assertTrue(channel.sender().trySend(1));
        assertEquals(0, channel.sender().tryReserveMany(0).remaining());
        assertEquals(0, FakeTask.of(channel.sender().reserveMany(0)).completes().remaining());
        channel.receiver().close();
        assertThrows(MpscSendError.class, () -> channel.sender().tryReserveMany(0));
        FakeTask.of(channel.sender().reserveMany(0)).fails(MpscSendError.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, Integer.MAX_VALUE, -1})
    void more_than_the_channel_can_hold_is_an_error(int messages) {
        var sender = Mpsc.<Integer>bounded(1).sender();
        var e = assertThrows(IllegalArgumentException.class, () -> sender.reserveMany(messages).cancel());
        assertTrue(e.getMessage().contains("messages=" + messages), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> sender.tryReserveMany(messages));
    }

    @Test
    void a_part_of_a_permit_can_be_given_to_somebody_else() throws Exception {
        var channel = Mpsc.<Integer>bounded(3);
        var sender = channel.sender();
        var permits = sender.tryReserveMany(3);
        var one = permits.split(1);
        assertEquals(2, permits.remaining());
        assertEquals(3, sender.strongCount());
        assertThrows(IllegalArgumentException.class, () -> permits.split(3));
        assertThrows(IllegalArgumentException.class, () -> permits.split(-1));
        var rest = permits.split(2);
        assertEquals(0, permits.remaining());
        assertEquals(0, permits.split(0).remaining());
        permits.close();
        sender.close();
        one.send(1);
        assertEquals(1, recv(channel.receiver()));
        var end = FakeTask.of(channel.receiver().recv()).staysPending();
        rest.close();
        assertEquals(1, end.wakes());
        assertNull(end.completes());
    }

    @Test
    void a_permit_keeps_the_channel_open_when_its_sender_has_gone() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var permit = channel.sender().tryReserve();
        channel.sender().close();
        assertFalse(channel.receiver().isClosed());
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        permit.send(7);
        assertEquals(1, receiving.wakes());
        assertEquals(7, receiving.completes());
        assertNull(recv(channel.receiver()));
        assertTrue(channel.receiver().isClosed());
    }

    @Test
    void permits_know_their_channel() throws Exception {
        var sender = Mpsc.<Integer>bounded(3).sender();
        var permit = sender.tryReserve();
        assertTrue(permit.sameChannel(sender.share().tryReserve()));
        assertTrue(permit.sameChannel(sender));
        assertTrue(permit.sameChannel(permit.split(1)));
        var other = Mpsc.<Integer>bounded(1).sender();
        assertFalse(permit.sameChannel(other));
        assertFalse(permit.sameChannel(other.tryReserve()));
    }

    @Test
    void null_does_not_use_a_permit_up() throws Exception {
        var permit = Mpsc.<String>bounded(1).sender().tryReserve();
        assertThrows(NullPointerException.class, () -> permit.send(null));
        assertEquals(1, permit.remaining());
    }
}
