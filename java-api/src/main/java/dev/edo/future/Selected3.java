package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Which branch of a {@link Select3} completed first, and its value.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 * @param <C> the type of the third branch's value
 */
public sealed interface Selected3<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object> {
    /**
     * The first branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     */
    record First<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object>(A value)
            implements Selected3<A, B, C> {}

    /**
     * The second branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     */
    record Second<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object>(B value)
            implements Selected3<A, B, C> {}

    /**
     * The third branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     */
    record Third<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object>(C value)
            implements Selected3<A, B, C> {}
}
