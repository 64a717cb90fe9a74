package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.OwnedWaker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A task whose end is told to an observer before it is told to the joiner, however it ends: with a
 * value, by throwing, aborted before it ever ran, dropped at shutdown.
 *
 * <p>Algorithm: this object is the waker of the task's own handle. Whoever ends the task calls
 * {@link #wake()}, which takes the outcome, calls {@link #ended}, wakes the joiner of this handle
 * and calls {@link #over}.
 *
 * <p>Protocol of {@code turn}, which lets one thread at a time poll the task: POLLING, WAITING,
 * WOKEN, ENDED. A waker that finds WAITING polls itself; one that finds POLLING leaves WOKEN
 * behind, and whoever polls does so again.
 *
 * <p>Protocol of the joiner: it stores its waker and then reads {@code outcome}; who ends the task
 * writes {@code outcome} and then reads the waker; both volatile, so at least one of them sees the
 * other.
 *
 * @param <T> the type of the task's result
 */
abstract class WatchedTask<T extends @Nullable Object> implements JoinHandle<T>, OwnedWaker, Context {
    private static final int POLLING = 0;
    private static final int WAITING = 1;
    private static final int WOKEN = 2;
    private static final int ENDED = 3;

    private static final VarHandle TURN;
    private static final VarHandle JOINER;

    static {
        try {
            var lookup = MethodHandles.lookup();
            TURN = lookup.findVarHandle(WatchedTask.class, "turn", int.class);
            JOINER = lookup.findVarHandle(WatchedTask.class, "joiner", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final JoinHandle<T> task;

    @SuppressWarnings("FieldMayBeFinal") // written through TURN
    private volatile int turn = POLLING;

    private volatile @Nullable JoinResult<T> outcome;
    private volatile @Nullable Waker joiner;

    /** Whether the joiner had the outcome; the joiner's. */
    private boolean taken;

    WatchedTask(JoinHandle<T> task) {
        this.task = task;
    }

    /** The task has ended, which its joiner does not know yet; called once, on whichever thread ended it. */
    void ended(JoinResult<T> result) {}

    /** The joiner has been told; called once, on whichever thread ended the task, which must not be blocked. */
    abstract void over();

    /** Starts to watch; called once, before anybody else gets this handle. */
    final void watch() {
        drive();
    }

    @Override
    public final void wake() {
        for (int t = turn; ; t = turn) {
            if (t == WAITING && TURN.compareAndSet(this, WAITING, POLLING)) {
                drive();
                return;
            }
            if (t == WOKEN || t == ENDED || t == POLLING && TURN.compareAndSet(this, POLLING, WOKEN)) {
                return;
            }
        }
    }

    /** The caller holds POLLING. */
    private void drive() {
        for (;;) {
            var result = JoinResult.poll(task, this);
            if (result != null) {
                turn = ENDED;
                try {
                    ended(result);
                } finally { // wakers are called, which may break their contract and throw
                    try {
                        publish(result);
                    } finally {
                        over();
                    }
                }
                return;
            }
            if (TURN.compareAndSet(this, POLLING, WAITING)) {
                return;
            }
            turn = POLLING; // it was WOKEN, which only this thread leaves
        }
    }

    private void publish(JoinResult<T> result) {
        outcome = result;
        var waker = joiner;
        if (waker != null) {
            joiner = null;
            waker.wake();
        }
    }

    @Override
    public final Waker waker() {
        return this;
    }

    /** As the waker of the task's own handle this waits to the end, and nobody gives that up. */
    @Override
    public final boolean isCallers() {
        return false;
    }

    @Override
    public final Poll<T> poll(Context cx) throws JoinError {
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        var result = outcome;
        if (result == null) {
            var waker = cx.waker();
            if (joiner != waker) {
                joiner = waker;
            }
            result = outcome;
            if (result == null) {
                return Poll.pending();
            }
            joiner = null;
        }
        if (taken) {
            throw new IllegalStateException("the result of task " + id() + " was taken before; a"
                    + " JoinHandle is"
                    + " awaited to its end once");
        }
        taken = true;
        cx.madeProgress();
        return Poll.ready(result.get());
    }

    /** A waker that is known to be somebody else's stays: whoever aborts a joiner may wait before that gives up. */
    @Override
    public void cancel() {
        var waiting = joiner;
        if (waiting != null && !OwnedWaker.isSomebodyElses(waiting)) {
            JOINER.compareAndSet(this, waiting, null);
        }
    }

    @Override
    public void abort() {
        task.abort();
    }

    @Override
    public AbortHandle abortHandle() {
        return task.abortHandle();
    }

    @Override
    public final boolean isFinished() {
        return outcome != null;
    }

    @Override
    public final TaskId id() {
        return task.id();
    }

    @Override
    public final String toString() {
        return task.toString();
    }
}
