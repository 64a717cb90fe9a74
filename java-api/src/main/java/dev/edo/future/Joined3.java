package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * The values of three futures that were awaited together; made by {@link Join}.
 *
 * @param first the first future's value
 * @param second the second future's value
 * @param third the third future's value
 * @param <A> the type of the first future's value
 * @param <B> the type of the second future's value
 * @param <C> the type of the third future's value
 */
public record Joined3<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object>(A first, B second, C third) {}
