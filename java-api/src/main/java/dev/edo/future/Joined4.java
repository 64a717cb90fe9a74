package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * The values of four futures that were awaited together; made by {@link Join}.
 *
 * @param first the first future's value
 * @param second the second future's value
 * @param third the third future's value
 * @param fourth the fourth future's value
 * @param <A> the type of the first future's value
 * @param <B> the type of the second future's value
 * @param <C> the type of the third future's value
 * @param <D> the type of the fourth future's value
 */
public record Joined4<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object>(A first, B second, C third, D fourth) {}
