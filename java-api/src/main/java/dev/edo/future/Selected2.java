package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Which branch of a {@link Select2} completed first, and its value.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 */
public sealed interface Selected2<A extends @Nullable Object, B extends @Nullable Object> {
    /**
     * The first branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     */
    record First<A extends @Nullable Object, B extends @Nullable Object>(A value)
            implements Selected2<A, B> {}

    /**
     * The second branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     */
    record Second<A extends @Nullable Object, B extends @Nullable Object>(B value)
            implements Selected2<A, B> {}
}
