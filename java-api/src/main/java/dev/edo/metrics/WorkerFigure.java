package dev.edo.metrics;

import dev.edo.runtime.RuntimeMetrics;

/** What each worker of a runtime counts, as a number that only grows. */
enum WorkerFigure {
    PARKS(RuntimeMetrics::workerParkCount),
    BUSY_NANOS((metrics, worker) -> metrics.workerTotalBusyDuration(worker).toNanos()),
    NOOPS(RuntimeMetrics::workerNoopCount),
    STEALS(RuntimeMetrics::workerStealCount),
    STEAL_OPERATIONS(RuntimeMetrics::workerStealOperations),
    LOCAL_SCHEDULES(RuntimeMetrics::workerLocalScheduleCount),
    OVERFLOWS(RuntimeMetrics::workerOverflowCount),
    POLLS(RuntimeMetrics::workerPollCount);

    static final int COUNT = values().length;

    private final Reader reader;

    /** Reads a figure of one worker. */
    @FunctionalInterface
    private interface Reader {
        long read(RuntimeMetrics metrics, int worker);
    }

    WorkerFigure(Reader reader) {
        this.reader = reader;
    }

    /** {@return the figure of each worker} */
    long[] read(RuntimeMetrics metrics) {
        var values = new long[metrics.numWorkers()];
        for (int worker = 0; worker < values.length; worker++) {
            values[worker] = reader.read(metrics, worker);
        }
        return values;
    }
}
