package dev.edo.time;

import dev.edo.future.Await;
import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.spi.EdoProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A timer: completes at its deadline, never before.
 *
 * <p>It belongs to the runtime it was made in, and starts to cost something when it is first
 * polled.
 *
 * <p>Unlike other futures it may be polled again after it completed: it stays ready until {@link
 * #reset}, so that a deadline that has passed is one to everybody who asks. Once it was cancelled
 * before it completed, it says so with an {@link IllegalStateException} until {@link #reset}. In a
 * loop around a {@link dev.edo.future.Select}, which cancels the losers, keep it with {@link
 * dev.edo.future.Select#keep}, or make one for each round:
 *
 * <pre>{@code
 * var deadline = Instant.now().plus(Duration.ofSeconds(5));
 * while (Select.of(Sleep.until(deadline), queue.receive()).await()
 *         instanceof Selected2.Second(var job)) {
 *     work(job);
 * }
 * }</pre>
 *
 * <p>Or move one along:
 *
 * <pre>{@code
 * var sleep = Sleep.of(Duration.ofMillis(100));
 * sleep.await();
 * sleep.reset(sleep.deadline().plus(Duration.ofMillis(100)));
 * sleep.await(); // 200 ms after the start, whatever lay between
 * }</pre>
 *
 * <p><em>Cancel safety:</em> nothing is lost; {@link #cancel()} takes it off the wheel.
 *
 * <p><em>Errors:</em> when the runtime has been shut down, polling throws {@link
 * IllegalStateException}.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/time/struct.Sleep.html">tokio::time::Sleep</a>
 */
public interface Sleep extends Future<@Nullable Void> {
    /**
     * A timer for the current runtime.
     *
     * @param duration from now; rounded up; none or less is over at once, an absurd one lasts about
     *     30 years
     * @return the timer
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    static Sleep of(Duration duration) {
        var time = EdoProvider.get().time();
        return time.sleepUntil(time.now().deadlineAfter(duration));
    }

    /**
     * A timer for the current runtime.
     *
     * @param deadline when it completes
     * @return the timer
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    static Sleep until(Instant deadline) {
        return EdoProvider.get().time().sleepUntil(deadline);
    }

    @Override
    Poll<@Nullable Void> poll(Context cx);

    @Override
    default @Nullable Void await() {
        return Await.<@Nullable Void, RuntimeException>await(this);
    }

    /** {@return when it completes} */
    Instant deadline();

    /** {@return whether the deadline has passed and the timer fired} */
    boolean isElapsed();

    /**
     * Moves the deadline, also after it passed or after {@link #cancel()}: the timer can then be
     * awaited again. Who waits already goes on waiting, for the new deadline. Called by the thread
     * that would poll.
     *
     * @param deadline the new one
     */
    void reset(Instant deadline);
}
