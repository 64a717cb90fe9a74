package dev.edo.sync;

import java.util.Objects;

/**
 * Room for one or more messages in a bounded channel, reserved by {@link MpscSender#reserve()}.
 * Sending uses it up without waiting; closing gives back what is left.
 *
 * <p>A permit keeps the channel open as a sender does: the receiver does not see the end before the
 * permit was used up or closed. A message may be sent by it even when the receiver was closed
 * meanwhile; the receiver still gets it if it goes on receiving. Belongs to one task at a time.
 *
 * <pre>{@code
 * try (var permit = sender.reserve().await()) {
 *     var row = cursor.take();  // nothing is taken that could not be sent
 *     permit.send(row);
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.Permit.html">tokio::sync::mpsc::Permit</a>
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.OwnedPermit.html">tokio::sync::mpsc::OwnedPermit</a>
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.PermitIterator.html">tokio::sync::mpsc::PermitIterator</a>
 */
public final class MpscPermit<T> implements AutoCloseable {
    private final BoundedChannel<T> channel;
    private int remaining;

    /** The capacity and a strong count, unless there is no capacity, are this one's. */
    private MpscPermit(BoundedChannel<T> channel, int messages) {
        this.channel = channel;
        this.remaining = messages;
    }

    /** Takes over capacity. */
    static <T> MpscPermit<T> of(BoundedChannel<T> channel, int messages) {
        if (messages != 0 && !channel.retainStrong()) {
            channel.releaseUnused(messages);
            throw new IllegalStateException("all senders of the channel were closed before room for messages="
                    + messages + " was reserved; close a sender after its last use");
        }
        return new MpscPermit<>(channel, messages);
    }

    /**
     * Sends a message into room that was reserved; never waits.
     *
     * @param message what
     * @throws IllegalStateException when the permit is used up or closed
     */
    public void send(T message) {
        Objects.requireNonNull(message, "message");
        if (remaining == 0) {
            throw new IllegalStateException("remaining=0: the permit is used up or closed; reserve another");
        }
        int left = --remaining;
        try {
            channel.send(message);
        } finally {
            if (left == 0) {
                channel.releaseStrong();
            }
        }
    }

    /** {@return how many messages may still be sent} */
    public int remaining() {
        return remaining;
    }

    /**
     * Makes a permit of a part of this one.
     *
     * @param messages how many messages the new permit is for
     * @return the new permit, to be used up or closed
     * @throws IllegalArgumentException when that is negative or more than {@link #remaining()}
     */
    public MpscPermit<T> split(int messages) {
        if (messages < 0 || messages > remaining) {
            throw new IllegalArgumentException("messages=" + messages
                    + " is out of range; split off 0 to remaining=" + remaining);
        }
        int left = remaining - messages;
        if (left != 0 && messages != 0 && !channel.retainStrong()) {
            throw new AssertionError("a permit did not keep its channel open");
        }
        remaining = left;
        return new MpscPermit<>(channel, messages);
    }

    /**
     * Tells whether two permits are for the same channel.
     *
     * @param other another permit
     * @return whether they are, used up or not
     */
    public boolean sameChannel(MpscPermit<?> other) {
        return channel == other.channel;
    }

    /**
     * Tells whether this permit and a sender feed the same receiver.
     *
     * @param sender a sender
     * @return whether they do
     */
    public boolean sameChannel(MpscSender<?> sender) {
        return channel == sender.channel();
    }

    /** Gives back what was not used. Idempotent. */
    @Override
    public void close() {
        int unused = remaining;
        if (unused != 0) {
            remaining = 0;
            try {
                channel.releaseUnused(unused);
            } finally {
                channel.releaseStrong();
            }
        }
    }

    @Override
    public String toString() {
        return "MpscPermit[remaining=" + remaining + "]";
    }
}
