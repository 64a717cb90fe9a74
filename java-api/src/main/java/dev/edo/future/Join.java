package dev.edo.future;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for several futures together, all on the calling task.
 *
 * <pre>{@code
 * var both = Join.of(users.load(id), orders.load(id)).await();
 * render(both.first(), both.second());
 * }</pre>
 *
 * <p>Each future is polled until it has ended, from a different one on each time, so that one that
 * uses up the task's budget does not starve the rest. They differ in what a failure does:
 *
 * <ul>
 *   <li>{@code of} and {@code all} wait until every future has ended. Then they throw the first failure, with
 *       the later ones {@linkplain Throwable#getSuppressed() suppressed} in it.
 *   <li>{@code tryOf} and {@code tryAll} cancel the other futures at the first failure and throw it.
 * </ul>
 *
 * <p><em>Cancel safety:</em> cancels the futures that have not ended; the values and failures of
 * those that have are lost.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/macro.join.html">tokio::join</a>
 * @see <a href="https://docs.rs/tokio/latest/tokio/macro.try_join.html">tokio::try_join</a>
 */
public final class Join {
    private Join() {}

    /**
     * Waits for all of two futures; a failure is thrown when all have ended.
     *
     * @param first the first future
     * @param second the second future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <A extends @Nullable Object, B extends @Nullable Object> JoinFuture<Joined2<A, B>> of(
            Future<? extends A> first, Future<? extends B> second) {
        return joined2(JoinFuture.Failing.AT_THE_END, first, second);
    }

    /**
     * Waits for all of three futures; a failure is thrown when all have ended.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object>
            JoinFuture<Joined3<A, B, C>> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third) {
        return joined3(JoinFuture.Failing.AT_THE_END, first, second, third);
    }

    /**
     * Waits for all of four futures; a failure is thrown when all have ended.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            JoinFuture<Joined4<A, B, C, D>> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth) {
        return joined4(JoinFuture.Failing.AT_THE_END, first, second, third, fourth);
    }

    /**
     * Waits for all of five futures; a failure is thrown when all have ended.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            JoinFuture<Joined5<A, B, C, D, E>> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth) {
        return joined5(JoinFuture.Failing.AT_THE_END, first, second, third, fourth, fifth);
    }

    /**
     * Waits for all of six futures; a failure is thrown when all have ended.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param sixth the sixth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @param <F> the type of the sixth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            JoinFuture<Joined6<A, B, C, D, E, F>> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth,
                    Future<? extends F> sixth) {
        return joined6(JoinFuture.Failing.AT_THE_END, first, second, third, fourth, fifth, sixth);
    }

    /**
     * Waits for all of two futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <A extends @Nullable Object, B extends @Nullable Object> JoinFuture<Joined2<A, B>> tryOf(
            Future<? extends A> first, Future<? extends B> second) {
        return joined2(JoinFuture.Failing.AT_ONCE, first, second);
    }

    /**
     * Waits for all of three futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object>
            JoinFuture<Joined3<A, B, C>> tryOf(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third) {
        return joined3(JoinFuture.Failing.AT_ONCE, first, second, third);
    }

    /**
     * Waits for all of four futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            JoinFuture<Joined4<A, B, C, D>> tryOf(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth) {
        return joined4(JoinFuture.Failing.AT_ONCE, first, second, third, fourth);
    }

    /**
     * Waits for all of five futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            JoinFuture<Joined5<A, B, C, D, E>> tryOf(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth) {
        return joined5(JoinFuture.Failing.AT_ONCE, first, second, third, fourth, fifth);
    }

    /**
     * Waits for all of six futures, or for the first failure, which cancels the others.
     *
     * @param first the first future
     * @param second the second future
     * @param third the third future
     * @param fourth the fourth future
     * @param fifth the fifth future
     * @param sixth the sixth future
     * @param <A> the type of the first future's value
     * @param <B> the type of the second future's value
     * @param <C> the type of the third future's value
     * @param <D> the type of the fourth future's value
     * @param <E> the type of the fifth future's value
     * @param <F> the type of the sixth future's value
     * @return completes with all the values
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            JoinFuture<Joined6<A, B, C, D, E, F>> tryOf(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth,
                    Future<? extends F> sixth) {
        return joined6(JoinFuture.Failing.AT_ONCE, first, second, third, fourth, fifth, sixth);
    }

    /**
     * Waits for all of any number of futures; a failure is thrown when all have ended. Of many, a
     * poll polls only those that were woken.
     *
     * @param futures the futures; may be none
     * @param <T> the type of their values
     * @return completes with all the values, in the order of the futures; the list cannot be
     *     changed
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> JoinFuture<List<T>> all(
            List<? extends Future<? extends T>> futures) {
        return list(JoinFuture.Failing.AT_THE_END, futures);
    }

    /**
     * Waits for all of any number of futures, or for the first failure, which cancels the others.
     * Of many, a poll polls only those that were woken.
     *
     * @param futures the futures; may be none
     * @param <T> the type of their values
     * @return completes with all the values, in the order of the futures; the list cannot be
     *     changed
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> JoinFuture<List<T>> tryAll(
            List<? extends Future<? extends T>> futures) {
        return list(JoinFuture.Failing.AT_ONCE, futures);
    }

    @SuppressWarnings("unchecked") // each value comes from the future of that index
    private static <A extends @Nullable Object, B extends @Nullable Object>
            JoinFuture<Joined2<A, B>> joined2(JoinFuture.Failing failing, Future<?>... futures) {
        return new JoinFuture<>(failing, v -> new Joined2<>((A) v[0], (B) v[1]), futures);
    }

    @SuppressWarnings("unchecked") // each value comes from the future of that index
    private static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object>
            JoinFuture<Joined3<A, B, C>> joined3(JoinFuture.Failing failing, Future<?>... futures) {
        return new JoinFuture<>(failing, v -> new Joined3<>((A) v[0], (B) v[1], (C) v[2]), futures);
    }

    @SuppressWarnings("unchecked") // each value comes from the future of that index
    private static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            JoinFuture<Joined4<A, B, C, D>> joined4(JoinFuture.Failing failing, Future<?>... futures) {
        return new JoinFuture<>(failing, v -> new Joined4<>((A) v[0], (B) v[1], (C) v[2], (D) v[3]), futures);
    }

    @SuppressWarnings("unchecked") // each value comes from the future of that index
    private static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            JoinFuture<Joined5<A, B, C, D, E>> joined5(JoinFuture.Failing failing, Future<?>... futures) {
        return new JoinFuture<>(
                failing,
                v -> new Joined5<>((A) v[0], (B) v[1], (C) v[2], (D) v[3], (E) v[4]),
                futures);
    }

    @SuppressWarnings("unchecked") // each value comes from the future of that index
    private static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            JoinFuture<Joined6<A, B, C, D, E, F>> joined6(JoinFuture.Failing failing, Future<?>... futures) {
        return new JoinFuture<>(
                failing,
                v -> new Joined6<>((A) v[0], (B) v[1], (C) v[2], (D) v[3], (E) v[4], (F) v[5]),
                futures);
    }

    @SuppressWarnings("unchecked") // each value comes from one of the futures
    private static <T extends @Nullable Object> JoinFuture<List<T>> list(
            JoinFuture.Failing failing, List<? extends Future<? extends T>> futures) {
        return new JoinFuture<>(
                failing,
                v -> Collections.unmodifiableList((List<T>) Arrays.asList(v)),
                futures.toArray(Future<?>[]::new));
    }
}
