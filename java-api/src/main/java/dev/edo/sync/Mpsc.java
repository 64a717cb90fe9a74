package dev.edo.sync;

/**
 * Channels with many senders and one receiver: a queue that tasks of both styles, and threads, may
 * wait at.
 *
 * <p>A channel ends from either side. When all senders are closed, the receiver gets what is left,
 * and then null. When the receiver is closed, senders fail with {@link MpscSendError}. Messages are
 * not null.
 *
 * <pre>{@code
 * var channel = Mpsc.<String>bounded(16);
 * var sender = channel.sender();
 * var receiver = channel.receiver();
 *
 * Edo.spawn(() -> {
 *     try (sender) {
 *         sender.send("hello").await();
 *         sender.send("world").await();
 *     }
 * });
 *
 * for (String word; (word = receiver.recv().await()) != null; ) {
 *     System.out.println(word);
 * }
 * }</pre>
 *
 * <p>A request with an answer is a message that has an {@link OneshotSender}.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/mpsc/index.html">tokio::sync::mpsc</a>
 */
public final class Mpsc {
    private Mpsc() {}

    /**
     * A channel of limited capacity.
     *
     * @param sender its first sender
     * @param receiver its receiver
     * @param <T> the type of the messages
     */
    public record Bounded<T>(MpscSender<T> sender, MpscReceiver<T> receiver) {}

    /**
     * A channel without a limit.
     *
     * @param sender its first sender
     * @param receiver its receiver
     * @param <T> the type of the messages
     */
    public record Unbounded<T>(UnboundedSender<T> sender, MpscReceiver<T> receiver) {}

    /**
     * Makes a channel in which senders wait while there is no room.
     *
     * @param capacity for how many messages there is room, at least 1; memory is used as messages
     *     come
     * @param <T> the type of the messages
     * @return its two ends
     * @throws IllegalArgumentException when the capacity is less than 1
     */
    public static <T> Bounded<T> bounded(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity=" + capacity
                    + " is too small; a bounded channel needs room for at least 1 message");
        }
        var channel = new BoundedChannel<T>(capacity);
        return new Bounded<>(new MpscSender<>(channel), new MpscReceiver<>(channel));
    }

    /**
     * Makes a channel in which senders never wait. Where they can be faster than the receiver for
     * long, memory is the limit.
     *
     * @param <T> the type of the messages
     * @return its two ends
     */
    public static <T> Unbounded<T> unbounded() {
        var channel = new UnboundedChannel<T>();
        return new Unbounded<>(new UnboundedSender<>(channel), new MpscReceiver<>(channel));
    }
}
