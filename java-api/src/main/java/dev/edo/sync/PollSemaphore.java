package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore's permits for hand-written futures: it remembers the place in the queue from poll to
 * poll. Belongs to one task.
 *
 * <pre>{@code
 * // in a poll: take a connection only where there is a permit for it
 * while (permits.pollAcquire(cx) instanceof Poll.Ready<SemaphorePermit>(var permit)) {
 *     serve(backlog.removeFirst(), permit);
 *     if (backlog.isEmpty()) {
 *         return Poll.ready();
 *     }
 * }
 * return Poll.pending();
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/sync/struct.PollSemaphore.html">tokio_util::sync::PollSemaphore</a>
 */
public final class PollSemaphore {
    private final Semaphore semaphore;
    private @Nullable AcquireFuture acquiring;

    /**
     * Takes permits of a semaphore, which others may use as well.
     *
     * @param semaphore whose permits
     */
    public PollSemaphore(Semaphore semaphore) {
        this.semaphore = Objects.requireNonNull(semaphore, "semaphore");
    }

    /**
     * Waits for one permit.
     *
     * @param cx whom to wake, and the budget
     * @return the permit, to be closed, or pending
     * @throws AcquireError when the semaphore is closed, each time
     */
    public Poll<SemaphorePermit> pollAcquire(Context cx) throws AcquireError {
        return pollAcquireMany(cx, 1);
    }

    /**
     * Waits for several permits at once. A poll for another number than that of the poll before
     * gives up the place in the queue, hands on what was assigned, and waits at the end.
     *
     * @param cx whom to wake, and the budget
     * @param n how many, 0 to {@link Semaphore#MAX_PERMITS}
     * @return one guard of all of them, to be closed, or pending
     * @throws AcquireError when the semaphore is closed, each time
     * @throws IllegalArgumentException when out of range
     */
    public Poll<SemaphorePermit> pollAcquireMany(Context cx, long n) throws AcquireError {
        var waiting = acquiring;
        if (waiting == null || waiting.requested() != n) {
            var next = semaphore.acquireMany(n); // first of all: n may be out of range
            abortAcquire();
            acquiring = waiting = next;
        }
        Poll<SemaphorePermit> poll;
        try {
            poll = waiting.poll(cx);
        } catch (AcquireError e) {
            acquiring = null;
            throw e;
        }
        if (poll.isReady()) {
            acquiring = null;
        }
        return poll;
    }

    /**
     * Gives up waiting: leaves the queue, and hands on what was assigned. Who does not go on polling
     * calls this, or permits that it was given are lost to the others.
     *
     * @return whether this waited
     */
    public boolean abortAcquire() {
        var waiting = acquiring;
        if (waiting == null) {
            return false;
        }
        acquiring = null;
        waiting.cancel();
        return true;
    }

    /** {@return the semaphore whose permits these are} */
    public Semaphore semaphore() {
        return semaphore;
    }

    @Override
    public String toString() {
        return "PollSemaphore[" + (acquiring == null ? "idle" : "waiting") + ", " + semaphore + "]";
    }
}
