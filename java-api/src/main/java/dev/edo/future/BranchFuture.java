package dev.edo.future;

import dev.edo.internal.FirstFailure;
import dev.edo.internal.SpentFuture;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A future made of several others, its branches.
 *
 * <p>Invariants: {@code open[i]} is null from the moment branch <i>i</i> returned a value, threw or
 * was cancelled, so it is neither polled nor cancelled after that; {@code remaining} counts the
 * others. Once {@code finished}, no branch is open.
 *
 * @param <R> the type of the value
 */
abstract class BranchFuture<R extends @Nullable Object> implements Future<R> {
    /** Which branches were woken; null where they are so few that each poll polls all of them. */
    final @Nullable WakeSet woken;

    private final @Nullable Future<?>[] open;
    private int remaining;
    private boolean finished;

    BranchFuture(Future<?>[] branches) {
        for (int i = 0; i < branches.length; i++) {
            Objects.requireNonNull(branches[i], "branch " + i + " is null");
        }
        this.open = branches;
        this.remaining = branches.length;
        this.woken = branches.length < WakeSet.FEWEST_BRANCHES ? null : new WakeSet(branches.length);
    }

    final int size() {
        return open.length;
    }

    final int remaining() {
        return remaining;
    }

    final boolean isOpen(int branch) {
        return open[branch] != null;
    }

    /** Leaves an open branch out from now on; it has ended by itself, or does not need to be cancelled. */
    final void leaveOut(int branch) {
        open[branch] = null;
        remaining--;
    }

    final @Nullable Future<?> open(int branch) {
        return open[branch];
    }

    /** Throws when this future must not be polled any more. */
    final void checkUsable(String name) {
        if (finished) {
            throw SpentFuture.polledAgain(name);
        }
    }

    /** Polls an open branch, and closes it when that is its end. */
    final Poll<?> pollBranch(int branch, Context cx) throws Exception {
        boolean ended = true;
        try {
            var poll = Objects.requireNonNull(open[branch]).poll(cx);
            ended = poll.isReady();
            return poll;
        } finally {
            if (ended) {
                open[branch] = null;
                remaining--;
            }
        }
    }

    /**
     * Ends this future and cancels the branches that are still open, all of them whatever they
     * throw.
     *
     * @param cause why, or null; gets what they throw as suppressed exceptions
     * @return {@code cause}, or the first exception that a branch threw, or null
     */
    final @Nullable Throwable finish(@Nullable Throwable cause) {
        finished = true;
        if (woken != null) {
            woken.close();
        }
        for (int i = 0; remaining > 0; i++) {
            var branch = open[i];
            if (branch != null) {
                open[i] = null;
                remaining--;
                try {
                    branch.cancel();
                } catch (Throwable t) {
                    cause = FirstFailure.with(cause, t);
                }
            }
        }
        return cause;
    }

    @Override
    public final void cancel() {
        var failure = finish(null);
        if (failure != null) {
            throw Failure.unchecked(failure);
        }
    }
}
