package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sender for hand-written futures: first poll until there is room, then send without waiting.
 * Belongs to one task.
 *
 * <pre>{@code
 * // in a poll
 * while (true) {
 *     if (!out.pollReserve(cx).isReady()) {
 *         return Poll.pending();
 *     }
 *     if (!(in.pollRecv(cx) instanceof Poll.Ready<Row>(var row))) {
 *         out.abortSend(); // or keep the room for the next poll
 *         return Poll.pending();
 *     }
 *     if (row == null) {
 *         out.close();
 *         return Poll.ready();
 *     }
 *     out.sendItem(row);
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/sync/struct.PollSender.html">tokio_util::sync::PollSender</a>
 */
public final class PollSender<T> implements AutoCloseable {
    private @Nullable MpscSender<T> sender;
    private @Nullable MpscSendFuture<MpscPermit<T>> acquiring;
    private @Nullable MpscPermit<T> permit;

    /**
     * Takes over a sender, which is closed by this.
     *
     * @param sender an open one that nobody else closes; {@link MpscSender#share()} makes one
     */
    public PollSender(MpscSender<T> sender) {
        this.sender = Objects.requireNonNull(sender, "sender");
    }

    /**
     * Waits for room for one message. Once ready it stays so, also after {@link #close()}, until
     * {@link #sendItem} or {@link #abortSend()}.
     *
     * @param cx whom to wake, and the budget
     * @return ready when {@link #sendItem} may be called
     * @throws MpscSendError when the receiver was closed, or this was
     */
    public Poll<@Nullable Void> pollReserve(Context cx) throws MpscSendError {
        if (permit != null) {
            return Poll.ready();
        }
        var waiting = acquiring;
        if (waiting == null) {
            waiting = requireOpen().reserve();
            acquiring = waiting;
        }
        Poll<MpscPermit<T>> poll;
        try {
            poll = waiting.poll(cx);
        } catch (MpscSendError e) {
            acquiring = null;
            close();
            throw e;
        }
        if (poll instanceof Poll.Ready<MpscPermit<T>>(var granted)) {
            acquiring = null;
            permit = granted;
            return Poll.ready();
        }
        return Poll.pending();
    }

    private MpscSender<T> requireOpen() throws MpscSendError {
        var open = sender;
        if (open == null) {
            throw new MpscSendError("this PollSender was closed, or its receiver was; stop sending");
        }
        return open;
    }

    /**
     * Sends into the room that was reserved. Never waits.
     *
     * @param message what
     * @throws MpscSendError when nothing was reserved and this, or the receiver, was closed
     * @throws IllegalStateException when nothing was reserved: poll {@link #pollReserve} until it
     *     is ready
     */
    public void sendItem(T message) throws MpscSendError {
        Objects.requireNonNull(message, "message");
        var granted = permit;
        if (granted == null) {
            requireOpen();
            throw new IllegalStateException(
                    "no room was reserved; call sendItem only after pollReserve was ready, once each time");
        }
        permit = null;
        granted.send(message);
    }

    /**
     * Gives up waiting for room, or the room that was reserved.
     *
     * @return whether there was one or the other
     */
    public boolean abortSend() {
        var waiting = acquiring;
        var granted = permit;
        acquiring = null;
        permit = null;
        if (waiting != null) {
            waiting.cancel();
        }
        if (granted != null) {
            granted.close();
        }
        return waiting != null || granted != null;
    }

    /** {@return whether this was closed, or found that the receiver was} */
    public boolean isClosed() {
        return sender == null;
    }

    /** {@return the sender that this sends by, or null when closed} */
    public @Nullable MpscSender<T> sender() {
        return sender;
    }

    /**
     * Closes the sender and gives up waiting. Room that was reserved stays, for a last
     * {@link #sendItem}; who does not want that calls {@link #abortSend()}. Idempotent.
     */
    @Override
    public void close() {
        var waiting = acquiring;
        if (waiting != null) {
            acquiring = null;
            waiting.cancel();
        }
        var open = sender;
        if (open != null) {
            sender = null;
            open.close();
        }
    }

    @Override
    public String toString() {
        return "PollSender[" + (sender == null ? "closed" : permit != null ? "reserved" : "open") + "]";
    }
}
