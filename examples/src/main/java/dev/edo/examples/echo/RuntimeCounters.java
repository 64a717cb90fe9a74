package dev.edo.examples.echo;

import dev.edo.runtime.RuntimeMetrics;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * What a runtime counted, over all of its workers.
 *
 * @param polls how often a task was polled
 * @param steals how many tasks one worker took from another
 * @param parks how often a worker went to sleep
 * @param lifo how often the next task came from a worker's LIFO slot
 * @param slotsInUse registered sockets, now
 * @param eventsPublished readiness events that the kernel delivered
 * @param eventsWithoutUpcall those of them that nobody waited for, so that Java was not called
 */
record RuntimeCounters(
        long polls,
        long steals,
        long parks,
        long lifo,
        long slotsInUse,
        long eventsPublished,
        long eventsWithoutUpcall) {
    static RuntimeCounters of(RuntimeMetrics metrics) {
        int workers = metrics.numWorkers();
        return new RuntimeCounters(
                sum(workers, metrics::workerPollCount),
                sum(workers, metrics::workerStealCount),
                sum(workers, metrics::workerParkCount),
                sum(workers, metrics::workerLifoCount),
                metrics.ioDriverSlotsInUse(),
                metrics.ioDriverReadyCount(),
                metrics.ioDriverQuietCount());
    }

    /** {@return what was counted since the earlier look; the slots are those of now} */
    RuntimeCounters since(RuntimeCounters earlier) {
        return new RuntimeCounters(
                polls - earlier.polls,
                steals - earlier.steals,
                parks - earlier.parks,
                lifo - earlier.lifo,
                slotsInUse,
                eventsPublished - earlier.eventsPublished,
                eventsWithoutUpcall - earlier.eventsWithoutUpcall);
    }

    private static long sum(int workers, IntToLongFunction count) {
        return IntStream.range(0, workers).mapToLong(count::applyAsLong).sum();
    }
}
