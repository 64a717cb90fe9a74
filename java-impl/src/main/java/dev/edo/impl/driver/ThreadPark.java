package dev.edo.impl.driver;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The park of a runtime without I/O.
 *
 * <p>Algorithm: {@code notified} is the token. The parker publishes itself, then looks at the token; the
 * unparker sets the token, then looks for a parker (both volatile, so one of them sees the other).
 */
final class ThreadPark implements Park {
    private final AtomicBoolean notified = new AtomicBoolean();
    private volatile @Nullable Thread parked;

    @Override
    public void park(long timeoutNanos) {
        if (timeoutNanos != 0 && !notified.get()) {
            parked = Thread.currentThread();
            if (!notified.get()) {
                if (timeoutNanos == FOREVER) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, timeoutNanos);
                }
            }
            parked = null;
        }
        notified.getAndSet(false); // not a mere store: what the last unparker did before must be seen
    }

    @Override
    public void unpark() {
        if (!notified.getAndSet(true)) {
            var thread = parked;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }

    boolean isNotified() {
        return notified.get();
    }

    @Override
    public void shutdown() {}
}
