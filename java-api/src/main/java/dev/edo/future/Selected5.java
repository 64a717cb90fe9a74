package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Which branch of a {@link Select5} completed first, and its value.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 * @param <C> the type of the third branch's value
 * @param <D> the type of the fourth branch's value
 * @param <E> the type of the fifth branch's value
 */
public sealed interface Selected5<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        E extends @Nullable Object> {
    /**
     * The first branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     */
    record First<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object>(A value)
            implements Selected5<A, B, C, D, E> {}

    /**
     * The second branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     */
    record Second<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object>(B value)
            implements Selected5<A, B, C, D, E> {}

    /**
     * The third branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     */
    record Third<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object>(C value)
            implements Selected5<A, B, C, D, E> {}

    /**
     * The fourth branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     */
    record Fourth<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object>(D value)
            implements Selected5<A, B, C, D, E> {}

    /**
     * The fifth branch won.
     *
     * @param value its value
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     */
    record Fifth<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object>(E value)
            implements Selected5<A, B, C, D, E> {}
}
