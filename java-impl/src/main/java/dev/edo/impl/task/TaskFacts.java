package dev.edo.impl.task;

import org.jspecify.annotations.Nullable;

/** What a runtime with {@link TaskHooks} knows about a task beyond its id; one without has none of these. */
final class TaskFacts {
    /** No poll has to do with a moment in which the task was scheduled. */
    static final long UNKNOWN = -1;

    final @Nullable String name;
    final @Nullable StackTraceElement spawnedAt;

    /**
     * When the task was last put into a queue, or 0; by {@link System#nanoTime()}. Written before it is put there,
     * read by the poll that it gets for that; the queue orders the two.
     */
    private long scheduledNanos;

    private final boolean timesWaits;

    TaskFacts(@Nullable String name, @Nullable StackTraceElement spawnedAt, boolean timesWaits) {
        this.name = name;
        this.spawnedAt = spawnedAt;
        this.timesWaits = timesWaits;
    }

    /** The task is about to be queued. */
    void scheduled() {
        if (timesWaits) {
            long now = System.nanoTime();
            scheduledNanos = now == 0 ? 1 : now;
        }
    }

    /** How long ago the task was queued, or {@link #UNKNOWN}. */
    long latencyNanos() {
        return scheduledNanos == 0 ? UNKNOWN : Math.max(0, System.nanoTime() - scheduledNanos);
    }
}
