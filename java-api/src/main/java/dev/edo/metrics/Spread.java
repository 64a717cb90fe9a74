package dev.edo.metrics;

/**
 * One figure over all workers.
 *
 * @param total of all
 * @param max of the worker with the most
 * @param min of the worker with the least
 */
record Spread(long total, long max, long min) {
    /** {@return what some workers have; there is at least one} */
    static Spread of(long[] workers) {
        long total = 0;
        long max = workers[0];
        long min = workers[0];
        for (long value : workers) {
            total += value;
            max = Math.max(max, value);
            min = Math.min(min, value);
        }
        return new Spread(total, max, min);
    }
}
