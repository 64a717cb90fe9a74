package dev.edo.io;

import java.io.IOException;
import java.io.Serial;

/**
 * The other side sent more than the caller was ready to hold in memory.
 *
 * <pre>{@code
 * try {
 *     header = in.readLine(8192).await();
 * } catch (LimitExceededException e) {
 *     refuse("header longer than " + e.limitBytes());
 * }
 * }</pre>
 */
public final class LimitExceededException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The limit. */
    private final int limitBytes;

    LimitExceededException(String what, int limitBytes) {
        super(what + " is longer than limit=" + limitBytes + " bytes; allow more, or read it piece by piece");
        this.limitBytes = limitBytes;
    }

    /** {@return how many bytes were allowed} */
    public int limitBytes() {
        return limitBytes;
    }
}
