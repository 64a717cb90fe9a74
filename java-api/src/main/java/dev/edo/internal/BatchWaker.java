package dev.edo.internal;

import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/**
 * The waker of a task that can be queued together with others: for its scheduler's queue, and for
 * the threads that look at it, that is much less than as many wake-ups.
 */
public interface BatchWaker extends Waker {
    /**
     * Makes the future run again soon, or leaves that to a batch.
     *
     * @param batch what the calling thread has put off so far, if anything
     * @return what it has put off now: to be handed to the next waker, and ended after the last
     */
    @Nullable WakeBatch wake(@Nullable WakeBatch batch);
}
