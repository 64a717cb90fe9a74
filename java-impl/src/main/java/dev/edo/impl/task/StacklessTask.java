package dev.edo.impl.task;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.internal.BatchWaker;
import dev.edo.internal.WakeBatch;
import dev.edo.runtime.TaskMeta;
import dev.edo.runtime.Trace;
import org.jspecify.annotations.Nullable;

/**
 * A task that polls a future.
 *
 * <p>Origin: Tokio's {@code task/harness.rs}.
 *
 * @param <T> the type of the result
 */
public final class StacklessTask<T extends @Nullable Object> extends Task<T> implements BatchWaker {
    /** Whether it asked for another poll after the drivers were looked at; set and cleared during a poll. */
    private boolean yielding;

    /** Whether it is in a queue as RUNNING, so that whoever takes it from there is its poller. */
    private boolean resumes;

    /** Keeps the next object, often another task, out of the cache lines of this one: just so many bytes do. */
    long p0, p1, p2, p3, p4, p5, p6;

    public StacklessTask(Scheduler scheduler, Future<T> future) {
        super(scheduler, future);
    }

    @Override
    public int run(ThreadContext context, int budgetGranted) {
        var start = toRunningOrResumed();
        boolean polls = start == Start.POLL || start == Start.TRACE;
        if (polls && isOverlooked()) {
            polls = false;
            start = Start.CANCEL;
        }
        if (!polls) {
            if (start == Start.CANCEL) {
                cancelFuture(context);
            }
            return budgetGranted;
        }
        budget = budgetGranted;
        var outer = context.task;
        context.task = this;
        var hooks = scheduler().hooks();
        TaskMeta polled = this;
        if (hooks != TaskHooks.NONE) {
            polled = polled(context);
            TaskHooks.call(hooks.beforePoll(), polled);
        }
        Poll<T> poll = null;
        Throwable panic = null;
        try {
            poll = start == Start.POLL ? future().poll(this) : pollTraced();
        } catch (Throwable t) {
            panic = t;
        }
        if (hooks != TaskHooks.NONE) {
            TaskHooks.call(hooks.afterPoll(), polled);
        }
        int left = Math.max(budget, 0);
        if (poll instanceof Poll.Ready<T> ready) {
            completeWith(ready.value());
        } else if (poll == null) {
            completePanicked(panic != null ? panic : polledToNull());
        } else {
            afterPending(context);
        }
        context.task = outer;
        return left;
    }

    private Throwable polledToNull() {
        try {
            return new NullPointerException(future()
                    + ".poll returned null; want Poll.ready(value) or Poll.pending()");
        } catch (Throwable t) {
            return t; // its toString() is the application's
        }
    }

    /**
     * Finds out where the future waits, and then polls it in earnest: a leaf that was told not to go on has registered
     * nothing. Both are one poll to the hooks and in the counts.
     */
    private Poll<T> pollTraced() throws Exception {
        var requests = scheduler().traceRequests();
        if (requests.include(this)) {
            var captured = Trace.capture(future(), this);
            var poll = captured.result();
            if (poll == null || poll.isReady()) {
                return poll;
            }
            requests.serve(this, captured.trace());
            if (yielding) {
                return poll; // what yielded is polled again, but not before others
            }
        }
        return future().poll(this);
    }

    /**
     * Asks it to find out where it waits in its next poll, and sees to that poll; from any thread.
     *
     * @return how it was found
     */
    public Found requestTrace() {
        var found = toTraced();
        if (found == Found.WAITING) {
            noteScheduled();
            scheduler().schedule(this);
        }
        return found;
    }

    /**
     * Whether the runtime is closed, and who told its tasks to end could not find this one. For a dump, which could not
     * find it either, puts it on a list.
     */
    private boolean isOverlooked() {
        return ownedBy == null
                && scheduler().owned().wantsAll()
                && !scheduler().owned().add(this, scheduler().ownList());
    }

    private Start toRunningOrResumed() {
        if (!resumes) {
            return toRunning();
        }
        resumes = false;
        return toResumed();
    }

    private void afterPending(ThreadContext context) {
        if (yielding) {
            yielding = false;
            if (isCancelled() || isOverlooked()) {
                cancelFuture(context);
            } else {
                resumes = true;
                noteScheduled();
                scheduler().yieldToDrivers(this, context);
            }
            return;
        }
        if (ownedBy == null && !scheduler().owned().add(this, scheduler().ownList())) {
            cancelFuture(context);
            return;
        }
        var idle = toIdle();
        if (idle == Idle.NOTIFIED) {
            resumes = true;
            noteScheduled();
            scheduler().yieldNow(this);
        } else if (idle == Idle.CANCEL) {
            cancelFuture(context);
        }
    }

    /** Has it polled again once the drivers were looked at; called during its poll, by what it polls. */
    public void yieldToDrivers() {
        yielding = true;
    }

    @Override
    public boolean pollProceed() {
        if (budget > 0) {
            return true;
        }
        if (budget > RuntimeConfig.BUDGET_REFUSED) { // once per poll, however many futures of this task ask
            budget = RuntimeConfig.BUDGET_REFUSED;
            scheduler().countForcedYield();
            yielding = true;
        }
        return false;
    }

    @Override
    public void wake() {
        if (toNotified()) {
            noteScheduled();
            scheduler().schedule(this);
        }
    }

    @Override
    public @Nullable WakeBatch wake(@Nullable WakeBatch batch) {
        if (toNotified()) {
            noteScheduled();
            return scheduler().schedule(this, batch);
        }
        return batch;
    }

    @Override
    public void abort() {
        if (toNotifiedAndCancelled()) {
            scheduler().schedule(this);
        }
    }

    @Override
    public void shutDown() {
        if (toShutdown()) {
            cancelFromOutside();
        }
    }

    /** One that is to be polled again belongs to whoever took it from its queue, or is about to put it there. */
    @Override
    public void abandon() {
        shutDown();
    }

    @Override
    public void drop() {
        if (!resumes) {
            shutDown();
            return;
        }
        resumes = false; // it was taken from the queue, and so is the caller's
        toCancelled();
        cancelFromOutside();
    }

    private void cancelFromOutside() {
        // a virtual thread may move while it cancels: it leaves nothing behind in its carrier's context
        cancelFuture(Thread.currentThread().isVirtual() ? null : ThreadContext.ofPlatformThread());
    }

    /** Cancels as this task, if there is a context to say so in; the caller holds RUNNING. */
    private void cancelFuture(@Nullable ThreadContext context) {
        if (context == null) {
            cancelAndComplete();
            return;
        }
        var outer = context.task;
        context.task = this;
        cancelAndComplete();
        context.task = outer;
    }

    private void cancelAndComplete() {
        try {
            future().cancel();
        } catch (Throwable t) {
            completePanicked(t);
            return;
        }
        completeCancelled();
    }

    @SuppressWarnings("unchecked") // the stage is the future until somebody who holds RUNNING ends the task
    private Future<T> future() {
        return (Future<T>) stage;
    }

    @Override
    public boolean isDirectStyle() {
        return false;
    }
}
