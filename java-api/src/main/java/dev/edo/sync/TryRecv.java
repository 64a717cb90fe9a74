package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * What a receiver found without waiting.
 *
 * <pre>{@code
 * switch (receiver.tryRecv()) {
 *     case TryRecv.Received<Job>(var job) -> run(job);
 *     case TryRecv.Empty<Job> _ -> doSomethingElse();
 *     case TryRecv.Closed<Job> _ -> finish();
 * }
 * }</pre>
 *
 * @param <T> the type of the messages
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/mpsc/error/enum.TryRecvError.html">mpsc::error::TryRecvError</a>
 */
public sealed interface TryRecv<T extends @Nullable Object>
        permits TryRecv.Received, TryRecv.Empty, TryRecv.Closed {
    /**
     * There was a message.
     *
     * @param message the message
     * @param <T> its type
     */
    record Received<T extends @Nullable Object>(T message) implements TryRecv<T> {}

    /**
     * There is no message now; there may be one later.
     *
     * @param <T> the type of the messages
     */
    final class Empty<T extends @Nullable Object> implements TryRecv<T> {
        static final Empty<?> INSTANCE = new Empty<>();

        private Empty() {}

        @Override
        public String toString() {
            return "Empty";
        }
    }

    /**
     * There is no message, and there will never be one.
     *
     * @param <T> the type of the messages
     */
    final class Closed<T extends @Nullable Object> implements TryRecv<T> {
        static final Closed<?> INSTANCE = new Closed<>();

        private Closed() {}

        @Override
        public String toString() {
            return "Closed";
        }
    }

    /**
     * The message, for callers that treat an empty channel like a closed one.
     *
     * @return the message, or null when there was none
     */
    default @Nullable T orNull() {
        return this instanceof Received<T>(var message) ? message : null;
    }

    /**
     * For channels: no message now.
     *
     * @param <T> the type of the messages
     * @return the one instance
     */
    @SuppressWarnings("unchecked") // it holds no message
    static <T extends @Nullable Object> TryRecv<T> empty() {
        return (TryRecv<T>) Empty.INSTANCE;
    }

    /**
     * For channels: no message ever.
     *
     * @param <T> the type of the messages
     * @return the one instance
     */
    @SuppressWarnings("unchecked") // it holds no message
    static <T extends @Nullable Object> TryRecv<T> closed() {
        return (TryRecv<T>) Closed.INSTANCE;
    }
}
