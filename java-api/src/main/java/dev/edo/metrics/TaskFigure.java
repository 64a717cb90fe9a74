package dev.edo.metrics;

/** What a {@link TaskMonitor} adds up; durations in nanoseconds. Those of one poll lie side by side. */
enum TaskFigure {
    FAST_POLLS,
    FAST_POLL_NANOS,
    IDLES,
    IDLE_NANOS,
    SHORT_DELAYS,
    SHORT_DELAY_NANOS,
    LONG_DELAYS,
    LONG_DELAY_NANOS,
    SLOW_POLLS,
    SLOW_POLL_NANOS,
    INSTRUMENTED,
    FIRST_POLLS,
    FIRST_POLL_DELAY_NANOS,
    DROPPED;

    static final int COUNT = values().length;
}
