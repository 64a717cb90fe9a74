package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link BroadcastReceiver} received. A receiver that was too slow is told so, once for each
 * time, and cannot overlook it:
 *
 * <pre>{@code
 * while (true) {
 *     switch (receiver.recv().await()) {
 *         case BroadcastRecv.Received<Event>(var event) -> show(event);
 *         case BroadcastRecv.Lagged<Event>(long skipped) -> reload(skipped);
 *         case BroadcastRecv.Closed<Event> _ -> {
 *             return;
 *         }
 *     }
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/error/enum.RecvError.html">broadcast::error::RecvError</a>
 */
public sealed interface BroadcastRecv<T extends @Nullable Object> extends BroadcastTryRecv<T> {
    /**
     * The next message.
     *
     * @param message the message, the same object for all receivers
     * @param <T> its type
     */
    record Received<T extends @Nullable Object>(T message) implements BroadcastRecv<T> {}

    /**
     * The receiver was too slow: messages were overwritten that it had not received. It goes on
     * with the oldest one that is still there.
     *
     * @param skipped how many, at least 1
     * @param <T> the type of the messages
     */
    record Lagged<T extends @Nullable Object>(long skipped) implements BroadcastRecv<T> {}

    /**
     * All senders were closed, and this receiver has received everything.
     *
     * @param <T> the type of the messages
     */
    record Closed<T extends @Nullable Object>() implements BroadcastRecv<T> {}
}
