package dev.edo.impl.runtime;

import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.runtime.EnterGuard;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A thread that entered a runtime by hand.
 *
 * <p>A virtual thread must not leave traces on its carrier, so it gets a context of its own; the count of such guards
 * spares everybody else the look-up.
 */
final class Entered implements EnterGuard {
    private static final AtomicInteger VIRTUAL = new AtomicInteger();

    private final Thread thread = Thread.currentThread();
    private final ThreadContext context;
    private final @Nullable RuntimeHandle outer;
    private final int depth;
    private boolean closed;

    private Entered(ThreadContext context, RuntimeHandle handle) {
        this.context = context;
        this.outer = context.handle;
        this.depth = ++context.enterDepth;
        context.handle = handle;
    }

    static Entered enter(RuntimeHandle handle) {
        if (Thread.currentThread().isVirtual()) {
            VIRTUAL.incrementAndGet();
            return new Entered(ThreadContext.local(), handle);
        }
        return new Entered(ThreadContext.ofPlatformThread(), handle);
    }

    static boolean anyVirtual() {
        return VIRTUAL.get() != 0;
    }

    @Override
    public void close() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("EnterGuard opened by " + thread + " is closed by "
                    + Thread.currentThread() + "; close it in the same thread, with try-with-resources");
        }
        if (closed) {
            return;
        }
        if (context.enterDepth != depth) {
            throw new IllegalStateException("EnterGuards are closed innermost first; one that was opened after this"
                    + " one is still open");
        }
        closed = true;
        context.enterDepth = depth - 1;
        context.handle = outer;
        if (thread.isVirtual()) {
            VIRTUAL.decrementAndGet();
        }
    }
}
