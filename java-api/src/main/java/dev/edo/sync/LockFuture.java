package dev.edo.sync;

import dev.edo.future.Context;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** A wait for a {@link Mutex}. */
final class LockFuture<T extends @Nullable Object> extends Acquire
        implements InfallibleFuture<MutexGuard<T>> {
    private final Mutex<T> mutex;

    LockFuture(Mutex<T> mutex) {
        super(mutex.semaphore(), 1);
        this.mutex = mutex;
    }

    @Override
    public Poll<MutexGuard<T>> poll(Context cx) {
        // the semaphore of a mutex is never closed
        return pollAcquire(cx) == Acquisition.ACQUIRED ? Poll.ready(new MutexGuard<>(mutex)) : Poll.pending();
    }

    @Override
    public void cancel() {
        cancelAcquire();
    }
}
