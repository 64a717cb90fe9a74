package dev.edo.impl.net;

import dev.edo.impl.driver.io.Registration;
import dev.edo.internal.SpinLock;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Closes sockets that nobody can reach any more, and ends what else then ought to end. Not every owner gets the chance
 * to: a task in direct style that is aborted before its first run never enters its try-with-resources.
 *
 * <p>Algorithm: a phantom reference per socket, kept in one of a few linked lists until the socket is closed, and one
 * thread that closes what comes out of their queue. A {@code Cleaner} would do the same behind one monitor that all
 * tasks share, see {@link SpinLock}. Where the system allows no more threads, sockets do without, and each new one
 * tries again to start it.
 */
public final class DroppedSockets {
    private static final int SHARDS = 16; // a power of two
    private static final Shard[] LISTS = new Shard[SHARDS];
    private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
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

    /** What is left of something that nobody can reach: enough to end it. */
    public abstract static sealed class Trace extends PhantomReference<Object> {
        private final Shard shard;

        // Guarded by the shard.
        private @Nullable Trace previous;
        private @Nullable Trace next;
        private boolean isListed;

        private Trace(Object owner, int key) {
            super(owner, QUEUE);
            this.shard = LISTS[key & SHARDS - 1];
        }

        abstract void end();
    }

    /** Of a socket. */
    private static final class SocketTrace extends Trace {
        private final StreamDescriptor socket;
        private final Registration registration;

        private SocketTrace(EventedSocket evented, StreamDescriptor socket, Registration registration) {
            super(evented, socket.intValue());
            this.socket = socket;
            this.registration = registration;
        }

        @Override
        void end() {
            EventedSocket.close(socket, registration);
        }
    }

    /** Of anything else. */
    private static final class OtherTrace extends Trace {
        private final Runnable end;

        private OtherTrace(Object owner, int key, Runnable end) {
            super(owner, key);
            this.end = end;
        }

        @Override
        void end() {
            end.run();
        }
    }

    /** Sees to it that the socket is closed when nobody can reach the evented one. */
    static Trace watch(EventedSocket evented, StreamDescriptor socket, Registration registration) {
        return listed(new SocketTrace(evented, socket, registration));
    }

    /**
     * Sees to it that something else is ended when nobody can reach its owner.
     *
     * @param owner who forgets the trace when it ends that itself
     * @param key any number that others mostly do not have
     * @param end runs on a thread that many share; must not reach the owner
     * @return what to forget
     */
    public static Trace watch(Object owner, int key, Runnable end) {
        return listed(new OtherTrace(owner, key, end));
    }

    private static Trace listed(Trace trace) {
        startThread();
        var shard = trace.shard;
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

    /** The socket was closed, or the other thing ended. */
    public static void forget(Trace trace) {
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
                trace.end();
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
