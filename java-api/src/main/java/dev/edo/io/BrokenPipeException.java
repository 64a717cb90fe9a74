package dev.edo.io;

import java.io.IOException;
import java.io.Serial;

/**
 * Somebody wrote into a pipe that nobody will read from any more, or after its writing side was
 * shut down.
 *
 * <pre>{@code
 * try {
 *     pipe.writeAll(report).await();
 * } catch (BrokenPipeException e) {
 *     return; // the reader has had enough
 * }
 * }</pre>
 *
 * @see <a href="https://doc.rust-lang.org/std/io/enum.ErrorKind.html">ErrorKind::BrokenPipe</a>
 */
public final class BrokenPipeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param message which pipe, and why nobody reads from it
     */
    public BrokenPipeException(String message) {
        super(message);
    }
}
