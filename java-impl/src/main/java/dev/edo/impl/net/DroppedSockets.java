package dev.edo.impl.net;

import dev.edo.impl.driver.io.Registration;
import dev.edo.internal.SpinLock;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Closes sockets that nobody can reach any more. Not every owner gets the chance to: a task in direct style that is
 * aborted before its first run never enters its try-with-resources.
 *
 * <p>Algorithm: a phantom reference per socket, kept in one of a few linked lists until the socket is closed, and one
 * thread that closes what comes out of their queue. A {@code Cleaner} would do the same behind one monitor that all
 * tasks share, see {@link SpinLock}. Where the system allows no more threads, sockets do without, and each new one
 * tries again to start it.
 */
final class DroppedSockets {
    private static final int SHARDS = 16; // a power of two
    private static final Shard[] LISTS = new Shard[SHARDS];
    private static final ReferenceQueue<EventedSocket> QUEUE = new ReferenceQueue<>();
    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static final AtomicBoolean FAILURE_LOGGED = new AtomicBoolean();

    static {
        for (int i = 0; i < SHARDS; i++) {
            LISTS[i] = new Shard();
        }
    }

    private DroppedSockets() {}

    /** One list. */
    private static final class Shard extends SpinLock {
        private @Nullable Trace first;
    }

    /** What is left of a socket: enough to close it. */
    static final class Trace extends PhantomReference<EventedSocket> {
        private final StreamDescriptor socket;
        private final Registration registration;
        private final Shard shard;

        // Guarded by the shard.
        private @Nullable Trace previous;
        private @Nullable Trace next;
        private boolean isListed;

        private Trace(EventedSocket evented, StreamDescriptor socket, Registration registration, Shard shard) {
            super(evented, QUEUE);
            this.socket = socket;
            this.registration = registration;
            this.shard = shard;
        }
    }

    /** Sees to it that the socket is closed when nobody can reach the evented one. */
    static Trace watch(EventedSocket evented, StreamDescriptor socket, Registration registration) {
        startThread();
        var shard = LISTS[socket.intValue() & SHARDS - 1];
        var trace = new Trace(evented, socket, registration, shard);
        shard.lock();
        try {
            var first = shard.first;
            trace.next = first;
            if (first != null) {
                first.previous = trace;
            }
            shard.first = trace;
            trace.isListed = true;
        } finally {
            shard.unlock();
        }
        return trace;
    }

    /** The socket was closed. */
    static void forget(Trace trace) {
        trace.clear();
        var shard = trace.shard;
        shard.lock();
        try {
            if (!trace.isListed) {
                return;
            }
            trace.isListed = false;
            var previous = trace.previous;
            var next = trace.next;
            if (previous == null) {
                shard.first = next;
            } else {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
            trace.previous = null;
            trace.next = null;
        } finally {
            shard.unlock();
        }
    }

    private static void startThread() {
        if (STARTED.get() || !STARTED.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread.ofPlatform().daemon().name("edo-dropped-sockets").start(DroppedSockets::closeAll);
        } catch (RuntimeException | Error e) {
            STARTED.set(false);
            if (FAILURE_LOGGED.compareAndSet(false, true)) {
                System.getLogger(DroppedSockets.class.getName()).log(System.Logger.Level.WARNING,
                        "no thread to close sockets that nobody can reach any more; they stay open until one starts",
                        e);
            }
        }
    }

    private static void closeAll() {
        try {
            for (;;) {
                closeNext();
            }
        } finally {
            STARTED.set(false); // an error ended it, like a lack of memory; the next socket starts another one
        }
    }

    private static void closeNext() {
        try {
            if (QUEUE.remove() instanceof Trace trace) {
                EventedSocket.close(trace.socket, trace.registration);
                forget(trace);
            }
        } catch (InterruptedException e) {
            // nobody has a reason to interrupt this thread; go on
        } catch (RuntimeException e) {
            System.getLogger(DroppedSockets.class.getName())
                    .log(System.Logger.Level.WARNING, "closing a dropped socket failed", e);
        }
    }
}
