package dev.edo.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The sums of all {@link TaskFigure}s, which any thread may add to.
 *
 * <p>Algorithm: one stripe of counters per thread, as far as processors make that worthwhile, so
 * that workers which poll at the same time rarely meet on a cache line; a figure is the sum over
 * the stripes. A stripe is made when a thread first adds to it.
 *
 * <p>Invariants: counters only grow, by atomic adds, and wrap around at 2<sup>64</sup>: a later sum
 * minus an earlier one is right all the same.
 */
final class TaskCounts {
    /** 128 bytes: two cache lines, since processors fetch them in pairs. */
    private static final int PAD = 16;

    private static final int MAX_STRIPES = 64;
    private static final int STRIPES = stripes(Runtime.getRuntime().availableProcessors());

    private final AtomicReferenceArray<@Nullable AtomicLongArray> stripes =
            new AtomicReferenceArray<>(STRIPES);

    private static int stripes(int processors) {
        return Integer.highestOneBit(2 * Math.min(processors, MAX_STRIPES) - 1);
    }

    void count(TaskFigure figure) {
        add(stripe(), figure, 1);
    }

    /** Counts one event, and how long it took. */
    void count(TaskFigure figure, TaskFigure durations, long nanos) {
        var stripe = stripe();
        add(stripe, figure, 1);
        if (nanos != 0) {
            add(stripe, durations, nanos);
        }
    }

    private static void add(AtomicLongArray stripe, TaskFigure figure, long delta) {
        stripe.getAndAdd(PAD + figure.ordinal(), delta);
    }

    private AtomicLongArray stripe() {
        int index = (int) Thread.currentThread().threadId() & STRIPES - 1;
        var stripe = stripes.get(index);
        return stripe != null ? stripe : newStripe(index);
    }

    private AtomicLongArray newStripe(int index) {
        var fresh = new AtomicLongArray(PAD + TaskFigure.COUNT + PAD);
        var faster = stripes.compareAndExchange(index, null, fresh);
        return faster != null ? faster : fresh;
    }

    /** {@return the sums, by the ordinals of the figures} */
    long[] sums() {
        var sums = new long[TaskFigure.COUNT];
        for (int i = 0; i < STRIPES; i++) {
            var stripe = stripes.get(i);
            if (stripe != null) {
                for (int figure = 0; figure < sums.length; figure++) {
                    sums[figure] += stripe.get(PAD + figure);
                }
            }
        }
        return sums;
    }
}
