package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Waker;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a channel ends, from either side, and what each side can still do then. */
class MpscCloseTest {
    private static <T> T recv(MpscReceiver<T> receiver) throws Exception {
        return FakeTask.of(receiver.recv()).completes();
    }

    // --- the senders go

    @Test
    void closing_the_last_sender_wakes_the_receiver() throws Exception {
        var channel = Mpsc.<Integer>bounded(10);
        var other = channel.sender().share();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        channel.sender().close();
        channel.sender().close();
        assertEquals(0, receiving.wakes());
        other.close();
        assertEquals(1, receiving.wakes());
        assertNull(receiving.completes());
    }

    @Test
    void closing_the_last_unbounded_sender_wakes_the_receiver() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var other = channel.sender().share();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        other.close();
        other.close();
        assertEquals(0, receiving.wakes());
        channel.sender().close();
        assertEquals(1, receiving.wakes());
        assertNull(receiving.completes());
    }

    @Test
    void what_was_sent_comes_before_the_end() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        try (var sender = channel.sender()) {
            assertTrue(sender.trySend(1));
            assertFalse(sender.trySend(2));
        }
        assertEquals(1, recv(channel.receiver()));
        assertNull(recv(channel.receiver()));
    }

    @Test
    void a_closed_sender_refuses_everything() {
        var channel = Mpsc.<Integer>bounded(1);
        var sender = channel.sender();
        sender.close();
        assertThrows(IllegalStateException.class, () -> sender.send(1).cancel());
        assertThrows(IllegalStateException.class, () -> sender.trySend(1));
        assertThrows(IllegalStateException.class, () -> sender.reserve().cancel());
        assertThrows(IllegalStateException.class, sender::tryReserve);
        assertThrows(IllegalStateException.class, sender::share);
        assertThrows(IllegalStateException.class, sender::downgrade);
        var unbounded = Mpsc.<Integer>unbounded().sender();
        unbounded.close();
        assertThrows(IllegalStateException.class, () -> unbounded.send(1));
        assertThrows(IllegalStateException.class, unbounded::share);
        assertThrows(IllegalStateException.class, unbounded::downgrade);
    }

    // A sender is closed while a send of its own waits: the message must not come after the end.
    @Test
    void a_send_that_waits_when_the_last_sender_is_closed_fails_and_the_receiver_ends() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        assertTrue(channel.sender().trySend(1));
        var sending = FakeTask.of(channel.sender().send(2)).staysPending();
        var reserving = FakeTask.of(channel.sender().reserve()).staysPending();
        channel.sender().close();
        assertEquals(1, recv(channel.receiver()));
        assertNull(recv(channel.receiver()));
        assertEquals(1, sending.wakes());
        sending.fails(IllegalStateException.class);
        assertEquals(1, reserving.wakes());
        reserving.fails(IllegalStateException.class);
        assertEquals(1, channel.receiver().capacity());
        assertNull(recv(channel.receiver()));
    }

    @Test
    void a_send_that_waits_goes_on_while_another_sender_is_open() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var other = channel.sender().share();
        assertTrue(other.trySend(1));
        var sending = FakeTask.of(channel.sender().send(2)).staysPending();
        channel.sender().close();
        assertEquals(1, recv(channel.receiver()));
        sending.completes();
        assertEquals(2, recv(channel.receiver()));
        other.close();
        assertNull(recv(channel.receiver()));
    }

    // --- the receiver goes

    @Test
    void a_closed_receiver_of_an_idle_channel_is_at_its_end() throws Exception {
        var channel = Mpsc.<Integer>bounded(10);
        channel.receiver().close();
        assertNull(recv(channel.receiver()));
        FakeTask.of(channel.sender().send(1)).fails(MpscSendError.class);
        FakeTask.of(channel.sender().reserveMany(10)).fails(MpscSendError.class);
        assertThrows(MpscSendError.class, () -> channel.sender().trySend(1));
        assertThrows(MpscSendError.class, () -> channel.sender().tryReserve());
        assertThrows(MpscSendError.class, () -> channel.sender().tryReserveMany(10));
        var unbounded = Mpsc.<Integer>unbounded();
        unbounded.receiver().close();
        assertNull(recv(unbounded.receiver()));
        assertThrows(MpscSendError.class, () -> unbounded.sender().send(1));
    }

    // What is in the channel stays to be received; what joined it now might never be.
    @Test
    void a_closed_receiver_keeps_no_message_that_comes_later() throws Exception {
        var limited = Mpsc.<Object>bounded(100);
        var unlimited = Mpsc.<Object>unbounded();
        assertTrue(limited.sender().trySend(1));
        unlimited.sender().send(1);
        limited.receiver().close();
        unlimited.receiver().close();
        Object refused = new Object();
        for (int i = 0; i < 100; i++) {
            var message = refused;
            assertThrows(MpscSendError.class, () -> limited.sender().trySend(message));
            assertThrows(MpscSendError.class, () -> unlimited.sender().send(message));
            FakeTask.of(limited.sender().send(message)).fails(MpscSendError.class);
        }
        FakeTask.of(limited.sender().reserve()).fails(MpscSendError.class);
        FakeTask.of(limited.sender().reserveMany(10)).fails(MpscSendError.class);
        assertThrows(MpscSendError.class, limited.sender()::tryReserve);
        assertEquals(1, limited.receiver().len());
        assertEquals(1, unlimited.receiver().len());
        assertEquals(99, limited.sender().capacity());
        var ref = new WeakReference<>(refused);
        refused = null;
        assertCollected(ref);
        assertEquals(1, recv(limited.receiver()));
        assertEquals(1, recv(unlimited.receiver()));
        assertNull(recv(limited.receiver()));
        assertNull(recv(unlimited.receiver()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messages_are_received_after_closing(boolean bounded) throws Exception {
        var limited = Mpsc.<Integer>bounded(5);
        var unlimited = Mpsc.<Integer>unbounded();
        var receiver = bounded ? limited.receiver() : unlimited.receiver();
        for (int i = 0; i < 3; i++) {
            assertTrue(limited.sender().trySend(i));
            unlimited.sender().send(i);
        }
        receiver.close();
        receiver.close();
        for (int i = 0; i < 3; i++) {
            assertEquals(i, recv(receiver));
        }
        assertNull(recv(receiver));
    }

    @Test
    void closing_fails_who_waits_for_room_and_lets_a_permit_finish() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var permit = FakeTask.of(channel.sender().reserve()).completes();
        var waiting = FakeTask.of(channel.sender().reserve()).staysPending();
        channel.receiver().close();
        assertEquals(1, waiting.wakes());
        waiting.fails(MpscSendError.class);
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        permit.send(123);
        assertEquals(1, receiving.wakes());
        assertEquals(123, receiving.completes());
        assertNull(recv(channel.receiver()));
    }

    // A supervisor closes the receiver while a task waits for messages: that task must not wait for ever.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closing_wakes_who_waits_for_a_message(boolean bounded) throws Exception {
        var receiver = bounded ? Mpsc.<Integer>bounded(1).receiver() : Mpsc.<Integer>unbounded().receiver();
        var receiving = FakeTask.of(receiver.recv()).staysPending();
        receiver.close();
        assertEquals(1, receiving.wakes());
        assertNull(receiving.completes());
    }

    private enum LastPermit {
        CLOSED,
        SENT,
        MANY_CLOSED,
        RESERVATION_CANCELLED
    }

    @ParameterizedTest
    @EnumSource(LastPermit.class)
    void the_last_room_that_comes_back_wakes_a_closed_receiver(LastPermit last) throws Exception {
        var channel = Mpsc.<Integer>bounded(last == LastPermit.RESERVATION_CANCELLED ? 1 : 100);
        var permit = channel.sender().tryReserveMany(last == LastPermit.MANY_CLOSED ? 3 : 1);
        var reserving = FakeTask.of(channel.sender().reserve());
        if (last == LastPermit.RESERVATION_CANCELLED) {
            reserving.staysPending();
            permit.close(); // the reservation has the room, and has not noticed
        }
        channel.receiver().close();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        switch (last) {
            case CLOSED, MANY_CLOSED -> permit.close();
            case SENT -> permit.send(1);
            case RESERVATION_CANCELLED -> reserving.cancel();
        }
        assertEquals(1, receiving.wakes());
        assertEquals(last == LastPermit.SENT ? 1 : null, receiving.completes());
        assertNull(recv(channel.receiver()));
    }

    // Somebody who wants two has one when the receiver closes: that one must not keep the receiver waiting.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_half_served_reservation_does_not_hold_up_a_closed_receiver(boolean cancel) throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        var permit = channel.sender().tryReserve();
        var reserving = FakeTask.of(channel.sender().reserveMany(2)).staysPending();
        channel.receiver().close();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        if (cancel) {
            reserving.cancel();
        } else {
            reserving.fails(MpscSendError.class);
        }
        receiving.staysPending();
        permit.close();
        assertTrue(receiving.wakes() > 0);
        assertNull(receiving.completes());
    }

    // The same where the last permit comes back first: that ends the channel, and the reservation
    // that ends afterwards must not give its part back again.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_half_served_reservation_that_ends_after_a_closed_channel_changes_nothing(boolean cancel)
            throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        var permit = channel.sender().tryReserve();
        var reserving = FakeTask.of(channel.sender().reserveMany(2)).staysPending();
        channel.receiver().close();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        permit.close();
        assertEquals(1, receiving.wakes());
        if (cancel) {
            reserving.cancel();
        } else {
            reserving.fails(MpscSendError.class);
        }
        assertNull(receiving.completes());
        assertEquals(2, channel.receiver().capacity());
    }

    // More wait than are served at a time. The waker of the first one closes the receiver, lets everybody who was
    // served give up, and throws; the rest of the room comes back after that, and is the last.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_waker_that_throws_does_not_hide_the_last_room_from_a_closed_receiver(boolean cancel) throws Exception {
        var channel = Mpsc.<Integer>bounded(40);
        var permit = channel.sender().tryReserveMany(40);
        var reserving = FakeTask.of(channel.sender().reserveMany(40));
        if (cancel) {
            reserving.staysPending();
            permit.close(); // the reservation has the room, and has not noticed
        }
        var receiving = FakeTask.of(channel.receiver().recv());
        var sending = new ArrayList<Future<?>>();
        Waker first = () -> {
            channel.receiver().close();
            sending.forEach(Future::cancel);
            try {
                receiving.staysPending();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            throw new IllegalArgumentException("from the waker");
        };
        for (int i = 0; i < 33; i++) {
            var send = channel.sender().send(i);
            assertFalse(send.poll(Context.of(i == 0 ? first : () -> {})).isReady());
            sending.add(send);
        }
        assertThrows(IllegalArgumentException.class, cancel ? reserving::cancel : permit::close);
        assertEquals(1, receiving.wakes());
        assertNull(receiving.completes());
    }

    // Served before the close, polled after it: it has its room, and the receiver waits for what comes of it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reservation_that_was_served_before_the_close_may_still_send(boolean send) throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var permit = channel.sender().tryReserve();
        var reserving = FakeTask.of(channel.sender().reserve()).staysPending();
        permit.close();
        assertEquals(1, reserving.wakes());
        channel.receiver().close();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        var reserved = reserving.completes();
        assertEquals(0, receiving.wakes());
        if (send) {
            reserved.send(5);
        } else {
            reserved.close();
        }
        assertEquals(1, receiving.wakes());
        assertEquals(send ? 5 : null, receiving.completes());
        assertNull(recv(channel.receiver()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everybody_who_waits_for_the_close_is_woken_once(boolean bounded) throws Exception {
        var limited = Mpsc.<Integer>bounded(5);
        var unlimited = Mpsc.<Integer>unbounded();
        SenderHandle<Integer> sender = bounded ? limited.sender() : unlimited.sender();
        var receiver = bounded ? limited.receiver() : unlimited.receiver();
        var first = FakeTask.of(sender.closed()).staysPending().staysPending();
        var second = FakeTask.of(sender.closed()).staysPending();
        var former = second.movesToAnotherTask();
        second.staysPending();
        var third = FakeTask.of(sender.closed()).staysPending();
        third.cancel();
        var neverPolled = FakeTask.of(sender.closed());
        neverPolled.cancel();
        assertFalse(sender.isClosed());
        receiver.close();
        assertTrue(sender.isClosed());
        assertEquals(1, first.wakes());
        assertEquals(0, former.get());
        assertEquals(1, second.wakes());
        assertEquals(0, third.wakes());
        first.completes();
        second.cancel();
        second.cancel();
        FakeTask.of(sender.closed()).completes();
        third.fails(IllegalStateException.class);
    }

    // A context is not this package's: what it does for its waker may take its time, load classes and park.
    // The receiver closes on another thread meanwhile, which needs the lock of those that wait for it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_context_is_asked_for_its_waker_without_a_lock(boolean bounded) throws Exception {
        var limited = Mpsc.<Integer>bounded(5);
        var unlimited = Mpsc.<Integer>unbounded();
        SenderHandle<Integer> sender = bounded ? limited.sender() : unlimited.sender();
        var receiver = bounded ? limited.receiver() : unlimited.receiver();
        var closing = new Thread(receiver::close);
        Context closes = () -> {
            closing.start();
            try {
                assertTrue(closing.join(Duration.ofSeconds(10)), "close() waits for who waits for it");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return () -> {};
        };
        assertTrue(sender.closed().poll(closes).isReady());
    }

    // --- isClosed, isEmpty, len

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_receiver_is_closed_when_it_was_or_when_all_senders_were(boolean bounded) throws Exception {
        for (boolean byReceiver : new boolean[] {false, true}) {
            for (int messages = 0; messages < 3; messages++) {
                var limited = Mpsc.<Integer>bounded(5);
                var unlimited = Mpsc.<Integer>unbounded();
                var receiver = bounded ? limited.receiver() : unlimited.receiver();
                for (int i = 0; i < messages; i++) {
                    assertTrue(limited.sender().trySend(i));
                    unlimited.sender().send(i);
                }
                var others = new AutoCloseable[] {limited.sender().share(), unlimited.sender().share()};
                limited.sender().close();
                unlimited.sender().close();
                assertFalse(receiver.isClosed());
                if (byReceiver) {
                    receiver.close();
                }
                assertEquals(byReceiver, receiver.isClosed());
                for (var other : others) {
                    other.close();
                }
                assertTrue(receiver.isClosed());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 100})
    void len_and_empty_count_messages_whatever_was_closed(int count) throws Exception {
        var closings = List.of("nothing", "sender", "receiver", "receiver, sender", "sender, receiver");
        for (var closing : closings) {
            var limited = Mpsc.<Integer>bounded(100);
            var unlimited = Mpsc.<Integer>unbounded();
            for (int i = 0; i < count; i++) {
                assertTrue(limited.sender().trySend(i));
                unlimited.sender().send(i);
                assertFalse(limited.receiver().isEmpty());
            }
            for (var side : closing.split(", ")) {
                switch (side) {
                    case "sender" -> {
                        limited.sender().close();
                        unlimited.sender().close();
                    }
                    case "receiver" -> {
                        limited.receiver().close();
                        unlimited.receiver().close();
                    }
                    default -> {}
                }
            }
            for (int left = count; left > 0; left--) {
                assertEquals(left, limited.receiver().len());
                assertEquals(left, unlimited.receiver().len());
                assertFalse(limited.receiver().isEmpty());
                assertFalse(unlimited.receiver().isEmpty());
                recv(limited.receiver());
                recv(unlimited.receiver());
            }
            assertEquals(0, limited.receiver().len());
            assertEquals(0, unlimited.receiver().len());
            assertTrue(limited.receiver().isEmpty());
            assertTrue(unlimited.receiver().isEmpty());
        }
    }

    @Test
    void a_channel_that_was_emptied_at_a_block_boundary_is_empty() throws Exception {
        var channel = Mpsc.<Integer>bounded(33);
        for (int i = 1; i < 257; i++) {
            assertTrue(channel.sender().trySend(i));
            assertEquals(i, recv(channel.receiver()));
            assertTrue(channel.receiver().isEmpty());
        }
    }

    // The futures are kept, as in the field of a task that has gone on.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_send_that_has_ended_lets_go_of_its_message(boolean cancel) throws Exception {
        var channel = Mpsc.<Waker>bounded(1);
        Waker message = new IdleWaker(1);
        var sent = FakeTask.of(channel.sender().send(message));
        sent.completes();
        var waiting = FakeTask.of(channel.sender().send(message)).staysPending();
        assertEquals(message, recv(channel.receiver()));
        if (cancel) {
            waiting.cancel();
        } else {
            waiting.completes();
            assertEquals(message, recv(channel.receiver()));
        }
        var ref = new WeakReference<>(message);
        message = null;
        assertCollected(ref);
        Reference.reachabilityFence(sent);
        Reference.reachabilityFence(waiting);
    }

    @Test
    void a_closed_receiver_lets_go_of_the_task_that_waited() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        Waker waker = new IdleWaker(1);
        assertFalse(channel.receiver().pollRecv(Context.of(waker)).isReady());
        channel.receiver().close();
        var ref = new WeakReference<>(waker);
        waker = null;
        assertCollected(ref);
        Reference.reachabilityFence(channel);
    }

    private static void assertCollected(WeakReference<?> ref) {
        for (int i = 0; i < 100 && ref.get() != null; i++) {
            System.gc();
        }
        assertNull(ref.get());
    }

    private record IdleWaker(int number) implements Waker {
        @Override
        public void wake() {}
    }
}
