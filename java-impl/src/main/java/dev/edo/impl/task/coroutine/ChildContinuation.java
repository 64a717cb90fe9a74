package dev.edo.impl.task.coroutine;

import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.Scheduler;
import dev.edo.impl.scheduler.ThreadContext;

/**
 * One run of a virtual thread that was started inside a task and inherited its scheduler: the JDK hands over the
 * continuation each time the thread becomes runnable, and it is queued like a task.
 */
final class ChildContinuation extends Schedulable {
    private final Scheduler scheduler;
    private final RuntimeHandle handle;
    private final Runnable continuation;

    ChildContinuation(Scheduler scheduler, RuntimeHandle handle, Runnable continuation) {
        this.scheduler = scheduler;
        this.handle = handle;
        this.continuation = continuation;
    }

    @Override
    public int run(ThreadContext context, int budget) {
        scheduler.handOverStarted();
        var outer = context.task; // that of another scheduler, which drives this one
        context.task = null;
        Coroutine.mount(context, continuation);
        context.task = outer;
        return budget;
    }

    @Override
    public boolean isHandOver() {
        return true;
    }

    @Override
    public void drop() {
        Orphans.run(handle, scheduler, this);
    }
}
