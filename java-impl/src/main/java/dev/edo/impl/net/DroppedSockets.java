package dev.edo.impl.net;

import dev.edo.impl.driver.io.Registration;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/**
 * Closes sockets that nobody can reach any more. Not every owner gets the chance to: a task in direct style that is
 * aborted before its first run never enters its try-with-resources.
 *
 * <p>Algorithm: a phantom reference per socket, kept reachable by the registration, and one thread that closes what
 * comes out of their queue. A {@code Cleaner} would do the same behind a monitor that all tasks share.
 */
final class DroppedSockets {
    private static final ReferenceQueue<EventedSocket> QUEUE = new ReferenceQueue<>();

    static {
        Thread.ofPlatform().daemon().name("edo-dropped-sockets").start(DroppedSockets::closeAll);
    }

    private DroppedSockets() {}

    /** What is left of a socket: enough to close it. */
    private static final class Trace extends PhantomReference<EventedSocket> {
        private final NativeSocket socket;
        private final Registration registration;

        Trace(EventedSocket evented, NativeSocket socket, Registration registration) {
            super(evented, QUEUE);
            this.socket = socket;
            this.registration = registration;
        }
    }

    /** Sees to it that the socket is closed when nobody can reach the evented one. */
    static void watch(EventedSocket evented, NativeSocket socket, Registration registration) {
        registration.attach(new Trace(evented, socket, registration));
    }

    private static void closeAll() {
        for (;;) {
            try {
                if (QUEUE.remove() instanceof Trace trace) {
                    EventedSocket.close(trace.socket, trace.registration);
                }
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt this thread; go on
            } catch (RuntimeException e) {
                System.getLogger(DroppedSockets.class.getName())
                        .log(System.Logger.Level.WARNING, "closing a dropped socket failed", e);
            }
        }
    }
}
