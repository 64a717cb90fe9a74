package dev.edo.sync;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;

/**
 * A wait for permits of a {@link Semaphore}. The place in the queue is taken by the first poll.
 *
 * <p><em>Cancel safety:</em> {@link #cancel()} leaves the queue and hands on what was assigned.
 *
 * <p><em>Errors:</em> fails with {@link AcquireError} when the semaphore is closed.
 *
 * <pre>{@code
 * try (var permit = semaphore.acquire().await()) {
 *     work();
 * }
 * }</pre>
 */
public final class AcquireFuture extends Acquire implements Future<SemaphorePermit> {
    private final Semaphore owner;

    AcquireFuture(Semaphore owner, long n) {
        super(owner.batch(), n);
        this.owner = owner;
    }

    @Override
    public Poll<SemaphorePermit> poll(Context cx) throws AcquireError {
        var taken = pollAcquire(cx);
        if (taken == Acquisition.CLOSED) {
            throw new AcquireError(requested());
        }
        return taken == Acquisition.ACQUIRED
                ? Poll.ready(new SemaphorePermit(owner, requested()))
                : Poll.pending();
    }

    @Override
    public SemaphorePermit await() throws AcquireError {
        return Await.<SemaphorePermit, AcquireError>await(this);
    }

    @Override
    public void cancel() {
        cancelAcquire();
    }
}
