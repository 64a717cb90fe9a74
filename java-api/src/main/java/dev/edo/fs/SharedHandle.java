package dev.edo.fs;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What must be closed when nobody uses it any more: neither who has opened it nor a call that is being made.
 *
 * <p>Algorithm: {@code users} counts them, and who counts it down to zero closes. It is not counted up from
 * zero.
 *
 * @param <R> what is used
 */
final class SharedHandle<R extends Closeable> {
    private final R resource;
    private final AtomicInteger users = new AtomicInteger(1);

    /** Has one user, the caller. */
    SharedHandle(R resource) {
        this.resource = resource;
    }

    /** The resource, for a user. */
    R get() {
        return resource;
    }

    /** {@return whether there is one user more; false where this is closed} */
    boolean acquire() {
        int n = users.get();
        while (n > 0) {
            int seen = users.compareAndExchange(n, n + 1);
            if (seen == n) {
                return true;
            }
            n = seen;
        }
        return false;
    }

    /** {@return whether the caller was the only user; it is no user any more then, and the resource stays open} */
    boolean takeAway() {
        return users.compareAndSet(1, 0);
    }

    /** One user less; the last one closes. */
    void release() throws IOException {
        if (users.decrementAndGet() == 0) {
            resource.close();
        }
    }
}
