package dev.edo.impl.task.local;

import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.runtime.EnterGuard;
import org.jspecify.annotations.Nullable;

/** A local set that its thread has entered by hand. */
final class LocalEntered implements EnterGuard {
    private final LocalSetImpl set;
    private final ThreadContext context;
    private final @Nullable LocalTasks outer;
    private boolean closed;

    LocalEntered(LocalSetImpl set) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("enter() inside a task in direct style; it finds its set"
                    + " without it");
        }
        this.set = set;
        this.context = ThreadContext.ofPlatformThread();
        this.outer = context.local;
        context.local = set;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!set.isHere() || context.local != set) {
            throw new IllegalStateException("EnterGuards are closed by the thread that opened them,"
                    + " innermost first; "
                    + context.local + " is entered now instead of " + set);
        }
        closed = true;
        context.local = outer;
    }
}
