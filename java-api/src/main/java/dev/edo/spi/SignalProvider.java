package dev.edo.spi;

import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import dev.edo.sync.WatchReceiver;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Signals of the operating system, as an implementation provides them. */
public interface SignalProvider {
    /**
     * The number behind {@link SignalKind}'s methods.
     *
     * @param name without {@code SIG}
     * @return the number, or -1 where this system has no such signal
     */
    int number(String name);

    /**
     * The name behind {@link SignalKind#toString()}.
     *
     * @param number any
     * @return the name without {@code SIG}, or null where there is none
     */
    @Nullable String name(int number);

    /**
     * Implements {@link Signal#listen(SignalKind)}.
     *
     * @param number of the signal
     * @return sees a change whenever such a signal has come; never closed by its sender
     * @throws IOException when the JVM or the system keeps this signal for itself
     */
    WatchReceiver<?> listen(int number) throws IOException;
}
