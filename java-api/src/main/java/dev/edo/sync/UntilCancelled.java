package dev.edo.sync;

import org.jspecify.annotations.Nullable;

/**
 * How {@link CancellationToken#runUntilCancelled} ended.
 *
 * <pre>{@code
 * switch (token.runUntilCancelled(future).await()) {
 *     case UntilCancelled.Completed<Reply>(var reply) -> send(reply);
 *     case UntilCancelled.Cancelled<Reply> _ -> sayGoodbye();
 * }
 * }</pre>
 *
 * @param <T> the type of the future's value
 */
public sealed interface UntilCancelled<T extends @Nullable Object> {
    /**
     * The future completed.
     *
     * @param value its value
     * @param <T> the type of the value
     */
    record Completed<T extends @Nullable Object>(T value) implements UntilCancelled<T> {}

    /**
     * The token was cancelled first, and so was the future.
     *
     * @param <T> the type of the value that does not come
     */
    record Cancelled<T extends @Nullable Object>() implements UntilCancelled<T> {}

    /** {@return whether the token was cancelled before the future completed} */
    default boolean isCancelled() {
        return this instanceof Cancelled;
    }
}
