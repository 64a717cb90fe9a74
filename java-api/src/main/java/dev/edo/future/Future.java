package dev.edo.future;

import dev.edo.runtime.Handle;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that will be there later, computed by being polled.
 *
 * <p>A future is lazy: it does nothing until it is polled, awaited or spawned, and it is used once. Who
 * gives up on a future before it completed calls {@link #cancel()}; after that, or after it completed, it
 * is not polled again (a future says so with an {@link IllegalStateException}).
 *
 * <pre>{@code
 * Future<Integer> words = fetch(url).map(Words::count).timeout(Duration.ofSeconds(2));
 * int count = words.await(); // in direct style; Edo.spawn(words) makes a stackless task of it instead
 * }</pre>
 *
 * <p>A hand-written future is a small state machine. It must not block, and before it returns
 * {@link Poll#pending()} the waker of <em>this</em> poll's context must be registered wherever the
 * wake-up will come from.
 *
 * @param <T> the type of the value
 * @see <a href="https://doc.rust-lang.org/std/future/trait.Future.html">std::future::Future</a>
 */
@FunctionalInterface
public interface Future<T extends @Nullable Object> {
    /**
     * Goes on as far as is possible without waiting.
     *
     * @param cx whom to wake, and the budget
     * @return the value, or pending when the context's waker has been registered
     * @throws Exception what the computation failed with; the future is then complete
     */
    @CheckReturnValue
    Poll<T> poll(Context cx) throws Exception;

    /**
     * Gives up: releases waiters, timers and permits. Does nothing when the future is complete or was
     * cancelled before. Called by the thread that would poll, never during a poll.
     */
    default void cancel() {}

    /**
     * Waits for the value. A task in direct style parks; so does any other thread. Inside
     * {@code blockOn} of a current-thread runtime it runs the scheduler meanwhile.
     *
     * <p><em>Interruption:</em> when the thread is interrupted or its task aborted, the future is cancelled.
     *
     * @return the value
     * @throws java.util.concurrent.CancellationException when interrupted or aborted
     * @throws IllegalStateException in the poll of a stackless task, whose worker must not be blocked; inside
     *     {@code blockOn} of a current-thread runtime once that has been shut down
     * @throws Exception what the computation failed with
     */
    default T await() throws Exception {
        return Await.await(this);
    }

    /**
     * Applies a function to the value.
     *
     * <p><em>Cancel safety:</em> as this future's.
     *
     * @param mapper runs in the poll that completes this future; must not block in stackless tasks
     * @param <R> the type of the result
     * @return the future of the result
     */
    @CheckReturnValue
    default <R extends @Nullable Object> Future<R> map(Function<? super T, ? extends R> mapper) {
        return new MapFuture<>(this, mapper);
    }

    /**
     * Goes on with a second future made from the first one's value.
     *
     * <p><em>Cancel safety:</em> cancels whichever of the two is running; the first one's value is lost when
     * the second is cancelled.
     *
     * @param next makes the second future
     * @param <R> the type of the second future's value
     * @return the future of the second value
     */
    @CheckReturnValue
    default <R extends @Nullable Object> Future<R> then(
            Function<? super T, ? extends Future<? extends R>> next) {
        return new ThenFuture<>(this, next);
    }

    /**
     * Limits the wait: the result fails with {@link dev.edo.time.Elapsed} when this future has not completed
     * in time, and cancels it.
     *
     * <p><em>Cancel safety:</em> as this future's.
     *
     * @param limit how long to wait at most, from this call on
     * @return this future with a limit
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    default Future<T> timeout(Duration limit) {
        return dev.edo.time.Timeout.of(limit, this);
    }

    /**
     * Bridges to code that expects a {@link CompletableFuture}: spawns this future as a task on the
     * current runtime. Whatever else completes the result (its {@code cancel}, its {@code orTimeout})
     * aborts the task.
     *
     * <p><em>Blocking:</em> functions attached to the result without an executor may run on a worker and must
     * not block there.
     *
     * @return completes as this future does; is cancelled when the runtime shuts down before
     * @throws IllegalStateException outside a runtime
     */
    default CompletableFuture<T> toCompletableFuture() {
        return CompletingFuture.spawn(this, Handle.current());
    }

    /**
     * A future that has its value already.
     *
     * @param value the value
     * @param <T> its type
     * @return completes at the first poll
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Future<T> ready(T value) {
        return new ReadyFuture<>(value);
    }

    /**
     * A future that has failed already.
     *
     * @param failure what the first poll throws; a {@link Throwable} that is neither an exception nor
     *     an error comes wrapped in a {@link java.util.concurrent.CompletionException}
     * @param <T> the type of the value that never comes
     * @return fails at the first poll
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Future<T> failed(Throwable failure) {
        return new FailedFuture<>(failure);
    }

    /**
     * A future that never completes, such as a branch of a {@link Select} that is not wanted.
     *
     * @param <T> the type of the value that never comes
     * @return a future to be cancelled; allocates nothing, and may be used many times
     */
    @SuppressWarnings("unchecked") // it has no value
    @CheckReturnValue
    static <T extends @Nullable Object> Future<T> pending() {
        return (Future<T>) PendingFuture.INSTANCE;
    }

    /**
     * A future from its poll function. Unlike the bare lambda expression it knows when it has ended: it then
     * rejects polls, and ignores {@code cancel()}.
     *
     * <p><em>Cancel safety:</em> that of the function, which is not called again.
     *
     * @param poll the function; keeps the contract of {@link #poll}
     * @param <T> the type of the value
     * @return a single-use future
     * @see <a href="https://doc.rust-lang.org/std/future/fn.poll_fn.html">std::future::poll_fn</a>
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Future<T> of(Future<T> poll) {
        return new OnceFuture<>(poll);
    }

    /**
     * A future that computes its value at the first poll.
     *
     * @param body runs in that poll; must not block in stackless tasks
     * @param <T> the type of the value
     * @return completes at the first poll with what the body returns or throws
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Future<T> lazy(Callable<? extends T> body) {
        return new LazyFuture<>(body);
    }

    /**
     * Bridges from {@link CompletableFuture} and its kin. A failure comes without the
     * {@link java.util.concurrent.CompletionException} that such stages wrap around it.
     *
     * <p><em>Cancel safety:</em> {@code cancel()} cancels the stage, also for its other users; hand over a
     * {@link CompletableFuture#copy()} where that is not wanted.
     *
     * @param stage what to wait for
     * @param <T> the type of the value
     * @return completes as the stage does; fails with {@link java.util.concurrent.CancellationException} when
     *     the stage was cancelled
     */
    @CheckReturnValue
    static <T extends @Nullable Object> Future<T> from(CompletionStage<T> stage) {
        return new StageFuture<>(stage);
    }
}
