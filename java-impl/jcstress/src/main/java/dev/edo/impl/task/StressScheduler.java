package dev.edo.impl.task;

import dev.edo.future.Waker;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;

/** A scheduler that runs nothing. */
final class StressScheduler extends Scheduler {
    StressScheduler() {
        super(null, new OwnedTasks(1), TaskHooks.NONE);
    }

    @Override
    public void schedule(Schedulable task) {}

    @Override
    public void yieldNow(Schedulable task) {}

    @Override
    public void handOver(Schedulable thread) {}

    @Override
    public void handOverStarted() {}

    @Override
    public void yieldToDrivers(Schedulable task, ThreadContext context) {}

    @Override
    public void defer(Waker waker) {}

    @Override
    public void unhandledPanic(Throwable cause) {}

    @Override
    public void countForcedYield() {}
}
