package dev.edo.impl.natives;

import java.io.Serial;

/** Edo's native library cannot be used. The message says what was tried, why, and what to do. */
public final class NativeLibraryException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1;

    NativeLibraryException(String message) {
        super(message);
    }

    NativeLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
