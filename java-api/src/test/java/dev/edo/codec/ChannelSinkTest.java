package dev.edo.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscSendError;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSinkTest {
    private final Mpsc.Bounded<Integer> channel = Mpsc.bounded(1);
    private final Sink<Integer> sink = Sink.to(channel.sender());
    private final AtomicInteger wakes = new AtomicInteger();
    private final Context cx = Context.of(wakes::incrementAndGet);
    private final AtomicInteger receiverWakes = new AtomicInteger();
    private final Context ofReceiver = Context.of(receiverWakes::incrementAndGet);

    private @Nullable Integer received() {
        var poll = channel.receiver().pollRecv(ofReceiver);
        return assertInstanceOf(Poll.Ready.class, poll).value() instanceof Integer number ? number : null;
    }

    private boolean isReady(Future<?> future) throws Exception {
        return future.poll(cx).isReady();
    }

    @Test
    void flushingDoesNotMakeRoom() throws Exception {
        assertTrue(sink.pollReady(cx));
        sink.startSend(1);
        assertFalse(sink.pollReady(cx));
        assertTrue(sink.pollFlush(cx));
        assertFalse(sink.pollReady(cx));
        assertEquals(0, wakes.get());
        assertEquals(1, received());
        assertEquals(1, wakes.get());
        assertTrue(sink.pollReady(cx));
    }

    @Test
    void closingAfterAnItemEndsTheChannelBehindIt() throws Exception {
        assertFalse(channel.receiver().pollRecv(ofReceiver).isReady());
        assertTrue(isReady(sink.send(1)));
        assertEquals(1, receiverWakes.get());
        assertEquals(1, received());
        assertFalse(channel.receiver().pollRecv(ofReceiver).isReady());
        assertTrue(isReady(sink.feed(2)));
        assertTrue(isReady(sink.close()));
        assertEquals(2, receiverWakes.get());
        assertEquals(2, received());
        assertNull(received());
        assertThrows(IOException.class, () -> sink.pollReady(cx));
    }

    // Room that was reserved holds the channel open: with the sink closed nobody would give it back.
    @Test
    void closingGivesReservedRoomBack() throws Exception {
        assertTrue(sink.pollReady(cx));
        assertEquals(0, channel.receiver().capacity());
        assertTrue(sink.pollClose(cx));
        assertEquals(1, channel.receiver().capacity());
        assertNull(received());
    }

    @Test
    void cancelledFeedTakesNoItemAndLeavesTheQueue() throws Exception {
        assertTrue(isReady(sink.feed(1)));
        var waiting = sink.feed(2);
        assertFalse(isReady(waiting));
        var other = channel.sender().send(3);
        var otherWakes = new AtomicInteger();
        assertFalse(other.poll(Context.of(otherWakes::incrementAndGet)).isReady());
        waiting.cancel();
        assertEquals(1, received());
        assertEquals(0, wakes.get());
        assertEquals(1, otherWakes.get());
        assertTrue(isReady(other));
        assertEquals(3, received());
    }

    @Test
    void staleCancelLeavesTheNewerWaiterAlone() throws Exception {
        assertTrue(isReady(sink.feed(1)));
        var older = Context.of(() -> {});
        assertFalse(sink.pollReady(older));
        assertFalse(sink.pollReady(cx));
        sink.cancelSend(older.waker());
        assertEquals(1, received());
        assertEquals(1, wakes.get());
        assertTrue(sink.pollReady(cx));
    }

    // A task that was aborted gives its feed up late: on another thread, maybe in the middle of the poll of the next.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void feedThatIsGivenUpDuringTheNextPollLeavesThatAlone(int moment) throws Exception {
        assertTrue(isReady(sink.feed(1)));
        var given = sink.feed(2);
        assertFalse(given.poll(Context.of(() -> {})).isReady());
        var next = sink.feed(3);
        var asked = new AtomicInteger();
        Context interrupted = () -> {
            if (asked.getAndIncrement() == moment) {
                given.cancel();
            }
            return cx.waker();
        };
        assertFalse(next.poll(interrupted).isReady());
        assertEquals(1, received());
        assertEquals(1, wakes.get());
        assertTrue(isReady(next));
        assertEquals(3, received());
    }

    @Test
    void closedReceiverFailsTheSinkWithItsReason() throws Exception {
        channel.receiver().close();
        var failure = assertThrows(IOException.class, () -> isReady(sink.send(1)));
        assertInstanceOf(MpscSendError.class, failure.getCause());
        assertTrue(failure.getMessage().contains("receiver was closed"), failure.getMessage());
        assertThrows(IOException.class, () -> sink.startSend(1));
    }

    // The future of a feed may be kept longer than it lasts, for instance in a field of its task.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void feedThatHasEndedHoldsNeitherItemNorTask(boolean cancel) throws Exception {
        var ofObjects = Mpsc.<Object>bounded(1);
        var objects = Sink.to(ofObjects.sender());
        var item = new Object();
        var task = new AtomicInteger();
        var waker = new Waker() {
            @Override
            public void wake() {
                task.incrementAndGet();
            }
        };
        assertEquals(Poll.ready(), objects.feed("first").poll(cx));
        var feed = objects.feed(item);
        assertEquals(Poll.pending(), feed.poll(Context.of(waker)));
        if (cancel) {
            feed.cancel();
        } else {
            assertTrue(ofObjects.receiver().pollRecv(ofReceiver).isReady());
            assertEquals(1, task.get());
            assertEquals(Poll.ready(), feed.poll(Context.of(waker)));
            assertTrue(ofObjects.receiver().pollRecv(ofReceiver).isReady());
        }
        var itemRef = new WeakReference<>(item);
        var wakerRef = new WeakReference<>(waker);
        item = null;
        waker = null;
        for (int i = 0; i < 100 && (itemRef.get() != null || wakerRef.get() != null); i++) {
            System.gc();
        }
        assertNull(itemRef.get());
        assertNull(wakerRef.get());
        Reference.reachabilityFence(feed);
    }
}
