package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a standard stream for its descriptor, which one task after the other polls.
 *
 * <p>Algorithm: a poll takes out what the last one left and puts it back with its own waker. Who gives
 * a wait up takes it out only where the waker is still its own, so that it may do so on another thread
 * while the next one polls.
 */
final class StdioWait {
    private final int interest;
    private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();

    /**
     * What a poll that is pending leaves.
     *
     * @param readiness has the waker
     * @param registration what it waits for
     * @param waker of the poll
     */
    private record Pending(Readiness readiness, Registration registration, Waker waker) {}

    /** A wait for an interest. */
    StdioWait(int interest) {
        this.interest = interest;
    }

    /** {@return the event word, or {@link Registration#PENDING}} */
    long pollEvent(Registration registration, Context cx) throws IOException {
        var before = pending.getAndSet(null);
        if (before != null && before.registration() != registration) {
            before.readiness().cancel(); // of another runtime
            before = null;
        }
        var readiness = before == null ? registration.readiness(interest) : before.readiness();
        long event = readiness.pollEvent(cx);
        if (event == Registration.PENDING) {
            pending.set(new Pending(readiness, registration, cx.waker()));
        }
        return event;
    }

    /** Who polled with this waker waits no more; a later wait goes on. */
    void forget(Waker waker) {
        var last = pending.get();
        if (last != null && last.waker() == waker && pending.compareAndSet(last, null)) {
            last.readiness().cancel();
        }
    }
}
