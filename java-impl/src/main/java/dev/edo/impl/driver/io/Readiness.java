package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a registered source is ready for some interest; its value is the event word. Any
 * number of tasks may wait on one source with a future each.
 *
 * <p><em>Cancel safety:</em> nothing is lost: readiness stays until it is cleared.
 *
 * <p>Algorithm: the future is its own node in the waiter list of the {@link ScheduledIo}, so
 * waiting allocates nothing. When it fires it is taken off the list and notes what it fired for;
 * the next poll then completes, also if another task has cleared the readiness meanwhile.
 *
 * @see <a href="https://github.com/tokio-rs/tokio/blob/master/tokio/src/runtime/io/scheduled_io.rs">Tokio's
 *     Readiness</a>
 */
public final class Readiness implements IoFuture<Long> {
    /** What completes this, closed states included. */
    final int mask;

    /** Whether this must be taken off the list, or has been by a wake; belongs to the polling task. */
    boolean enlisted;

    // Guarded by the lock of io.
    @Nullable Readiness previous;
    @Nullable Readiness next;
    @Nullable Waker waker;
    int fired;

    private final Registration registration;
    private final ScheduledIo io;
    private boolean done;

    Readiness(Registration registration, ScheduledIo io, int mask) {
        this.registration = registration;
        this.io = io;
        this.mask = mask;
    }

    @Override
    public Poll<Long> poll(Context cx) throws IOException {
        long event = pollEvent(cx);
        return event == Registration.PENDING ? Poll.pending() : Poll.ready(event);
    }

    /**
     * Polls without boxing.
     *
     * @param cx whom to wake, and the budget
     * @return the event word, or {@link Registration#PENDING}
     * @throws IOException when the registration was closed or its driver shut down
     */
    public long pollEvent(Context cx) throws IOException {
        if (done) {
            throw new IllegalStateException("this Readiness has completed or was cancelled;"
                    + " ask the registration for a new one");
        }
        if (!cx.pollProceed()) {
            return Registration.PENDING;
        }
        long event = io.pollReadiness(this, cx.waker());
        if (event == Registration.PENDING) {
            return event;
        }
        done = true;
        if (event == ReadinessWord.SHUTDOWN) {
            throw registration.gone();
        }
        cx.madeProgress();
        return event;
    }

    @Override
    public void cancel() {
        done = true;
        io.cancel(this);
    }
}
