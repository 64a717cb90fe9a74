package dev.edo.impl.runtime;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.Task;
import dev.edo.impl.task.coroutine.Coroutine;
import org.jspecify.annotations.Nullable;

/** Pending once; woken after the drivers were looked at. */
final class YieldNow implements Future<@Nullable Void> {
    private static final int ENDED = 2;

    private int polls;

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        if (polls >= ENDED) {
            throw new IllegalStateException("this yieldNow completed or was cancelled; each use needs a new one");
        }
        if (polls++ == 0) {
            yieldToDrivers(cx);
            return Poll.pending();
        }
        return Poll.ready();
    }

    private static void yieldToDrivers(Context cx) {
        if (cx instanceof StacklessTask<?> polled) {
            polled.yieldToDrivers(); // the context of a task is that of its poll
            return;
        }
        var waker = cx.waker();
        if (Task.current() instanceof StacklessTask<?> task && task == waker) {
            task.yieldToDrivers();
            return;
        }
        var handle = RuntimeHandle.tryCurrent();
        if (handle == null) {
            waker.wake();
        } else {
            handle.scheduler().defer(waker);
        }
    }

    @Override
    public void cancel() {
        polls = ENDED;
    }

    @Override
    public @Nullable Void await() throws Exception {
        if (polls == 0 && Task.current() instanceof Coroutine<?> coroutine) {
            polls = ENDED;
            coroutine.yieldNow();
            return null;
        }
        return Future.super.await();
    }
}
