package dev.edo.impl.scheduler;

import dev.edo.runtime.HistogramConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Which durations a runtime counts, and how finely.
 *
 * @param pollTimes of polls, or null
 * @param scheduleLatencies of waits in a queue, or null
 */
public record HistogramOptions(
        @Nullable HistogramConfiguration pollTimes, @Nullable HistogramConfiguration scheduleLatencies) {
    public static final HistogramOptions NONE = new HistogramOptions(null, null);
}
