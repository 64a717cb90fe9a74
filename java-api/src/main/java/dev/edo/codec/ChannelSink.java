package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.sync.MpscPermit;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.MpscSendFuture;
import dev.edo.sync.MpscSender;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends items into a bounded channel. An item that was taken is in the channel, so that there is
 * nothing to flush.
 *
 * <p>Algorithm: a poll for room takes out what the last one left and puts it back with its own waker.
 * Who gives a wait up takes it out only where the waker is still its own, so that it may do so on
 * another thread while the next one polls.
 *
 * <p>Origin: the {@code Sink} of tokio-util's {@code sync/mpsc.rs}. It departs where the sink is
 * closed, or a feed cancelled, with room reserved: that room is given back, for in Java nobody drops
 * the sink.
 *
 * @param <T> the type of the items
 */
final class ChannelSink<T> implements Sink<T> {
    /** The one field that two threads may use at once: exchange, by who polls; CAS to null, by who gives up. */
    private final AtomicReference<@Nullable Waiting<T>> waiting = new AtomicReference<>();

    /** Null when this was closed, or found that the receiver was. */
    private @Nullable MpscSender<T> sender;

    private @Nullable MpscPermit<T> permit;

    /**
     * What a poll that is pending leaves.
     *
     * @param room has the place in the queue
     * @param waker of the poll
     */
    private record Waiting<T>(MpscSendFuture<MpscPermit<T>> room, Waker waker) {}

    ChannelSink(MpscSender<T> sender) {
        this.sender = Objects.requireNonNull(sender, "sender");
    }

    @Override
    public boolean pollReady(Context cx) throws IOException {
        if (permit != null) {
            return true;
        }
        var before = waiting.getAndSet(null);
        var room = before == null ? open().reserve() : before.room();
        Poll<MpscPermit<T>> poll;
        try {
            poll = room.poll(cx);
        } catch (MpscSendError e) {
            closeSender();
            throw new IOException(e.getMessage(), e);
        }
        if (poll instanceof Poll.Ready<MpscPermit<T>>(var granted)) {
            permit = granted;
            return true;
        }
        waiting.set(new Waiting<>(room, cx.waker()));
        return false;
    }

    private MpscSender<T> open() throws IOException {
        var open = sender;
        if (open == null) {
            throw new IOException("this sink was closed, or its channel's receiver was; stop sending");
        }
        return open;
    }

    private void closeSender() {
        var open = sender;
        sender = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void startSend(T item) throws IOException {
        Objects.requireNonNull(item, "item");
        var granted = permit;
        if (granted == null) {
            MpscSender<T> unused = open();
            throw new IllegalStateException(
                    "no room was asked for; call startSend only after pollReady said yes, once each time");
        }
        permit = null;
        granted.send(item);
    }

    @Override
    public boolean pollFlush(Context cx) {
        return true;
    }

    @Override
    public boolean pollClose(Context cx) {
        var last = waiting.getAndSet(null);
        if (last != null) {
            last.room().cancel();
        }
        var granted = permit;
        permit = null;
        if (granted != null) {
            granted.close();
        }
        closeSender();
        return true;
    }

    @Override
    public void cancelSend(Waker waker) {
        var last = waiting.get();
        if (last != null && last.waker() == waker && waiting.compareAndSet(last, null)) {
            last.room().cancel();
        }
    }

    @Override
    public String toString() {
        var open = sender;
        return "ChannelSink[" + (open == null ? "closed" : open.toString()) + "]";
    }
}
