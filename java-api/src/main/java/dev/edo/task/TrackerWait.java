package dev.edo.task;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.LinkedWait;
import dev.edo.internal.SpentFuture;
import org.jspecify.annotations.Nullable;

/**
 * One wait for a {@link TaskTracker} to be closed and empty; a node of {@link TrackerWaiters}.
 *
 * <p>{@code round} is the round of wake-ups in which this was made: if another one has come since,
 * the tracker has been closed and empty meanwhile.
 */
final class TrackerWait extends LinkedWait<TrackerWait> implements Future<@Nullable Void> {
    private final TaskTracker tracker;
    private final TrackerWaiters waiters;
    private final int round;
    private final boolean overAtOnce;
    private boolean ended;

    TrackerWait(TaskTracker tracker, TrackerWaiters waiters) {
        this.tracker = tracker;
        this.waiters = waiters;
        this.round = waiters.round();
        this.overAtOnce = tracker.isClosedAndEmpty();
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (ended) {
            throw SpentFuture.polledAgain("waitAll");
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        if (!isOver()) {
            waiters.add(this, cx.waker());
            if (!isOver()) {
                return Poll.pending();
            }
        }
        cx.madeProgress();
        ended = true;
        waiters.remove(this);
        return Poll.ready();
    }

    private boolean isOver() {
        return overAtOnce || tracker.isClosedAndEmpty() || waiters.round() != round;
    }

    @Override
    public void cancel() {
        ended = true;
        waiters.remove(this);
    }

    @Override
    public @Nullable Void await() {
        return Await.<@Nullable Void, RuntimeException>await(this);
    }
}
