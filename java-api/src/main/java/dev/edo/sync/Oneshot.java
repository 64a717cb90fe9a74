package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * Channels for a single value, such as the answer to a request.
 *
 * <pre>{@code
 * record Get(String key, OneshotSender<String> reply) {}
 *
 * String get(String key) throws Exception {
 *     var reply = Oneshot.<String>channel();
 *     requests.send(new Get(key, reply.sender())).await();
 *     return reply.receiver().await();
 * }
 *
 * // the server
 * for (Get get; (get = inbox.recv().await()) != null; ) {
 *     get.reply().send(table.get(get.key()));
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/oneshot/index.html">tokio::sync::oneshot</a>
 */
public final class Oneshot {
    private Oneshot() {}

    /**
     * A channel for one value.
     *
     * @param sender sends it
     * @param receiver waits for it
     * @param <T> the type of the value
     */
    public record Channel<T extends @Nullable Object>(OneshotSender<T> sender, OneshotReceiver<T> receiver) {}

    /**
     * Makes a channel.
     *
     * @param <T> the type of the value; {@code Void} where only the moment matters
     * @return its two ends
     */
    public static <T extends @Nullable Object> Channel<T> channel() {
        var receiver = new OneshotReceiver<T>();
        return new Channel<>(new OneshotSender<>(receiver), receiver);
    }
}
