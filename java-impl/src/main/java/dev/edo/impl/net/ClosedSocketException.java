package dev.edo.impl.net;

import java.io.Serial;
import java.nio.channels.ClosedChannelException;

/**
 * A socket was used after it was closed, or closed while it was used; unlike its parent it says which one.
 */
final class ClosedSocketException extends ClosedChannelException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String message;

    ClosedSocketException(String message) {
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
