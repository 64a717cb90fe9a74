package dev.edo.impl.net;

import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.io.Interest;
import java.io.IOException;

/**
 * A descriptor that tells of an event by being readable, and is good for nothing else. It is closed when this is, or
 * nobody can reach this any more.
 */
public final class WatchedFd implements AutoCloseable {
    private final EventedSocket evented;

    private WatchedFd(EventedSocket evented) {
        this.evented = evented;
    }

    /**
     * Registers a descriptor, or closes it.
     *
     * @param what for messages: what this is
     */
    public static WatchedFd register(int fd, String what, IoDriver driver) throws IOException {
        return new WatchedFd(
                EventedSocket.registerWithoutEnd(new NativePipe(fd, what), driver, Interest.READABLE));
    }

    /** {@return a wait for the event} */
    public Readiness readiness() {
        return evented.readiness(Interest.READABLE);
    }

    /** There was no event after all. */
    public void clear(long event) {
        evented.clearReadable(event);
    }

    @Override
    public void close() {
        evented.close();
    }
}
