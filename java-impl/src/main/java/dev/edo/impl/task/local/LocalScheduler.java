package dev.edo.impl.task.local;

import dev.edo.future.Waker;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.Inject;
import dev.edo.impl.scheduler.InterruptWake;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.StuckWatch;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.OwnedTasks;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.TaskHooks;
import dev.edo.impl.task.TaskList;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.runtime.UnhandledPanic;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of a {@link LocalSetImpl} on its owner's thread, a turn at a time: each poll of
 * one of the set's futures is a turn.
 *
 * <p>Algorithm: what the owner's thread schedules goes to a queue of its own, what others schedule
 * to the inject queue; both wake whoever polls the set, but during a turn. A turn ends after so
 * many tasks, or when there are none left; tasks that are left wake the set again, so that the
 * thread looks at its drivers in between.
 *
 * <p>Protocol: the owner stores its waker in {@link LocalWaits} and then looks at the inject queue; another thread
 * pushes and then reads the waker; a full fence between in both, so that one of them sees the other.
 *
 * <p>An interrupt of the owner that arrives while a virtual thread is mounted is in its status again when the turn is
 * over, for whoever polls the set.
 *
 * <p>Shutdown: on the owner's thread; stackless tasks are cancelled, those in direct style are
 * interrupted and run until they have unwound or wait again.
 *
 * <p>Origin: Tokio's {@code task/local.rs}. The watch over hand-overs is that of the runtimes'
 * schedulers.
 */
final class LocalScheduler extends Scheduler implements StuckWatch.Source {
    private static final int TASKS_PER_TURN = 61;
    private static final int INJECT_INTERVAL = 31;

    private final Thread owner = Thread.currentThread();
    private final LocalTasks set;
    private final ArrayDeque<Schedulable> queue = new ArrayDeque<>();
    /** They go to the queue when the next turn begins, before which the thread looks at its drivers. */
    private final ArrayDeque<Schedulable> yielded = new ArrayDeque<>();

    private final Inject inject = new Inject();
    private final StuckWatch watch = new StuckWatch(this);
    private final InterruptWake interrupts = new InterruptWake(() -> {}); // nobody sleeps during a turn
    private final LocalWaits waits = new LocalWaits();
    private volatile boolean driving;
    private boolean running;
    private boolean inTurn;
    private boolean closed;
    private long turns;
    private int tick;

    private UnhandledPanic policy = UnhandledPanic.IGNORE;

    /** What a task threw first; one that was mounted on another thread throws there. */
    private volatile @Nullable Throwable panic;

    LocalScheduler(LocalTasks set) {
        super("edo-local-set", new OwnedTasks(1), TaskHooks.NONE);
        this.set = set;
    }

    void unhandledPanic(UnhandledPanic newPolicy) {
        policy = newPolicy;
    }

    // --- the owner's thread

    /** Whether the caller is the owner's thread, or a virtual thread that it carries. */
    boolean isHere() {
        return Carriers.currentCarrier() == owner;
    }

    /** Throws unless the caller is the owner's thread or carried by it. */
    void checkHere(String what) {
        if (!isHere()) {
            throw new IllegalStateException(what + " on " + Thread.currentThread() + ", but the LocalSet"
                    + " belongs to "
                    + owner + "; use it on that thread only, or spawn on a runtime");
        }
    }

    /** Throws unless the caller is the owner's thread itself, outside the set's tasks. */
    void checkOwner(String what) {
        if (Thread.currentThread() != owner) {
            checkHere(what);
            throw new IllegalStateException(what + " inside a task in direct style of the LocalSet itself;"
                    + " do so on the"
                    + " set's thread, in its blockOn");
        }
        if (inTurn) {
            throw new IllegalStateException(what + " inside a task of the LocalSet itself; do so on the"
                    + " set's thread,"
                    + " in its blockOn");
        }
    }

    /** Has a wait woken when there is something to run. */
    void register(LocalWait wait, Waker waker) {
        waits.add(wait, waker);
        VarHandle.fullFence(); // pairs with the one in schedule
    }

    /** A wait has ended, or was given up; from any thread. */
    void end(LocalWait wait) {
        waits.remove(wait);
    }

    /** Runs tasks; true where some are left for another turn. */
    boolean turn(ThreadContext context) {
        driving = true;
        watch.resume();
        inTurn = true;
        queueYielded();
        try {
            for (int i = 0; i < TASKS_PER_TURN; i++) {
                checkPanic(context);
                var task = next();
                if (task == null) {
                    return false;
                }
                run(context, task);
            }
            checkPanic(context);
            return !queue.isEmpty() || !inject.isEmpty();
        } finally {
            interrupts.unwatch();
            inTurn = false;
            driving = false;
        }
    }

    private void queueYielded() {
        queue.addAll(yielded);
        yielded.clear();
    }

    private @Nullable Schedulable next() {
        if (++tick % INJECT_INTERVAL == 0) {
            var task = inject.pop();
            return task != null ? task : queue.poll();
        }
        var task = queue.poll();
        return task != null ? task : inject.pop();
    }

