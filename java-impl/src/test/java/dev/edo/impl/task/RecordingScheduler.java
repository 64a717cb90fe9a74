package dev.edo.impl.task;

import dev.edo.future.Waker;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.ArrayList;
import java.util.List;

/** A scheduler that runs nothing and writes down what it was asked for. */
public final class RecordingScheduler extends Scheduler {
    public final List<Schedulable> scheduled = new ArrayList<>();
    public final List<Schedulable> yielded = new ArrayList<>();
    public final List<Schedulable> yieldedToDrivers = new ArrayList<>();
    public final List<Schedulable> handedOver = new ArrayList<>();
    public final List<Waker> deferred = new ArrayList<>();
    public final List<Throwable> panics = new ArrayList<>();
    public int forcedYields;
    public int handOversStarted;

    public RecordingScheduler() {
        super(null, new OwnedTasks(1), TaskHooks.NONE);
    }

    @Override
    public void schedule(Schedulable task) {
        scheduled.add(task);
    }

    @Override
    public void yieldNow(Schedulable task) {
        yielded.add(task);
    }

    @Override
    public void handOver(Schedulable thread) {
        handedOver.add(thread);
    }

    @Override
    public void handOverStarted() {
        handOversStarted++;
    }

    @Override
    public void yieldToDrivers(Schedulable task, ThreadContext context) {
        yieldedToDrivers.add(task);
    }

    @Override
    public void defer(Waker waker) {
        deferred.add(waker);
    }

    @Override
    public void unhandledPanic(Throwable cause) {
        panics.add(cause);
    }

    @Override
    public void countForcedYield() {
        forcedYields++;
    }
}
