package dev.edo.fs;

import dev.edo.future.Waker;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What must be closed when nobody uses it any more: neither who has opened it nor a call that is being made.
 *
 * <p>Algorithm: {@code users} counts them, and who counts it down to zero closes. It is not counted up from
 * zero. Who wants to be the only user leaves a waker and then looks at {@code users}; who leaves one user only counts
 * down and then looks for the waker, so that one of them sees the other.
 *
 * @param <R> what is used
 */
final class SharedHandle<R extends Closeable> {
    private final R resource;
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicReference<@Nullable Waker> waiting = new AtomicReference<>();

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

    /** Has a waker woken when there is one user left; {@link #takeAway} is to follow. */
    void awaitOthers(Waker waker) {
        waiting.set(waker);
    }

    /** Who has left this waker waits no more. */
    void forget(Waker waker) {
        waiting.compareAndSet(waker, null);
    }

    /** One user less; the last one closes. */
    void release() throws IOException {
        int left = users.decrementAndGet();
        if (left == 0) {
            resource.close();
        } else if (left == 1) {
            var waker = waiting.getAndSet(null);
            if (waker != null) {
                waker.wake();
            }
        }
    }
}
