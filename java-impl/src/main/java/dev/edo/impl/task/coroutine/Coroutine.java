package dev.edo.impl.task.coroutine;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.runtime.ThreadHooks;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.TaskHooks;
import dev.edo.runtime.TaskMeta;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task in direct style: a virtual thread whose scheduler is the task itself.
 *
 * <p>Algorithm: the JDK calls {@link #execute} whenever the thread becomes runnable, with the runnable that mounts
 * it; that means <em>this task is runnable</em>, and it is queued like any other. Running the task mounts the thread
 * until it parks, yields or ends. The first runnable that arrives is the thread's own (nobody can know this executor
 * before the thread was started); a different one belongs to a child thread that inherited the executor.
 *
 * <p>Invariants: a coroutine is in one queue at most, which {@code queued} sees to: the JDK submits a thread once per
 * time it becomes runnable, and once more after each look at the stack of a runnable one, which may be before its turn
 * has come. A submission that finds it queued is done: the turn that is ahead clears {@code queued} before it looks at
 * the thread's state, and the JDK restored that state before it submitted (both volatile, so one sees the other).
 * As soon as the thread has parked, another worker may be running it: after the mount nothing of this object is
 * written any more.
 *
 * <p>Cancellation: an abort sets CANCELLED and interrupts the thread, which ends any park. Every await of an aborted
 * task throws {@link CancellationException}.
 *
 * <p>Shutdown: a coroutine is aborted like that and gets a chance to unwind; one that parks again is abandoned: its
 * join handle reports it cancelled. When its thread becomes runnable later on, {@link Orphans} run it to its end;
 * only one that goes on yielding, whatever happens, is dropped after many turns.
 *
 * @param <T> the type of the result
 */
public final class Coroutine<T extends @Nullable Object> extends Task<T> implements Executor, Runnable {
    private static final VarHandle QUEUED;

