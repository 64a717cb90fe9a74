package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MpscWeakSenderTest {
    private static void closeNotNull(SenderHandle<?> sender) {
        assertNotNull(sender);
        sender.close();
    }

    @Test
    void a_weak_sender_becomes_a_sender_while_another_one_is_open() throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        var weak = channel.sender().downgrade();
        try (var strong = weak.upgrade()) {
            assertNotNull(strong);
            assertTrue(strong.sameChannel(channel.sender()));
            channel.sender().close();
            assertTrue(strong.trySend(1));
            closeNotNull(weak.upgrade());
        }
        assertNull(weak.upgrade());
        assertEquals(1, FakeTask.of(channel.receiver().recv()).completes());
        assertNull(FakeTask.of(channel.receiver().recv()).completes());
    }

    @Test
    void an_unbounded_weak_sender_becomes_a_sender_while_another_one_is_open() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var weak = channel.sender().downgrade();
        var strong = weak.upgrade();
        assertNotNull(strong);
        channel.sender().close();
        strong.send(1);
        assertFalse(channel.receiver().isClosed());
        strong.close();
        assertTrue(channel.receiver().isClosed());
        assertNull(weak.upgrade());
        assertEquals(1, FakeTask.of(channel.receiver().recv()).completes());
        assertNull(FakeTask.of(channel.receiver().recv()).completes());
    }

    @Test
    void weak_senders_do_not_keep_the_channel_open() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var first = channel.sender().downgrade();
        var second = first.share();
        var receiving = FakeTask.of(channel.receiver().recv()).staysPending();
        channel.sender().close();
        assertTrue(channel.receiver().isClosed());
        assertEquals(1, receiving.wakes());
        assertNull(receiving.completes());
        assertNull(first.upgrade());
        assertNull(second.upgrade());
    }

    @Test
    void a_weak_sender_made_of_a_sender_that_has_gone_still_depends_on_the_others() {
        var channel = Mpsc.<Integer>unbounded();
        var shared = channel.sender().share();
        var weak = shared.downgrade();
        shared.close();
        closeNotNull(weak.upgrade());
        channel.sender().close();
        assertNull(weak.upgrade());
    }

    @Test
    void a_permit_is_enough_for_an_upgrade() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var weak = channel.sender().downgrade();
        var permit = channel.sender().tryReserve();
        channel.sender().close();
        var upgraded = weak.upgrade();
        assertNotNull(upgraded);
        permit.close();
        upgraded.close();
        assertNull(weak.upgrade());
    }

    @Test
    void senders_are_counted() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        var sender = channel.sender();
        var receiver = channel.receiver();
        var second = sender.share();
        var weak = second.downgrade();
        var secondWeak = weak.share();
        assertEquals(2, sender.strongCount());
        assertEquals(2, second.weakCount());
        assertEquals(2, receiver.senderStrongCount());
        assertEquals(2, receiver.senderWeakCount());
        var upgraded = weak.upgrade();
        assertEquals(3, weak.strongCount());
        upgraded.close();
        upgraded.close();
        second.close();
        weak.close();
        weak.close();
        assertEquals(1, receiver.senderStrongCount());
        assertEquals(1, receiver.senderWeakCount());
        assertEquals(1, secondWeak.weakCount());
        secondWeak.close();
        sender.close();
        assertEquals(0, receiver.senderStrongCount());
        assertEquals(0, receiver.senderWeakCount());
    }

    @Test
    void unbounded_senders_are_counted() {
        var channel = Mpsc.<Integer>unbounded();
        var second = channel.sender().share();
        var weak = second.downgrade();
        assertEquals(2, channel.receiver().senderStrongCount());
        assertEquals(1, channel.sender().weakCount());
        second.close();
        weak.close();
        channel.sender().close();
        assertEquals(0, channel.receiver().senderStrongCount());
        assertEquals(0, channel.receiver().senderWeakCount());
    }

    @Test
    void a_closed_weak_sender_is_of_no_use() {
        var weak = Mpsc.<Integer>unbounded().sender().downgrade();
        weak.close();
        assertThrows(IllegalStateException.class, weak::upgrade);
        assertThrows(IllegalStateException.class, weak::share);
    }
}
