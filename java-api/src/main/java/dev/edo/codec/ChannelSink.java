package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.MpscSender;
import dev.edo.sync.PollSender;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends items into a bounded channel. An item that was taken is in the channel, so that there is
 * nothing to flush.
 *
 * <p>Origin: the {@code Sink} of tokio-util's {@code sync/mpsc.rs}. It departs where the sink is
 * closed, or a feed cancelled, with room reserved: that room is given back, for in Java nobody drops
 * the sink.
 *
 * @param <T> the type of the items
 */
final class ChannelSink<T> implements Sink<T> {
    private final PollSender<T> sender;
    private @Nullable Waker registered;

    ChannelSink(MpscSender<T> sender) {
        this.sender = new PollSender<>(sender);
    }

    @Override
    public boolean pollReady(Context cx) throws IOException {
        boolean ready;
        try {
            ready = sender.pollReserve(cx).isReady();
        } catch (MpscSendError e) {
            throw closed(e);
        }
        registered = ready ? null : cx.waker();
        return ready;
    }

    @Override
    public void startSend(T item) throws IOException {
        try {
            sender.sendItem(item);
        } catch (MpscSendError e) {
            throw closed(e);
        }
    }

    private static IOException closed(MpscSendError cause) {
        return new IOException(cause.getMessage(), cause);
    }

    @Override
    public boolean pollFlush(Context cx) {
        return true;
    }

    @Override
    public boolean pollClose(Context cx) {
        registered = null;
        sender.abortSend();
        sender.close();
        return true;
    }

    @Override
    public void cancelSend(Waker waker) {
        if (registered == waker) {
            registered = null;
            sender.abortSend();
        }
    }

    @Override
    public String toString() {
        return "ChannelSink[" + sender + "]";
    }
}
