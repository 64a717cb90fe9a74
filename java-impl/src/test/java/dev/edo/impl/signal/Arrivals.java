package dev.edo.impl.signal;

import dev.edo.signal.SignalKind;
import java.io.IOException;

/** What the JVM's handler does when a signal comes, without one: on the calling thread, and done when it returns. */
public final class Arrivals {
    private Arrivals() {}

    public static void of(SignalKind kind) throws IOException {
        SignalRegistry.instance().event(kind.asRawValue()).handle(null);
    }

    /** How many listeners to a kind are not closed. */
    public static int listeners(SignalKind kind) throws IOException {
        return SignalRegistry.instance().event(kind.asRawValue()).arrivals.receiverCount();
    }
}
