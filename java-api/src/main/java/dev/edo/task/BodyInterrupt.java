package dev.edo.task;

import dev.edo.future.Future;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeFlavor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Interrupts the thread that runs the body of a {@link Scope}, while it does so and not a moment
 * longer.
 *
 * <p>Protocol: RUNNING, INTERRUPTING, INTERRUPTED or OVER. Who interrupts goes from RUNNING to
 * INTERRUPTING, interrupts and goes on to INTERRUPTED. The body's thread goes from RUNNING to OVER,
 * or else waits for INTERRUPTED and clears the interrupt, which it knows has been delivered.
 */
final class BodyInterrupt {
    private enum State {
        RUNNING,
        INTERRUPTING,
        INTERRUPTED,
        OVER
    }

    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    /** From any thread. */
    void interrupt(Handle handle) {
        if (!state.compareAndSet(State.RUNNING, State.INTERRUPTING)) {
            return;
        }
        thread.interrupt();
        state.set(State.INTERRUPTED);
        if (handle.flavor() == RuntimeFlavor.CURRENT_THREAD && !thread.isVirtual()) {
            // it may be asleep in the driver, which no interrupt ends
            var unused = handle.spawn(Future.ready(null));
        }
    }

    /** The body has ended; on its own thread. Tells whether it had been interrupted from here. */
    boolean end() {
        if (state.compareAndSet(State.RUNNING, State.OVER)) {
            return false;
        }
        while (state.get() == State.INTERRUPTING) {
            Thread.yield();
        }
        return Thread.interrupted();
    }
}
