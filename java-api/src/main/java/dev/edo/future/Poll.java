package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * What one poll of a {@link Future} found: its value, or that it must wait.
 *
 * <pre>{@code
 * switch (future.poll(cx)) {
 *     case Poll.Ready(var value) -> use(value);
 *     case Poll.Pending<?> p -> { return Poll.pending(); }
 * }
 * }</pre>
 *
 * @param <T> the type of the value
 * @see <a href="https://doc.rust-lang.org/std/task/enum.Poll.html">std::task::Poll</a>
 */
public sealed interface Poll<T extends @Nullable Object> permits Poll.Ready, Poll.Pending {
    /**
     * The future completed.
     *
     * @param value its value; {@code null} where the future's type is {@code Void}
     * @param <T> the type of the value
     */
    record Ready<T extends @Nullable Object>(T value) implements Poll<T> {
        static final Ready<@Nullable Object> NULL = new Ready<>(null);
    }

    /**
     * The future is waiting and has registered the waker of the context it was polled with.
     *
     * @param <T> the type of the value that is not there yet
     */
    final class Pending<T extends @Nullable Object> implements Poll<T> {
        static final Pending<?> INSTANCE = new Pending<>();

        private Pending() {}

        @Override
        public String toString() {
            return "Pending";
        }
    }

    /** {@return whether the value is there} */
    default boolean isReady() {
        return this instanceof Ready;
    }

    /**
     * A completed poll.
     *
     * @param value the value
     * @param <T> the type of the value
     * @return a poll that holds the value
     */
    static <T extends @Nullable Object> Poll<T> ready(T value) {
        return value == null ? ready() : new Ready<>(value);
    }

    /**
     * A completed poll without a value; allocates nothing.
     *
     * @param <T> usually {@code Void}
     * @return a poll that holds {@code null}
     */
    @SuppressWarnings("unchecked") // the one instance holds null, which is of every type
    static <T extends @Nullable Object> Poll<T> ready() {
        return (Poll<T>) Ready.NULL;
    }

    /**
     * The poll that says <em>not yet</em>; allocates nothing.
     *
     * @param <T> any type
     * @return the pending poll
     */
    @SuppressWarnings("unchecked") // it holds no value
    static <T extends @Nullable Object> Poll<T> pending() {
        return (Poll<T>) Pending.INSTANCE;
    }
}
