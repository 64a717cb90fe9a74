package dev.edo.impl.driver;

import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.UringCalls;
import dev.edo.impl.time.Clock;
import dev.edo.impl.time.TimeDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The drivers of one runtime, stacked: time around I/O, or around a plain thread park without I/O. */
public final class Driver {
    private final @Nullable IoDriver io;
    private final @Nullable TimeDriver time;
    private final Park top;

    private Driver(@Nullable IoDriver io, @Nullable TimeDriver time, Park top) {
        this.io = io;
        this.time = time;
        this.top = top;
    }

    /**
     * Opens the drivers.
     *
     * @param maxIoEvents the most events taken from the kernel at once, or 0 without I/O
     * @param clock the clock, or null without time
     * @param timerShards the number of timer wheels: one per worker, and the last one for all other threads
     */
    public static Driver open(int maxIoEvents, @Nullable Clock clock, int timerShards) {
        return open(maxIoEvents, null, clock, timerShards);
    }

    /**
     * The same, with a ring for calls on files.
     *
     * @param ring its calls, or null without; there is one only with I/O
     */
    public static Driver open(int maxIoEvents, @Nullable UringCalls ring, @Nullable Clock clock, int timerShards) {
        IoDriver io = null;
        if (maxIoEvents > 0) {
            OpenFileLimitReader.readOnce();
            try {
                io = open(maxIoEvents, ring);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot open the I/O driver: " + e.getMessage(), e);
            }
        }
        Park bottom = io != null ? io : new ThreadPark();
        try {
            var time = clock == null ? null : new TimeDriver(clock, bottom, timerShards);
            return new Driver(io, time, time != null ? time : bottom);
        } catch (RuntimeException | Error e) {
            bottom.shutdown();
            throw e;
        }
    }

    private static IoDriver open(int maxIoEvents, @Nullable UringCalls ring) throws IOException {
        var io = IoDriver.open(maxIoEvents);
        if (ring == null) {
            return io;
        }
        boolean opened = false;
        try {
            io.openUring(ring);
            opened = true;
            return io;
        } finally {
            if (!opened) {
                io.shutdown();
            }
        }
    }

    /** What the scheduler parks in. */
    public Park park() {
        return top;
    }

    /** The I/O driver, or null where I/O is not enabled. */
    public @Nullable IoDriver io() {
        return io;
    }

    /** The time driver, or null where time is not enabled. */
    public @Nullable TimeDriver time() {
        return time;
    }
}
