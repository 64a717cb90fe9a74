package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * The values of two futures that were awaited together; made by {@link Join}.
 *
 * @param first the first future's value
 * @param second the second future's value
 * @param <A> the type of the first future's value
 * @param <B> the type of the second future's value
 */
public record Joined2<A extends @Nullable Object, B extends @Nullable Object>(
        A first, B second) {}
