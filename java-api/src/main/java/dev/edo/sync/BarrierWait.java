package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;

/** A wait at a {@link Barrier}. */
final class BarrierWait extends Waiter implements InfallibleFuture<BarrierWaitResult> {
    private enum Phase {
        INITIAL,
        ARRIVED,
        DONE
    }

    private static final BarrierWaitResult LEADER = new BarrierWaitResult(true);
    private static final BarrierWaitResult FOLLOWER = new BarrierWaitResult(false);

    private final Barrier barrier;
    private long generation;
    private Phase phase = Phase.INITIAL;

    BarrierWait(Barrier barrier) {
        this.barrier = barrier;
    }

    @Override
    public Poll<BarrierWaitResult> poll(Context cx) {
        if (phase == Phase.DONE) {
            throw SpentFuture.polledAgain();
        }
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        var current = cx.waker();
        if (phase == Phase.INITIAL) {
            waker = current;
            phase = Phase.DONE; // also where a waker of another one throws
            if (barrier.arrive(this)) {
                waker = null;
                cx.madeProgress();
                return Poll.ready(LEADER);
            }
            phase = Phase.ARRIVED;
            return Poll.pending();
        }
        if (isThrough() || waker != current && barrier.replaceWaker(this, current)) {
            phase = Phase.DONE;
            cx.madeProgress();
            return Poll.ready(FOLLOWER);
        }
        return Poll.pending();
    }

    @Override
    public void cancel() {
        boolean queued = phase == Phase.ARRIVED;
        phase = Phase.DONE;
        if (queued) {
            barrier.leave(this);
        }
    }

    /** Under the lock. */
    void joined(long current) {
        generation = current;
    }

    /** Of one that has arrived, by its poller or under the lock. */
    boolean isThrough() {
        return barrier.generation() != generation;
    }
}
