package dev.edo.impl.driver.io;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who is using something that must be freed after its last use.
 *
 * <p>Algorithm: a count and, in its sign, whether this is closed. The owner counts as one user from
 * the start. Closing sets the sign, after which nobody enters, and drops the owner. Who brings the
 * count to zero under the sign is the last, and there is exactly one: the count cannot rise again.
 */
final class UseCount {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger users = new AtomicInteger(1);

    boolean isClosed() {
        return users.get() < 0;
    }

    /** {@return whether the caller may use it, until it leaves} */
    boolean enter() {
        while (true) {
            int count = users.get();
            if (count < 0) {
                return false;
            }
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    /** {@return whether the caller was the last and frees it} */
    boolean leave() {
        return users.decrementAndGet() == CLOSED;
    }

    /** The owner, once. {@return whether nobody else is inside, and the owner frees it} */
    boolean close() {
        users.getAndUpdate(count -> count | CLOSED);
        return leave();
    }
}
