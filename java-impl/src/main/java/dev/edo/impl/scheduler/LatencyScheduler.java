package dev.edo.impl.scheduler;

import dev.edo.future.Waker;

/**
 * Stands before the scheduler of a runtime that counts how long tasks wait for their turn: what tasks have scheduled goes
 * through here and is queued inside a node that knows since when. A runtime without such a histogram has none of this.
 */
public final class LatencyScheduler extends Scheduler {
    private final Scheduler inner;
    private final Histogram[] histograms;

    /**
     * Stands before a scheduler.
     *
     * @param histograms one for each worker
     */
    public LatencyScheduler(Scheduler inner, Histogram[] histograms) {
        super(inner.name(), inner.owned(), inner.hooks());
        this.inner = inner;
        this.histograms = histograms;
    }

    /** A task in a queue; its {@code run} notes how long it was there. */
    private static final class Queued extends Schedulable {
        private final Schedulable task;
        private final Histogram[] histograms;
        private final long sinceNanos = System.nanoTime();

        Queued(Schedulable task, Histogram[] histograms) {
            this.task = task;
            this.histograms = histograms;
        }

        @Override
        public int run(ThreadContext context, int budget) {
            long waitedNanos = System.nanoTime() - sinceNanos;
            var worker = context.worker;
            histograms[worker == null ? 0 : worker.index()].record(waitedNanos); // null: a current-thread runtime
            return task.run(context, budget);
        }

        @Override
        public boolean isHandOver() {
            return task.isHandOver();
        }

        @Override
        public void drop() {
            task.drop();
        }
    }

    private Schedulable queued(Schedulable task) {
        return new Queued(task, histograms);
    }

    @Override
    public void schedule(Schedulable task) {
        inner.schedule(queued(task));
    }

    @Override
    public void yieldNow(Schedulable task) {
        inner.yieldNow(queued(task));
    }

    @Override
    public void yieldToDrivers(Schedulable task) {
        inner.yieldToDrivers(queued(task));
    }

    @Override
    public void handOver(Schedulable thread) {
        inner.handOver(queued(thread));
    }

    @Override
    public void handOverStarted() {
        inner.handOverStarted();
    }

    @Override
    public void defer(Waker waker) {
        inner.defer(waker);
    }

    @Override
    public void unhandledPanic(Throwable cause) {
        inner.unhandledPanic(cause);
    }

    @Override
    public void countForcedYield() {
        inner.countForcedYield();
    }
}
