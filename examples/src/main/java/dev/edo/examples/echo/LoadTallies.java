package dev.edo.examples.echo;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A {@link LoadTally} for each thread that polls connections, so that recording needs no
 * synchronisation.
 */
final class LoadTallies {
    private final Queue<LoadTally> all = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<LoadTally> mine = ThreadLocal.withInitial(() -> {
        var tally = new LoadTally();
        all.add(tally);
        return tally;
    });

    LoadTally ofThisThread() {
        return mine.get();
    }

    long sum(ToLongFunction<LoadTally> count) {
        return all.stream().mapToLong(count).sum();
    }

    /** Adds up one histogram of each thread, when the run is over. */
    LatencyHistogram merge(Function<LoadTally, LatencyHistogram> histogram) {
        var sum = new LatencyHistogram();
        for (var tally : all) {
            sum.add(histogram.apply(tally));
        }
        return sum;
    }
}
