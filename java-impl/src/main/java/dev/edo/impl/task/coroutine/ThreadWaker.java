package dev.edo.impl.task.coroutine;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.Task;
import dev.edo.internal.OwnedWaker;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread, virtual or not, wait for a future.
 *
 * <p>Protocol: the state is EMPTY, WAITING or WOKEN. The thread goes EMPTY to WAITING before it parks, and parks
 * again until it is no longer WAITING, so that a stray unpark does no harm. A waker swaps in WOKEN and unparks
 * only if it took WAITING out. A wake-up between the poll and WAITING makes that transition fail: the thread
 * polls again without parking; a virtual one yields before, as a stackless task that is woken during its poll goes
 * to the back of the queue. A platform thread looks out for WOKEN for a moment while the state is still EMPTY
 * ({@link AwaitSpin}): a waker that comes then makes no system call.
 *
 * <p>Outside of tasks it is also the context, without a budget.
 */
public class ThreadWaker implements OwnedWaker, Context {
    private static final int EMPTY = 0;
    private static final int WAITING = 1;
    private static final int WOKEN = 2;

    private final AtomicInteger state = new AtomicInteger();
    private final Thread thread;

    ThreadWaker(Thread thread) {
        this.thread = thread;
    }

    /** Waits for a future on a thread that is not a task: no budget. */
    public static <T extends @Nullable Object> T await(Future<T> future) throws Exception {
        var thread = Thread.currentThread();
        var waker = new ThreadWaker(thread);
        for (;;) {
            var poll = future.poll(waker);
            if (poll instanceof Poll.Ready<T> ready) {
                return ready.value();
            }
            requirePoll(poll, future);
            if (!thread.isVirtual()) {
                ThreadContext.ofPlatformThread().awaitSpin.until(waker::isWoken);
            }
            if (!waker.park()) {
                future.cancel();
                throw interrupted();
            }
        }
    }

    /** A future that returns null is never woken; better it fails than it waits for ever. */
    public static void requirePoll(@Nullable Poll<?> poll, Future<?> future) {
        if (poll == null) {
            throw new NullPointerException(future + ".poll returned null; want Poll.ready(value) or Poll.pending()");
        }
    }

    /** What an await throws when its thread was interrupted; the interrupt status stays set. */
    static CancellationException interrupted() {
        return new CancellationException("interrupted while awaiting a future");
    }

    /** Parks the calling thread, which is this waker's, until woken; false when it was interrupted. */
    final boolean park() {
        if (state.compareAndSet(EMPTY, WAITING)) {
            do {
                LockSupport.park(this);
                if (thread.isInterrupted()) {
                    state.set(EMPTY);
                    return false;
                }
            } while (state.get() == WAITING);
        } else {
            if (thread.isVirtual()) {
                Thread.yield(); // a future that wakes during its own poll must not keep the worker
            }
            if (thread.isInterrupted()) {
                state.set(EMPTY);
                return false;
            }
        }
        state.getAndSet(EMPTY); // not a mere store: the poll must see what the last waker did before
        return true;
    }

    @Override
    public final Waker waker() {
        return this;
    }

    @Override
    public final int random() {
        return ThreadContext.random();
    }

    /** Not what a stackless task does that the thread polls meanwhile, one of a local set for example. */
    @Override
    public final boolean isCallers() {
        return Thread.currentThread() == thread && !(Task.current() instanceof StacklessTask<?>);
    }

    final boolean isWoken() {
        return state.get() == WOKEN;
    }

    /** Notes the wake-up; true where the caller has to unpark the thread. */
    final boolean takeWaiting() {
        return state.getAndSet(WOKEN) == WAITING;
    }

    @Override
    public final void wake() {
        if (takeWaiting()) {
            LockSupport.unpark(thread);
        }
    }
}
