package dev.edo.future;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for whichever of several futures completes first, and cancels the others.
 *
 * <pre>{@code
 * switch (Select.of(queue.receive(), shutdown.notified()).await()) {
 *     case Selected2.First(var job) -> work(job);
 *     case Selected2.Second(var none) -> stop();
 * }
 * }</pre>
 *
 * <p>Each poll begins at a random branch, so that none is starved by one that is always ready;
 * where the order matters, {@code Select.of(a, b).biased()} polls in the order given. A branch that
 * fails ends the select too: the others are cancelled, and what it threw is thrown. The losers have
 * been cancelled when the winner's value is returned; what their {@code cancel()} throws is thrown
 * after all were cancelled.
 *
 * <p>Branches may be left out: by {@link #when} before the select begins, by {@link #matching} because
 * of their values. Where none is left, the select completes with the value of {@code orElse}. A future
 * that is to survive a lost select, because it is a branch of the next one too, is wrapped by
 * {@link #keep}:
 *
 * <pre>{@code
 * var deadline = Edo.sleep(Duration.ofSeconds(10));
 * while (true) {
 *     switch (Select.of(Select.when(!full(), queue.receive()), Select.keep(deadline)).await()) {
 *         case Selected2.First(var job) -> add(job);
 *         case Selected2.Second(var none) -> { return; }
 *     }
 * }
 * }</pre>
 *
 * <p><em>Cancel safety:</em> a loser is cancelled like any other future: use branches that are
 * cancel safe where the loser's work must not be lost, above all in a loop.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/macro.select.html">tokio::select</a>
 */
public final class Select {
    private Select() {}

    /**
     * A branch with a condition: a select leaves it out, and cancels it, where the condition does not hold.
     *
     * @param condition whether the branch is wanted
     * @param branch the branch
     * @param <T> the type of its value
     * @return the branch, or one that is left out and never completes
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> when(boolean condition, Future<T> branch) {
        if (condition) {
            return branch;
        }
        branch.cancel();
        return disabled();
    }

    /**
     * A branch with a condition, which is not even made where the condition does not hold.
     *
     * @param condition whether the branch is wanted
     * @param branch makes the branch
     * @param <T> the type of its value
     * @return the branch, or one that is left out and never completes
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> when(
            boolean condition, Supplier<? extends Future<T>> branch) {
        return condition ? branch.get() : disabled();
    }

    /**
     * A branch that wins only with a value that matches. Another value is dropped, and the branch left out
     * from then on. One that {@link #when} has left out stays so.
     *
     * @param branch the branch
     * @param predicate which values win
     * @param <T> the type of its value
     * @return completes with a value that matches, or never
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> matching(
            Future<T> branch, Predicate<? super T> predicate) {
        var matching = new MatchingFuture<>(branch, predicate);
        Future<?> given = branch;
        return given == DisabledFuture.INSTANCE ? branch : matching;
    }

    /**
     * A branch that is not cancelled when it loses, so that the future may be a branch again. Its owner
     * cancels it in the end. One that {@link #when} has left out stays so.
     *
     * <p><em>Cancel safety:</em> cancelling does not reach the future.
     *
     * @param future the future
     * @param <T> the type of its value
     * @return the future, kept; a new one for each select
     * @see <a href="https://docs.rs/tokio/latest/tokio/macro.pin.html">tokio::pin, which serves this end</a>
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> keep(Future<T> future) {
        var kept = new KeptFuture<>(future);
        Future<?> given = future;
        return given == DisabledFuture.INSTANCE ? future : kept;
    }

    @SuppressWarnings("unchecked") // it has no value
    private static <T extends @Nullable Object> Future<T> disabled() {
        return (Future<T>) (Future<?>) DisabledFuture.INSTANCE;
    }

    /**
     * Waits for the first of two futures.
     *
     * @param first the first branch
     * @param second the second branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @return completes with the branch that won; the others are cancelled then
     */
    @CheckReturnValue
    public static <A extends @Nullable Object, B extends @Nullable Object> Select2<A, B> of(
            Future<? extends A> first, Future<? extends B> second) {
        return new Select2<>(first, second);
    }

    /**
     * Waits for the first of three futures.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @return completes with the branch that won; the others are cancelled then
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object>
            Select3<A, B, C> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third) {
        return new Select3<>(first, second, third);
    }

    /**
     * Waits for the first of four futures.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param fourth the fourth branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @return completes with the branch that won; the others are cancelled then
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Select4<A, B, C, D> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth) {
        return new Select4<>(first, second, third, fourth);
    }

    /**
     * Waits for the first of five futures.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param fourth the fourth branch
     * @param fifth the fifth branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     * @return completes with the branch that won; the others are cancelled then
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Select5<A, B, C, D, E> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth) {
        return new Select5<>(first, second, third, fourth, fifth);
    }

    /**
     * Waits for the first of six futures.
     *
     * @param first the first branch
     * @param second the second branch
     * @param third the third branch
     * @param fourth the fourth branch
     * @param fifth the fifth branch
     * @param sixth the sixth branch
     * @param <A> the type of the first branch's value
     * @param <B> the type of the second branch's value
     * @param <C> the type of the third branch's value
     * @param <D> the type of the fourth branch's value
     * @param <E> the type of the fifth branch's value
     * @param <F> the type of the sixth branch's value
     * @return completes with the branch that won; the others are cancelled then
     */
    @CheckReturnValue
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Select6<A, B, C, D, E, F> of(
                    Future<? extends A> first,
                    Future<? extends B> second,
                    Future<? extends C> third,
                    Future<? extends D> fourth,
                    Future<? extends E> fifth,
                    Future<? extends F> sixth) {
        return new Select6<>(first, second, third, fourth, fifth, sixth);
    }

    /**
     * Waits for the first of any number of futures. Of many, a poll polls only those
     * that were woken.
     *
     * @param branches the futures; at least one
     * @param <T> the type of their values
     * @return completes with the value and the index of the branch that won; the others are
     *     cancelled then
     * @throws IllegalArgumentException when the list is empty, since nothing could ever complete
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> SelectList<T> any(
            List<? extends Future<? extends T>> branches) {
        return new SelectList<>(branches);
    }
}
