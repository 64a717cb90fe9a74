package dev.edo.time;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A future did not complete in time.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/time/error/struct.Elapsed.html">tokio::time::error::Elapsed</a>
 */
public final class Elapsed extends TimeoutException {
    private static final long serialVersionUID = 1L;

    /**
     * For timeouts.
     *
     * @param limit the time that was granted
     */
    public Elapsed(Duration limit) {
        super("deadline has elapsed: not complete within " + limit);
    }

    /**
     * For timeouts with a fixed end.
     *
     * @param deadline the end
     */
    public Elapsed(Instant deadline) {
        super("deadline has elapsed: not complete by nanos=" + deadline.nanos());
    }
}
