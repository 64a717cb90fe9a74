package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * A channel that keeps only its last value, for many receivers: configuration, state, progress.
 * Each receiver remembers which value it saw last; values that nobody looked at in time are never
 * seen.
 *
 * <p>The value is there from the beginning, and stays after all senders are closed. It is handed
 * out as it is: <em>values are immutable snapshots</em>, and to change one means to send another
 * one. (In Tokio a receiver borrows the value and so stops the sender for as long; here nobody
 * waits for anybody.)
 *
 * <pre>{@code
 * var watch = Watch.channel(Config.DEFAULT);
 * var receiver = watch.receiver();
 * Edo.spawn(() -> {
 *     while (true) {
 *         apply(receiver.borrowAndUpdate());
 *         receiver.changed().await(); // throws WatchRecvError when the sender is closed
 *     }
 * });
 * try (var sender = watch.sender()) {
 *     sender.send(Config.load());
 * }
 * }</pre>
 *
 * @param sender sends values; make more by {@link WatchSender#share}
 * @param receiver sees values; make more by {@link WatchSender#subscribe} or
 *     {@link WatchReceiver#share}
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/watch/index.html">tokio::sync::watch</a>
 */
public record Watch<T extends @Nullable Object>(WatchSender<T> sender, WatchReceiver<T> receiver) {
    /**
     * Makes a channel with one sender and one receiver.
     *
     * @param initial the first value; the receiver counts it as seen
     * @param <T> the type of the value
     * @return both ends
     * @see <a href="https://docs.rs/tokio/latest/tokio/sync/watch/fn.channel.html">tokio::sync::watch::channel</a>
     */
    public static <T extends @Nullable Object> Watch<T> channel(T initial) {
        var sender = sender(initial);
        return new Watch<>(sender, sender.subscribe());
    }

    /**
     * Makes a channel that has no receiver yet.
     *
     * @param initial the first value
     * @param <T> the type of the value
     * @return its sender
     */
    public static <T extends @Nullable Object> WatchSender<T> sender(T initial) {
        return new WatchSender<>(new WatchChannel<>(initial));
    }
}
