package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * A channel in which each receiver gets each message that is sent from its subscription on: events,
 * chat, invalidations.
 *
 * <p>The channel keeps so many messages. Sending never waits: the newest message takes the place of
 * the oldest, and a receiver that had not received that one is told how many it has missed
 * ({@link BroadcastRecv.Lagged}). So a slow receiver holds up nobody, and costs no memory. All
 * receivers get the same object: messages should be immutable.
 *
 * <pre>{@code
 * var chat = Broadcast.<String>sender(16);
 * for (var guest : guests) {
 *     var receiver = chat.subscribe();
 *     Edo.spawn(() -> {
 *         while (true) {
 *             switch (receiver.recv().await()) {
 *                 case BroadcastRecv.Received<String>(var line) -> guest.show(line);
 *                 case BroadcastRecv.Lagged<String>(long skipped) -> guest.show(skipped + " lines missed");
 *                 case BroadcastRecv.Closed<String> _ -> {
 *                     return;
 *                 }
 *             }
 *         }
 *     });
 * }
 * chat.send("hello");
 * }</pre>
 *
 * @param sender sends messages; make more by {@link BroadcastSender#share}
 * @param receiver gets messages; make more by {@link BroadcastSender#subscribe}
 * @param <T> the type of the messages
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/index.html">tokio::sync::broadcast</a>
 */
public record Broadcast<T extends @Nullable Object>(
        BroadcastSender<T> sender, BroadcastReceiver<T> receiver) {
    /**
     * Makes a channel with one sender and one receiver.
     *
     * @param capacity how many messages are kept, 1 to 2^30; rounded up to a power of two
     * @param <T> the type of the messages
     * @return both ends
     * @throws IllegalArgumentException when the capacity is out of range
     * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/fn.channel.html">tokio::sync::broadcast::channel</a>
     */
    public static <T extends @Nullable Object> Broadcast<T> channel(int capacity) {
        BroadcastSender<T> sender = sender(capacity);
        return new Broadcast<>(sender, sender.subscribe());
    }

    /**
     * Makes a channel that has no receiver yet.
     *
     * @param capacity how many messages are kept, 1 to 2^30; rounded up to a power of two
     * @param <T> the type of the messages
     * @return its sender
     * @throws IllegalArgumentException when the capacity is out of range
     */
    public static <T extends @Nullable Object> BroadcastSender<T> sender(int capacity) {
        return new BroadcastSender<>(new BroadcastChannel<>(capacity));
    }
}
