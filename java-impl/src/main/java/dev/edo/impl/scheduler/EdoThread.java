package dev.edo.impl.scheduler;

import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.impl.scheduler.multithread.Worker;
import dev.edo.impl.task.Task;
import org.jspecify.annotations.Nullable;

/** A platform thread that a runtime started: a worker, or a thread of the blocking pool. */
public final class EdoThread extends Thread {
    final ThreadContext context = new ThreadContext();

    public EdoThread(RuntimeHandle handle, String name, long stackSizeBytes, Runnable body) {
        super(null, body, name, stackSizeBytes, false);
        context.handle = handle;
        setDaemon(true);
    }

    /** The worker that it drives, or null; to any other thread a view of some moment ago. */
    public @Nullable Worker worker() {
        return context.worker;
    }

    /** The task that runs on it, or null; to any other thread a view of some moment ago. */
    public @Nullable Task<?> task() {
        return context.task;
    }
}
