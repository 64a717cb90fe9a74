package dev.edo.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are no frame, or a frame that cannot be encoded.
 *
 * <pre>{@code
 * throw new CodecException("type=" + type + ": expected one of +-:$*", false);
 * }</pre>
 */
public class CodecException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether the decoder knows where the next frame begins. */
    private final boolean recoverable;

    /**
     * An error of a codec.
     *
     * @param message what was found and what was expected
     * @param recoverable as {@link #isRecoverable()}
     */
    public CodecException(String message, boolean recoverable) {
        this(message, recoverable, null);
    }

    /**
     * An error of a codec with a reason.
     *
     * @param message what was found and what was expected
     * @param recoverable as {@link #isRecoverable()}
     * @param cause why, or null
     */
    public CodecException(String message, boolean recoverable, @Nullable Throwable cause) {
        super(message, cause);
        this.recoverable = recoverable;
    }

    /**
     * Tells whether the decoder can go on with the next frame. It has then taken the bad one, or is
     * about to discard the rest of it; each of its exceptions must bring it forward. Otherwise the
     * stream of frames ends.
     *
     * @return whether reading may go on
     */
    public final boolean isRecoverable() {
        return recoverable;
    }
}
