package dev.edo.examples.miniredis;

import dev.edo.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a key stands for at one moment.
 *
 * @param bytes the value; not changed any more
 * @param lease how long; null for ever
 */
record Value(byte[] bytes, @Nullable Lease lease) {
    /** What an entry holds that was taken out of the store. */
    static final Value GONE = new Value(new byte[0], null);

    /** Whether there is a value still. */
    boolean isAlive() {
        return this != GONE && (lease == null || lease.deadline.compareTo(Instant.now()) > 0);
    }
}