    static {
        try {
            QUEUED = MethodHandles.lookup().findVarHandle(Coroutine.class, "queued", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What a JDK socket says that an interrupt closed. */
    private static final String CLOSED_BY_INTERRUPT = "Closed by interrupt";

    /** Far more turns than unwinding takes. */
    private static final int MAX_RUNS_AS_ORPHAN = 10_000;

    private final RuntimeHandle handle;
    private final Thread thread;
    private final ThreadWaker waker;
    private @Nullable Runnable continuation;
    private volatile boolean queued;

    /** How often the thread ran after the task was abandoned; one turn follows the other. */
    private int runsAsOrphan;
    private boolean forcedToYield;

    /** How often an await has waited; tells an await whether another one did so inside its poll. The thread's own. */
    private int waits;

    /**
     * Whether the thread stands in a park or a yield of Edo's own, so that it is not the JDK that waits for it to go
     * on. Written by the thread alone, before it leaves its carrier; who makes it runnable has seen it leave.
     */
    private boolean atAwait = true;

    /** Whether it is queued as a hand-over; written by whoever raised {@code queued}, read before it is cleared. */
    private boolean handedOver;

    public Coroutine(Scheduler scheduler, RuntimeHandle handle, Callable<T> body) {
        super(scheduler, body);
        this.handle = handle;
        this.thread = Carriers.newVirtualThread(this, this);
        this.waker = new ThreadWaker(thread);
    }

    /** Makes the thread runnable for the first time. */
    public void start() {
        if (!Carriers.available() && !scheduler().owned().add(this, null)) { // on the JDK's scheduler nobody has it
            abandon();
            return;
        }
        Carriers.start(thread, scheduler().threadContainer());
    }

    @Override
    public void rename(@Nullable String newName) {
        super.rename(newName);
        if (newName != null) {
            thread.setName(newName);
        }
    }

    public Thread thread() {
        return thread;
    }

    /** Whether the caller is this task's own thread. */
    public boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Whether it is in a queue; a view of some moment ago. */
    public boolean isQueued() {
        return queued;
    }

    // --- the scheduler's side

    @Override
    public void execute(Runnable runnable) {
        if (continuation == null) {
            continuation = runnable;
        }
        if (runnable != continuation) {
            scheduler().handOver(new ChildContinuation(scheduler(), handle, runnable));
            return;
        }
        if (!QUEUED.compareAndSet(this, false, true)) {
            return;
        }
        noteScheduled();
        if (!atAwait) {
            handedOver = true;
            scheduler().handOver(this);
            return;
        }
        var context = ThreadContext.carrier();
        if (context != null && context.task == this) {
            scheduler().yieldNow(this); // called on the way out of the mount: a yield, or woken while parking
        } else {
            scheduler().schedule(this);
        }
    }

    @Override
    public boolean isHandOver() {
        return handedOver;
    }

    @Override
    public int run(ThreadContext context, int budgetGranted) {
        budget = budgetGranted;
        var outer = context.task;
        context.task = this;
        var hooks = scheduler().hooks();
        TaskMeta polled = this;
        if (hooks != TaskHooks.NONE) {
            polled = polled(context);
            TaskHooks.call(hooks.beforePoll(), polled);
        }
        leaveQueue();
        var mount = continuation;
        if (mount != null) {
            mount(context, mount);
        }
        context.task = outer;
        if (hooks != TaskHooks.NONE) {
            TaskHooks.call(hooks.afterPoll(), polled);
        }
        return Math.min(budget, budgetGranted); // a racy read: only how soon the worker yields depends on it
    }

    /** Runs a virtual thread on the carrier until it parks, yields or ends. */
    static void mount(ThreadContext context, Runnable continuation) {
        var core = context.core;
        if (core != null) {
            core.beforeMount();
        }
        try {
            continuation.run();
        } catch (Throwable thrown) { // by the uncaught-exception handler of a thread that has ended by an exception
            ThreadHooks.report(thrown);
        }
    }

    private void leaveQueue() {
        if (handedOver) {
            handedOver = false;
            scheduler().handOverStarted();
        }
        queued = false;
    }

    // --- the thread's side

    @Override
    public void run() {
        if (!Carriers.available()) {
            var own = ThreadContext.local();
            own.handle = handle;
            own.task = this;
        }
        atAwait = false;
        var owned = scheduler().owned();
        if (ownedBy == null && !owned.add(this, scheduler().ownList())) {
            toCancelled();
        }
        T value;
        try {
            if (isCancelled()) {
                endCancelled();
                return;
            }
            value = body().call();
        } catch (Throwable t) {
            if (isCancelled() && isCancellation(t)) {
                endCancelled();
            } else if (claim()) {
                completePanicked(t);
            }
            return;
        }
        if (claim()) {
            completeWith(value);
        }
    }

    @SuppressWarnings("unchecked") // until the task ends its stage is the body
    private Callable<T> body() {
        var body = (Callable<T>) stage;
        stage = null;
        return body;
    }

    private void endCancelled() {
        if (claim()) {
            completeCancelled();
        }
    }

    private static boolean isCancellation(Throwable thrown) {
        return thrown instanceof CancellationException || thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown.getClass() == SocketException.class // with a message that throws nothing
                        && CLOSED_BY_INTERRUPT.equals(thrown.getMessage());
    }

    /** Waits for a future; called on this task's thread. */
    public <V extends @Nullable Object> V await(Future<V> future) throws Exception {
        for (;;) {
            if (isCancelled()) {
                future.cancel();
                throw aborted();
            }
            int waitsBefore = waits;
            var poll = future.poll(this);
            if (poll instanceof Poll.Ready<V> ready) {
                return ready.value();
            }
            ThreadWaker.requirePoll(poll, future);
            if (waits != waitsBefore) {
                waker.wake(); // an await inside the poll took wake-ups, or a yield, that may have been for this one
            }
            waits++;
            if (forcedToYield) {
                forcedToYield = false;
                yieldThread(); // the next mount brings a new budget
                if (budget <= 0) {
                    budget = RuntimeConfig.TASK_BUDGET; // pinned, so there was no other mount
                }
            } else if (!isCancelled()) { // the poll may have used up the interrupt of an abort
                atAwait = true;
                boolean woken = waker.park();
                atAwait = false;
                if (!woken && !isCancelled()) {
                    future.cancel();
                    throw ThreadWaker.interrupted();
                }
            }
        }
    }

    /** Lets others run first; called on this task's thread. */
    public void yieldNow() {
        if (isCancelled()) {
            throw aborted();
        }
        yieldThread();
    }

    private void yieldThread() {
        atAwait = true;
        Thread.yield();
        atAwait = false;
    }

    private CancellationException aborted() {
        return new CancellationException("task " + id() + " was aborted");
    }

    @Override
    public boolean pollProceed() {
        if (budget > 0) {
            return true;
        }
        if (budget > RuntimeConfig.BUDGET_REFUSED) {
            budget = RuntimeConfig.BUDGET_REFUSED;
            scheduler().countForcedYield();
        }
        forcedToYield = true;
        return false;
    }

    // --- waking and ending, from any thread

    @Override
    public void wake() {
        if (waker.takeWaiting()) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void abort() {
        if (toCancelled()) {
            interrupt();
        }
    }

    /** Ends any park. Closes the channel that the thread is in, whose code may throw: then the rest is done here. */
    private void interrupt() {
        try {
            thread.interrupt();
        } catch (RuntimeException | Error e) {
            ThreadHooks.report(e);
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void shutDown() {
        abort();
    }

    @Override
    public void abandon() {
        toCancelled();
        endCancelled();
    }

    @Override
    public void drop() {
        if (ownedBy == null && scheduler().owned().isClosed()) {
            abandon(); // it has never run and is on no list, so that nobody else does
        }
        if (!isComplete() || ++runsAsOrphan <= MAX_RUNS_AS_ORPHAN) {
            Orphans.run(handle, scheduler(), this);
        } else {
            leaveQueue();
        }
    }

    @Override
    public boolean isDirectStyle() {
        return true;
    }
}
