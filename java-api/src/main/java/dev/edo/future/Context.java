package dev.edo.future;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a future is polled with: the waker of whoever polls it, the budget of the running task, and random
 * numbers.
 *
 * <p>The budget makes tasks yield now and then although everything they ask for is ready. A leaf future
 * asks {@link #pollProceed()} before it does its work and calls {@link #madeProgress()} when it got
 * something done; futures made of other futures need not care.
 *
 * <pre>{@code
 * public Poll<Item> poll(Context cx) {
 *     if (!cx.pollProceed()) {
 *         return Poll.pending();
 *     }
 *     var item = queue.poll();
 *     if (item == null) {
 *         reader.set(cx.waker()); // who adds an item takes it out and wakes it
 *         item = queue.poll(); // one may have come in between
 *     }
 *     if (item == null) {
 *         return Poll.pending();
 *     }
 *     cx.madeProgress();
 *     return Poll.ready(item);
 * }
 * }</pre>
 *
 * <p>A context is valid for the poll it was passed to, and for that thread only.
 *
 * @see <a href="https://doc.rust-lang.org/std/task/struct.Context.html">std::task::Context</a>
 */
public interface Context {
    /** {@return the waker to register before returning pending} */
    Waker waker();

    /**
     * Asks whether the task may go on. When it has used its budget the answer is no, and its wake-up is
     * already arranged: the caller returns pending at once.
     *
     * @return false where the caller must return pending
     * @see <a href="https://docs.rs/tokio/latest/tokio/task/coop/fn.poll_proceed.html">coop::poll_proceed</a>
     */
    default boolean pollProceed() {
        return true;
    }

    /**
     * Whether the task has some of its budget left; unlike {@link #pollProceed()} this arranges nothing.
     *
     * @return true where {@code pollProceed} would say so
     * @see <a href="https://docs.rs/tokio/latest/tokio/task/coop/fn.has_budget_remaining.html">
     *     coop::has_budget_remaining</a>
     */
    default boolean hasBudgetRemaining() {
        return true;
    }

    /**
     * Whether this poll is there to find out where the future waits, for a {@link dev.edo.runtime.Trace}: each leaf
     * that asks {@link #pollProceed()} is noted and told no, although there may be budget left; another poll follows.
     * Contexts that wrap another one pass this on.
     *
     * @return true in such a poll
     * @see <a href="https://docs.rs/tokio/latest/tokio/runtime/struct.Handle.html#method.dump">Handle::dump</a>
     */
    default boolean isTracing() {
        return false;
    }

    /** Counts one unit of work against the budget; a poll that ends up pending counts nothing. */
    default void madeProgress() {}

    /**
     * A random number, for a choice that must not always favour the same one. Inside a runtime it follows
     * {@link dev.edo.runtime.RuntimeBuilder#rngSeed}.
     *
     * @return any number, zero among them
     */
    default int random() {
        return ThreadLocalRandom.current().nextInt();
    }

    /**
     * A context without a budget, for executors outside a runtime and for tests.
     *
     * @param waker what to wake
     * @return a context around the waker
     */
    static Context of(Waker waker) {
        Objects.requireNonNull(waker, "waker");
        return () -> waker;
    }
}
