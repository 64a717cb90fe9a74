package dev.edo.impl.task;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.driver.WakeList;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.coroutine.Coroutine;
import dev.edo.internal.OwnedWaker;
import dev.edo.runtime.TaskMeta;
import dev.edo.task.AbortHandle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all kinds of task have in common: identity, the join side, completion.
 *
 * <p>Invariants: exactly one thread ends a task (it holds RUNNING, see {@link TaskState}); it writes {@code stage},
 * takes the task off its list and the counts, runs the hook, publishes COMPLETE and wakes the joiner, in this order, so
 * that a joiner sees a task that is gone from every count.
 *
 * @param <T> the type of the result
 */
public abstract class Task<T extends @Nullable Object> extends TaskState
        implements JoinHandle<T>, OwnedWaker, Context, TaskMeta {
    private static final AtomicLong LAST_ID = new AtomicLong();
    private static final VarHandle ID;
    private static final VarHandle JOIN_WAKER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            ID = lookup.findVarHandle(Task.class, "id", long.class);
            JOIN_WAKER = lookup.findVarHandle(Task.class, "joinWaker", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** 0 until somebody asks for it. */
    private volatile long id;

    private final Scheduler scheduler;
    private volatile @Nullable Waker joinWaker;

    /** The name; or {@link TaskFacts} that have it, where there are hooks; or null. */
    private @Nullable Object label;

    /** What the task works on, then its output: a value or a {@link Failure}. */
    protected @Nullable Object stage;

    /** Units of work left in this poll. */
    protected int budget;

    /** Whether it polls something that has no budget. */
    private boolean exempt;

    /** The list that it is on; written under its lock, by who polls the task or is its thread, and by who ends it. */
    protected @Nullable TaskList ownedBy;

    /** The neighbours there, guarded by the lock. */
    @Nullable Task<?> ownedPrevious;

    @Nullable Task<?> ownedNext;

    /** Whether it counts as alive; written by who spawns and by who ends the task. */
    boolean isCounted;

    /** The output of a task that has none; no cause means cancelled. */
    private record Failure(@Nullable Throwable cause) {
        static final Failure CANCELLED = new Failure(null);
    }

    protected Task(Scheduler scheduler, Object stage) {
        this.scheduler = scheduler;
        this.stage = stage;
    }

    /** The task that the caller is part of, or null. */
    public static @Nullable Task<?> current() {
        var context = ThreadContext.carrier();
        var task = context == null ? null : context.task;
        return task instanceof Coroutine<?> coroutine && !coroutine.isCurrentThread() ? null : task;
    }

    /** Ends the task as far as that is possible from outside while its runtime shuts down. */
    public abstract void shutDown();

    /** Ends a task that is still there after the workers have gone: it will never run again. */
    public abstract void abandon();

    public final Scheduler scheduler() {
        return scheduler;
    }

    // --- identity

    /** Gives the task a name; called before anybody else knows the task. */
    public void rename(@Nullable String newName) {
        label = newName;
    }

    @Override
    public final @Nullable String name() {
        return label instanceof TaskFacts facts ? facts.name : (String) label;
    }

    /** Notes what hooks are to be told; called before anybody else knows the task, and after it got its name. */
    public final void noteFacts(@Nullable StackTraceElement spawnedAt, boolean timesWaits) {
        label = new TaskFacts((String) label, spawnedAt, timesWaits);
    }

    /** The task is about to be put into a queue, by the caller and nobody else. */
    public final void noteScheduled() {
        if (label instanceof TaskFacts facts) {
            facts.scheduled();
        }
    }

    /**
     * What the hooks around a poll are told; called where it begins, before anybody can queue the task again. Counts
     * how long it had to wait, where that is counted.
     */
    protected final TaskMeta polled(ThreadContext context) {
        long nanos = label instanceof TaskFacts facts ? facts.latencyNanos() : TaskFacts.UNKNOWN;
        if (nanos == TaskFacts.UNKNOWN) {
            return this;
        }
        var hooks = scheduler.hooks();
        hooks.countLatency(context, nanos);
        return hooks.tellsLatency() ? new PolledTask(this, nanos) : this;
    }

    @Override
    public final @Nullable StackTraceElement spawnedAt() {
        return label instanceof TaskFacts facts ? facts.spawnedAt : null;
    }

    /** Of the task as such; {@link #polled} knows that of a poll. */
    @Override
    public final @Nullable Duration scheduleLatency() {
        return null;
    }

    /** In the hook of the task's end; the joiner takes it then. */
    @Override
    public final @Nullable Throwable failure() {
        return stage instanceof Failure(var cause) ? cause : null;
    }

    // --- ending

    protected final void completeWith(T value) {
        finish(value);
    }

    protected final void completeCancelled() {
        finish(Failure.CANCELLED);
    }

    protected final void completePanicked(Throwable cause) {
        finish(new Failure(cause));
        reportPanic(cause);
    }

    /** Tells the scheduler; not for blocking jobs. */
    protected void reportPanic(Throwable cause) {
        scheduler.unhandledPanic(cause);
    }

    /** The callbacks for this kind of task. */
    protected TaskHooks hooks() {
        return scheduler.hooks();
    }

    private void finish(@Nullable Object output) {
        stage = output;
        scheduler.owned().remove(this, scheduler.ownList());
        TaskHooks.call(hooks().onTerminate(), this);
        toComplete();
        var waker = joinWaker;
        if (waker != null) {
            joinWaker = null;
            WakeList.wake(waker);
        }
    }

    // --- the join side

    @Override
    public final Poll<T> poll(Context cx) throws JoinError {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        if (!isComplete()) {
            var waker = cx.waker();
            if (joinWaker != waker) {
                joinWaker = waker;
            }
            if (!isComplete()) {
                return Poll.pending();
            }
            joinWaker = null;
        }
        cx.madeProgress();
        return takeOutput();
    }

    @SuppressWarnings("unchecked") // the stage of a complete task is its output
    private Poll<T> takeOutput() throws JoinError {
        var output = stage;
        if (output instanceof Taken) {
            throw new IllegalStateException("the result of task " + id() + " was taken before; a JoinHandle is awaited"
                    + " to its end once");
        }
        stage = Taken.INSTANCE;
        if (output instanceof Failure(var cause)) {
            throw cause == null ? JoinError.cancelled(id()) : JoinError.panicked(id(), cause);
        }
        return Poll.ready((T) output);
    }

    /** The stage after the joiner had its output. */
    private enum Taken {
        INSTANCE
    }

    /**
     * Takes the joiner's waker out, unless that is known to be somebody else's: a task that was aborted gives its wait
     * up when it runs next, and whoever has aborted it may wait in its place by then.
     */
    @Override
    public final void cancel() {
        var waiting = joinWaker;
        if (waiting != null && !OwnedWaker.isSomebodyElses(waiting)) {
            JOIN_WAKER.compareAndSet(this, waiting, null);
        }
    }

    @Override
    public final AbortHandle abortHandle() {
        return new WeakAbortHandle(this);
    }

    @Override
    public final boolean isFinished() {
        return isComplete();
    }

    @Override
    public final TaskId id() {
        long known = id;
        if (known == 0) {
            ID.compareAndSet(this, 0L, LAST_ID.incrementAndGet());
            known = id;
        }
        return new TaskId(known);
    }

    // --- the context of a poll

    @Override
    public final Waker waker() {
        return this;
    }

    @Override
    public final boolean isCallers() {
        return current() == this;
    }

    @Override
    public final boolean hasBudgetRemaining() {
        return budget > 0;
    }

    @Override
    public final void madeProgress() {
        budget--;
    }

    /** Whether what it polls now is exempt from the budget; called by the task itself. */
    public final boolean isExempt() {
        return exempt;
    }

    /** Exempts what it polls from here on, or no longer; called by the task itself, which learns what held before. */
    public final boolean exempt(boolean fromHereOn) {
        boolean before = exempt;
        exempt = fromHereOn;
        return before;
    }

    @Override
    public final int random() {
        return ThreadContext.random();
    }

    @Override
    public String toString() {
        return (isDirectStyle() ? "direct-style" : "stackless") + " task " + id() + nameSuffix();
    }

    /** What {@code toString} appends. */
    protected final String nameSuffix() {
        return name() == null ? "" : " \"" + name() + '"';
    }
}
