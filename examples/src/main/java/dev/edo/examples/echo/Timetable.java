package dev.edo.examples.echo;

import dev.edo.time.Instant;

/**
 * When a run's phases begin and, in an open loop, when each request is due. All times are
 * nanoseconds since the run's start.
 */
final class Timetable {
    private final Instant start = Instant.now();
    private final long startNanoTime = System.nanoTime();
    private final long measureFromNanos;
    private final long endNanos;
    private final int connections;
    /** Between two requests of any connections; 0 in a closed loop. */
    private final double gapNanos;

    /** A run that starts now, in the current runtime. */
    Timetable(EchoOptions options) {
        measureFromNanos = options.warmup().toNanos();
        endNanos = measureFromNanos + options.duration().toNanos();
        connections = options.connections();
        gapNanos = options.requestsPerSecond() == 0 ? 0 : 1e9 / options.requestsPerSecond();
    }

    long nowNanos() {
        return System.nanoTime() - startNanoTime;
    }

    long measureFromNanos() {
        return measureFromNanos;
    }

    long endNanos() {
        return endNanos;
    }

    boolean isMeasured(long nanos) {
        return nanos >= measureFromNanos && nanos < endNanos;
    }

    boolean isOpenLoop() {
        return gapNanos > 0;
    }

    /**
     * When a request of an open loop is due: the connections take turns.
     *
     * @param connection from 0
     * @param request of that connection, from 0
     * @return the time, whether or not the connection is ready by then
     */
    long dueNanos(int connection, long request) {
        return (long) ((request * connections + connection) * gapNanos);
    }

    /** {@return the moment on the runtime's clock} */
    Instant instant(long nanos) {
        return new Instant(start.nanos() + nanos);
    }
}
