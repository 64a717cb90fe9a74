package dev.edo.task;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.spi.EdoProvider;
import org.jspecify.annotations.Nullable;

/**
 * Cooperation: a task that always finds something to do uses up its budget, and then waits although
 * what it asks for is there, so that others get their turn. Each turn of a task has a budget of 128
 * units, and each thing done by Edo's own futures costs one of them. A task that runs right after the
 * one that woke it, from the worker's LIFO slot, goes on with what that one has left.
 *
 * <p>Code with work of its own takes part:
 *
 * <pre>{@code
 * for (var row : rows) {
 *     sum += evaluate(row);
 *     Coop.consumeBudget().await(); // yields now and then
 * }
 * }</pre>
 *
 * <p>Hand-written leaf futures ask {@link Context#pollProceed()} and tell
 * {@link Context#madeProgress()} instead.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/task/coop/index.html">tokio::task::coop</a>
 */
public final class Coop {
    private Coop() {}

    /**
     * Uses one unit of the budget, after letting others run where none is left.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes at once in most cases
     */
    @CheckReturnValue
    public static Future<@Nullable Void> consumeBudget() {
        return Future.of(cx -> {
            if (!cx.pollProceed()) {
                return Poll.pending();
            }
            cx.madeProgress();
            return Poll.ready();
        });
    }

    /**
     * Exempts a future from the budget: it goes on as long as it finds something to do. It may
     * starve other tasks, and timers and sockets with them.
     *
     * <p><em>Cancel safety:</em> the future's.
     *
     * @param future polled without a budget
     * @param <T> the type of its value
     * @return the future, exempted
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> unconstrained(Future<T> future) {
        return new UnconstrainedFuture<>(future);
    }

    /**
     * Makes a future that knows nothing of budgets cost one unit when it completes, and wait where
     * none is left.
     *
     * <p><em>Cancel safety:</em> the future's.
     *
     * @param future a future of foreign make
     * @param <T> the type of its value
     * @return the future, with a price
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Future<T> cooperative(Future<T> future) {
        return new CooperativeFuture<>(future);
    }

    /**
     * Whether the calling task may still get something done before it should yield. Inside a poll,
     * {@link Context#hasBudgetRemaining()} says the same of any context.
     *
     * @return true outside tasks too, where there is no budget
     */
    public static boolean hasBudgetRemaining() {
        return EdoProvider.get().hasBudgetRemaining();
    }
}
