package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** A wait of a writer for an {@link RwLock}. */
final class WriteLockFuture<T extends @Nullable Object> extends Acquire
        implements InfallibleFuture<RwLockWriteGuard<T>> {
    private final RwLock<T> lock;

    WriteLockFuture(RwLock<T> lock) {
        super(lock.semaphore(), lock.maxReaders());
        this.lock = lock;
    }

    @Override
    public Poll<RwLockWriteGuard<T>> poll(Context cx) {
        // the semaphore of a lock is never closed
        return pollAcquire(cx) == Acquisition.ACQUIRED ? Poll.ready(new RwLockWriteGuard<>(lock)) : Poll.pending();
    }

    @Override
    public void cancel() {
        cancelAcquire();
    }
}
