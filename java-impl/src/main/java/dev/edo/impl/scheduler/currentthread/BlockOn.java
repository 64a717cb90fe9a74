package dev.edo.impl.scheduler.currentthread;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.Task;
import dev.edo.internal.OwnedWaker;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One {@code blockOn} of a current-thread runtime: the waker and the budget of its future.
 *
 * <p>Protocol: a waker sets {@code woken} and then wakes whatever the blocked thread sleeps in: the driver when the
 * thread holds the core, its own park otherwise. The thread takes {@code woken} before each poll but the first, and
 * looks at it after announcing which of the two it sleeps in. Both are atomic read-modify-writes: the poll sees what
 * every waker did before, be it the one that set the flag or one that found it set.
 */
final class BlockOn implements OwnedWaker, Context {
    private final CurrentThread scheduler;
    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean woken = new AtomicBoolean();
    private boolean polled;
    private int budget;

    BlockOn(CurrentThread scheduler) {
        this.scheduler = scheduler;
    }

    /** Whether the future is to be polled; resets the flag and the budget. */
    boolean takeWoken() {
        if (!polled) {
            polled = true; // nobody has its waker yet
        } else if (!woken.get() || !woken.getAndSet(false)) {
            return false;
        }
        budget = RuntimeConfig.TASK_BUDGET;
        return true;
    }

    boolean isWoken() {
        return woken.get();
    }

    @Override
    public void wake() {
        if (!woken.getAndSet(true)) {
            scheduler.wakeHolder();
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Waker waker() {
        return this;
    }

    /** Not what a stackless task does that the thread polls meanwhile. */
    @Override
    public boolean isCallers() {
        return Thread.currentThread() == thread && !(Task.current() instanceof StacklessTask<?>);
    }

    @Override
    public boolean pollProceed() {
        if (budget > 0) {
            return true;
        }
        if (budget > RuntimeConfig.BUDGET_REFUSED) { // once per poll, however many futures ask
            budget = RuntimeConfig.BUDGET_REFUSED;
            scheduler.countForcedYield();
            scheduler.defer(this);
        }
        return false;
    }

    @Override
    public boolean hasBudgetRemaining() {
        return budget > 0;
    }

    @Override
    public void madeProgress() {
        budget--;
    }

    @Override
    public int random() {
        return ThreadContext.random();
    }
}
