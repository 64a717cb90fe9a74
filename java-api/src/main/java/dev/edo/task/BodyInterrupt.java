package dev.edo.task;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that runs the body of a {@link Scope}, while it does so and not a moment
 * longer.
 *
 * <p>Protocol: RUNNING, INTERRUPTING, INTERRUPTED or OVER. Who interrupts goes from RUNNING to
 * INTERRUPTING, interrupts and goes on to INTERRUPTED. The body's thread goes from RUNNING to OVER,
 * or else waits for INTERRUPTED and clears the interrupt, which it knows has been delivered. Where a
 * body around it has been interrupted, too, it interrupts the thread once more, for that one.
 */
final class BodyInterrupt {
    private enum State {
        RUNNING,
        INTERRUPTING,
        INTERRUPTED,
        OVER
    }

    /** That of the innermost body that runs on the thread. */
    private static final ThreadLocal<@Nullable BodyInterrupt> INNERMOST = new ThreadLocal<>();

    private final Thread thread = Thread.currentThread();
    private final @Nullable BodyInterrupt outer = INNERMOST.get();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    BodyInterrupt() {
        INNERMOST.set(this);
    }

    /** From any thread. Ends a sleep of the body's thread, also one in the drivers of a current-thread runtime. */
    void interrupt() {
        if (!state.compareAndSet(State.RUNNING, State.INTERRUPTING)) {
            return;
        }
        try {
            thread.interrupt();
        } catch (RuntimeException | Error e) { // it closes the channel that the body is in, whose code may throw
            LockSupport.unpark(thread); // a virtual thread's interrupt does that last
            throw e;
        } finally {
            state.set(State.INTERRUPTED);
        }
    }

    /** The body has ended; on its own thread. Tells whether it had been interrupted from here. */
    boolean end() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
        if (state.compareAndSet(State.RUNNING, State.OVER)) {
            return false;
        }
        boolean interrupted = isDelivered() && Thread.interrupted();
        for (var around = outer; around != null; around = around.outer) {
            if (around.isDelivered()) {
                thread.interrupt(); // there is one status for all: that one was cleared, too
                break;
            }
        }
        return interrupted;
    }

    /** Whether the body was interrupted; waits for an interrupt that is on its way. */
    private boolean isDelivered() {
        while (state.get() == State.INTERRUPTING) {
            Thread.yield();
        }
        return state.get() == State.INTERRUPTED;
    }
}
