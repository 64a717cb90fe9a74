package dev.edo.bench.sync;

/** What a lock protects. */
final class Counter {
    long value;

    /** Fails where the lock has let two in at once. */
    void requireGrown(long before, long by) {
        if (value != before + by) {
            throw new IllegalStateException("counted " + (value - before) + " of " + by);
        }
    }
}
