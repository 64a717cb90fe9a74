package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.StressItem;

/** The bookkeeping of a few workers with the queues it is about, driven as the scheduler drives it. */
final class StressedIdle {
    final Idle idle;
    final LocalQueue queue = new LocalQueue(4);
    final Inject inject = new Inject();

    private final WorkerStats stats = new WorkerStats();
    private final StressItem item = new StressItem(0);
    private final StressItem otherItem = new StressItem(1);

    StressedIdle(int workers) {
        idle = new Idle(workers);
    }

    void pushLocal() {
        queue.pushBack(item, inject, stats);
    }

    void pushInject() {
        inject.push(item);
    }

    void pushInjectToo() {
        inject.push(otherItem);
    }

    /** What {@link MultiThread#notifyParked} does; the worker it would unpark, or NOBODY. */
    int notifyParked() {
        return picked(idle.notifyOne(Idle.NOBODY));
    }

    /** The same after a push to the inject queue, which no fence follows. */
    int notifyParkedOfPushed() {
        return picked(idle.notifyOneOfPushed(Idle.NOBODY));
    }

    private int picked(int first) {
        for (int worker = first; ; worker = idle.notifyOne(Idle.NOBODY)) {
            if (worker != Idle.LOOK_AGAIN) {
                return worker;
            }
            if (!isWorkPending()) {
                return Idle.NOBODY;
            }
        }
    }

    /** What a searcher does that found work; the worker that it would unpark, or NOBODY. */
    int stopSearching() {
        return idle.stopSearching() && isWorkPending() ? notifyParked() : Idle.NOBODY;
    }

    /** What a worker does that goes to sleep; the worker that it would unpark, itself perhaps, or NOBODY. */
    int park(int worker, boolean searching) {
        return idle.park(worker, searching) && isWorkPending() ? notifyParked() : Idle.NOBODY;
    }

    private boolean isWorkPending() {
        return queue.size() > 0 || !inject.isEmpty();
    }
}
