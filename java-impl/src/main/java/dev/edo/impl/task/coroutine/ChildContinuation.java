package dev.edo.impl.task.coroutine;

import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;

/**
 * One run of a virtual thread that was started inside a task and inherited its scheduler: the JDK hands over the
 * continuation each time the thread becomes runnable, and it is queued like a task.
 */
final class ChildContinuation extends Schedulable {
    private final Runnable continuation;

    ChildContinuation(Runnable continuation) {
        this.continuation = continuation;
    }

    @Override
    public int run(ThreadContext context, int budget) {
        continuation.run();
        return budget;
    }
}
