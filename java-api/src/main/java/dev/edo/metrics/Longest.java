package dev.edo.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** The longest of some durations, which any thread may add to. */
final class Longest {
    private final AtomicLong nanos = new AtomicLong();

    void include(long candidateNanos) {
        long longest = nanos.get();
        while (candidateNanos > longest) {
            long seen = nanos.compareAndExchange(longest, candidateNanos);
            if (seen == longest) {
                return;
            }
            longest = seen;
        }
    }

    long nanos() {
        return nanos.get();
    }

    /** {@return the longest one since the last call} */
    long takeNanos() {
        return nanos.getAndSet(0);
    }
}
