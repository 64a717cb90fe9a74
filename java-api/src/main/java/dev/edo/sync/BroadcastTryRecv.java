package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link BroadcastReceiver} found without waiting: one of the cases of
 * {@link BroadcastRecv}, or nothing.
 *
 * <pre>{@code
 * switch (receiver.tryRecv()) {
 *     case BroadcastRecv.Received<Event>(var event) -> show(event);
 *     case BroadcastRecv.Lagged<Event>(long skipped) -> reload(skipped);
 *     case BroadcastRecv.Closed<Event> _ -> finish();
 *     case BroadcastTryRecv.Empty<Event> _ -> doSomethingElse();
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a href="https://docs.rs/tokio/latest/tokio/sync/broadcast/error/enum.TryRecvError.html">broadcast::error::TryRecvError</a>
 */
public sealed interface BroadcastTryRecv<T extends @Nullable Object>
        permits BroadcastRecv, BroadcastTryRecv.Empty {
    /**
     * There is no message that this receiver has not seen; there may be one later.
     *
     * @param <T> the type of the messages
     */
    record Empty<T extends @Nullable Object>() implements BroadcastTryRecv<T> {
        static final Empty<?> INSTANCE = new Empty<>();
    }
}
