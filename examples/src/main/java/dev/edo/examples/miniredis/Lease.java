package dev.edo.examples.miniredis;

import dev.edo.time.DelayKey;
import dev.edo.time.Instant;
import org.jspecify.annotations.Nullable;

/** A value's time: it ends at the deadline, by a reader who notices or by the task that expires. */
final class Lease {
    final Entry entry;
    final Instant deadline;

    /** Its place among those that will end; null until it has one. */
    volatile @Nullable DelayKey place;

    Lease(Entry entry, Instant deadline) {
        this.entry = entry;
        this.deadline = deadline;
    }
}
