package dev.edo.time;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future with a limit: fails with {@link Elapsed} when the wrapped one has not completed in time,
 * and cancels that.
 *
 * <pre>{@code
 * try {
 *     var reply = Timeout.of(Duration.ofSeconds(2), request).await();
 * } catch (Elapsed e) {
 *     retry();
 * }
 * }</pre>
 *
 * <p>The wrapped future is polled before the clock is looked at, so what is ready wins even when
 * the deadline has passed; and one that never waits is never timed out.
 *
 * <p>Once elapsed it stays so: polled again it fails with {@link Elapsed} again. Otherwise it is used
 * once, like the future it wraps: polled after it completed or was cancelled, it throws {@link
 * IllegalStateException}.
 *
 * <p><em>Cancel safety:</em> as the wrapped future's.
 *
 * @param <T> the type of the value
 * @see <a href="https://docs.rs/tokio/latest/tokio/time/fn.timeout.html">tokio::time::timeout</a>
 */
public final class Timeout<T extends @Nullable Object> implements Future<T> {
    private final Future<T> future;
    private final Sleep sleep;
    private final @Nullable Duration limit;
    private boolean over;
    private boolean elapsed;

    Timeout(Future<T> future, Sleep sleep, @Nullable Duration limit) {
        this.future = Objects.requireNonNull(future, "future");
        this.sleep = sleep;
        this.limit = limit;
    }

    /**
     * Limits how long a future may take, from this call on.
     *
     * @param limit the longest wait; none or less leaves the future one poll, an absurd one lasts
     *     about 30 years
     * @param future what to wait for; cancelled when the time is over
     * @param <T> the type of its value
     * @return fails with {@link Elapsed} when the time is over
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> of(Duration limit, Future<T> future) {
        return new Timeout<>(future, Sleep.of(limit), limit);
    }

    /**
     * Sets the moment until which a future must complete.
     *
     * @param deadline the end; one that has passed leaves the future one poll
     * @param future what to wait for; cancelled when the time is over
     * @param <T> the type of its value
     * @return fails with {@link Elapsed} when the deadline has passed
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> at(Instant deadline, Future<T> future) {
        return new Timeout<>(future, Sleep.until(deadline), null);
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        if (elapsed) {
            return pollElapsed(cx);
        }
        if (over) {
            throw new IllegalStateException("timeout polled after it completed or was cancelled;"
                    + " make a new one for each wait");
        }
        boolean hadBudget = cx.pollProceed();
        Poll<T> result;
        try {
            result = future.poll(cx);
        } catch (Throwable t) {
            leave(sleep);
            throw t;
        }
        if (result.isReady()) {
            leave(sleep);
            return result;
        }
        try {
            elapsed = pollSleep(cx, hadBudget).isReady();
        } catch (Throwable t) {
            leave(future);
            throw t;
        }
        if (elapsed) {
            leave(future);
            throw failure();
        }
        return Poll.pending();
    }

    private Poll<T> pollElapsed(Context cx) throws Elapsed {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        cx.madeProgress();
        throw failure();
    }

    private Elapsed failure() {
        return limit != null ? new Elapsed(limit) : new Elapsed(sleep.deadline());
    }

    // A future that always uses up the budget must not keep the deadline from being noticed.
    private Poll<@Nullable Void> pollSleep(Context cx, boolean hadBudget) {
        boolean exhaustedByFuture = hadBudget && !cx.pollProceed();
        return sleep.poll(exhaustedByFuture ? Context.of(cx.waker()) : cx);
    }

    private void leave(Future<?> other) {
        over = true;
        other.cancel();
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            try {
                future.cancel();
            } finally {
                sleep.cancel();
            }
        }
    }
}
