package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** A wait of a reader for an {@link RwLock}. */
final class ReadLockFuture<T extends @Nullable Object> extends Acquire
        implements InfallibleFuture<RwLockReadGuard<T>> {
    private final RwLock<T> lock;

    ReadLockFuture(RwLock<T> lock) {
        super(lock.semaphore(), 1);
        this.lock = lock;
    }

    @Override
    public Poll<RwLockReadGuard<T>> poll(Context cx) {
        // the semaphore of a lock is never closed
        return pollAcquire(cx) == Acquisition.ACQUIRED ? Poll.ready(lock.readGuard()) : Poll.pending();
    }

    @Override
    public void cancel() {
        cancelAcquire();
    }
}