    private void run(ThreadContext context, Schedulable task) {
        var outerTask = context.task;
        var outerLocal = context.local;
        boolean outerInScheduler = context.inScheduler;
        context.local = set;
        context.inScheduler = true;
        turns++;
        running = true;
        if (context.core == null && !(task instanceof StacklessTask)) { // the core, where there is one, does so itself
            interrupts.beforeMount();
        }
        try {
            task.run(context, RuntimeConfig.TASK_BUDGET);
        } finally {
            running = false;
            context.inScheduler = outerInScheduler;
            context.local = outerLocal;
            context.task = outerTask;
        }
    }

    private void checkPanic(ThreadContext context) {
        var cause = panic;
        if (cause != null) {
            endIdle(context);
            endQueued(context);
            throw new IllegalStateException("a local task threw and the LocalSet was built with"
                    + " unhandledPanic(SHUTDOWN_RUNTIME)", cause);
        }
    }

    /** Tells all tasks to end, inside the set. */
    private void endIdle(ThreadContext context) {
        var outerLocal = context.local;
        boolean outerInScheduler = context.inScheduler;
        context.local = set;
        context.inScheduler = true;
        try {
            owned().closeAndShutDownAll(0);
        } finally {
            context.inScheduler = outerInScheduler;
            context.local = outerLocal;
        }
    }

    /**
     * After a panic nobody polls what is queued, and a stackless task that has never waited, or was to be polled again,
     * is on no list or cannot be ended from outside. Those in direct style unwind when the set is closed.
     */
    private void endQueued(ThreadContext context) {
        queueYielded();
        for (int left = queue.size(); left > 0; left--) {
            var task = queue.remove();
            if (task instanceof StacklessTask) {
                run(context, task); // it ends instead of being polled
            } else {
                queue.add(task);
            }
        }
    }

    /** Ends all tasks, on the owner's thread. */
    void close(ThreadContext context) {
        if (closed) {
            return;
        }
        var outerLocal = context.local;
        boolean outerInScheduler = context.inScheduler;
        context.local = set;
        context.inScheduler = true;
        driving = true;
        watch.resume();
        inTurn = true;
        try {
            owned().closeAndShutDownAll(0);
            long limit = 64 * owned().aliveCount() + 4096;
            queueYielded();
            for (long i = 0; i < limit; i++) {
                var task = next();
                if (task == null) {
                    break;
                }
                run(context, task);
                queueYielded();
            }
            closed = true;
            inject.close();
            inject.dropAllIfClosed();
            for (var task = queue.poll(); task != null; task = queue.poll()) {
                task.drop();
            }
            owned().abandonAll();
        } finally {
            interrupts.unwatch();
            inTurn = false;
            driving = false;
            watch.end();
            context.inScheduler = outerInScheduler;
            context.local = outerLocal;
        }
    }

    // --- scheduling

    @Override
    public @Nullable TaskList ownList() {
        return isHere() ? owned().ownList(0) : null;
    }

    @Override
    public void schedule(Schedulable task) {
        if (!isHere()) {
            pushRemote(task);
        } else if (closed) {
            task.drop();
        } else {
            queue.add(task);
            if (!inTurn) {
                wake();
            }
        }
    }

    private void pushRemote(Schedulable task) {
        if (inject.push(task)) {
            VarHandle.fullFence(); // pairs with the one in register
            wake();
            inject.dropAllIfClosed(); // it may have been closed, and drained for the last time, during the push
        } else {
            task.drop();
        }
    }

    private void wake() {
        var target = waits.last();
        if (target != null) {
            target.wake();
        }
    }

    @Override
    public void yieldNow(Schedulable task) {
        schedule(task);
    }

    @Override
    public void yieldToDrivers(Schedulable task, ThreadContext context) {
        if (!isHere() || closed) {
            schedule(task);
            return;
        }
        yielded.add(task);
        var target = waits.last();
        if (target != null && yielded.size() == 1) {
            defer(target);
        }
    }

    @Override
    public void defer(Waker deferred) {
        var handle = RuntimeHandle.tryCurrent();
        if (handle == null) {
            deferred.wake();
        } else {
            handle.defer(deferred);
        }
    }

    @Override
    public void unhandledPanic(Throwable cause) {
        if (policy == UnhandledPanic.SHUTDOWN_RUNTIME && panic == null) {
            panic = cause;
            if (Thread.currentThread() == owner) {
                owned().closeAndShutDownAll(0);
            } // else the turn does, as a task in direct style throws on a thread of its own
        }
    }

    @Override
    public void countForcedYield() {} // a set has no metrics of its own

    // --- hand-overs

    /** Goes through the inject queue, where the watch can reach it while the owner is blocked. */
    @Override
    public void handOver(Schedulable thread) {
        watch.handOverQueued();
        pushRemote(thread);
    }

    @Override
    public void handOverStarted() {
        watch.handOverStarted();
    }

    /** It may have been the last task, for whose end {@link LocalSetImpl#runAll} waits. */
    @Override
    public void ranElsewhere() {
        VarHandle.fullFence(); // pairs with the one in register
        wake();
    }

    @Override
    public boolean isDriven() {
        return driving;
    }

    @Override
    public long progress() {
        return turns;
    }

    @Override
    public boolean isStuck() {
        return running && StuckWatch.isBlocked(owner);
    }

    @Override
    public void rescue() {
        var taken = new ArrayList<Schedulable>();
        for (var task = inject.pop(); task != null; task = inject.pop()) {
            taken.add(task);
        }
        for (var task : taken) {
            if (task.isHandOver()) {
                task.drop();
            } else {
                pushRemote(task);
            }
        }
    }
}
