package dev.edo.impl.io;

import dev.edo.impl.driver.io.Registration;
import dev.edo.io.AsyncFdReady;
import dev.edo.io.IoOperation;
import dev.edo.io.Ready;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One event of a descriptor, and the way to say that it is over. */
final class AsyncFdReadyImpl implements AsyncFdReady {
    private final Registration registration;
    private final long event;
    private Ready ready;

    /**
     * An event.
     *
     * @param mask what was waited for
     */
    AsyncFdReadyImpl(Registration registration, long event, int mask) {
        this.registration = registration;
        this.event = event;
        this.ready = Ready.ofBits((int) event & mask & Ready.ALL.bits());
    }

    @Override
    public Ready ready() {
        return ready;
    }

    @Override
    public void clearReady() {
        clearReadyMatching(ready);
    }

    @Override
    public void clearReadyMatching(Ready part) {
        var cleared = ready.intersection(part);
        // Clearing takes the error of the event along; where it is not meant the event must not show it.
        long shown = cleared.isError() ? event : event & ~(long) Ready.ERROR.bits();
        registration.clearReadiness(shown, cleared.bits());
        ready = ready.subtract(cleared);
    }

    @Override
    public <T> @Nullable T tryIo(IoOperation<T> operation) throws IOException {
        var result = operation.run();
        if (result == null) {
            clearReady();
        }
        return result;
    }

    @Override
    public String toString() {
        return "AsyncFdReady[" + ready + "]";
    }
}
