package dev.edo.impl.scheduler;

import dev.edo.impl.runtime.RuntimeHandle;

/** A platform thread that a runtime started: a worker, or a thread of the blocking pool. */
public final class EdoThread extends Thread {
    final ThreadContext context = new ThreadContext();

    public EdoThread(RuntimeHandle handle, String name, long stackSizeBytes, Runnable body) {
        super(null, body, name, stackSizeBytes, false);
        context.handle = handle;
        setDaemon(true);
    }
}
