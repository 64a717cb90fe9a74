package dev.edo.internal;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Closes sockets and directories that nobody can reach any more, and ends what else ought to end then. Not every owner gets the chance to: a task in direct
 * style that is aborted before its first run never enters its try-with-resources.
 *
 * <p>Algorithm: a phantom reference for each, kept in one of a few linked lists until its owner is closed, and one
 * thread that closes what comes out of their queue. A {@code Cleaner} would do the same behind one monitor that all
 * tasks share, see {@link SpinLock}. Where the system allows no more threads, owners do without, and each new one
 * tries again to start it.
 */
public final class DroppedResources {
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

    private DroppedResources() {}

    /** One list. */
    private static final class Shard extends SpinLock {
        private @Nullable Trace first;
    }

    /** What is left of an owner: enough to close what it owned. Must not reach the owner itself. */
    public abstract static class Trace extends PhantomReference<Object> {
        private final Shard shard;

        // Guarded by the shard.
        private @Nullable Trace previous;
        private @Nullable Trace next;
        private boolean isListed;

        /**
         * A trace that is not listed yet.
         *
         * @param owner what {@link #close()} must not reach
         * @param number of a descriptor, say: traces are spread over the lists by it
         */
        protected Trace(Object owner, int number) {
            super(owner, QUEUE);
            shard = LISTS[number & SHARDS - 1];
        }

        /**
         * Closes what the owner owned, unless somebody has done so.
         *
         * @throws IOException where that fails, which is logged
         */
        protected abstract void close() throws IOException;

        /** Sees to it that this is closed when nobody can reach the owner. */
        public final void watch() {
            startThread();
            shard.lock();
            try {
                var first = shard.first;
                next = first;
                if (first != null) {
                    first.previous = this;
                }
                shard.first = this;
                isListed = true;
            } finally {
                shard.unlock();
            }
        }

        /** The owner has closed what it owned, or has given it away; may be called again. */
        public final void forget() {
            clear();
            shard.lock();
            try {
                if (isListed) {
                    unlink();
                }
            } finally {
                shard.unlock();
            }
        }

        private void unlink() {
            isListed = false;
            if (previous == null) {
                shard.first = next;
            } else {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
            previous = null;
            next = null;
        }
    }

    /**
     * Sees to it that something is ended when nobody can reach its owner.
     *
     * @param owner who forgets the trace when it ends that itself
     * @param number of a descriptor or a process, say
     * @param end runs on a thread that many share; must not reach the owner
     * @return what to forget
     */
    public static Trace watch(Object owner, int number, Runnable end) {
        var trace = new Trace(owner, number) {
            @Override
            protected void close() {
                end.run();
            }
        };
        trace.watch();
        return trace;
    }

    private static void startThread() {
        if (STARTED.get() || !STARTED.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread.ofPlatform().daemon().name("edo-dropped-resources").start(DroppedResources::closeAll);
        } catch (RuntimeException | Error e) {
            STARTED.set(false);
            if (FAILURE_LOGGED.compareAndSet(false, true)) {
                System.getLogger(DroppedResources.class.getName()).log(System.Logger.Level.WARNING,
                        "no thread to close what nobody can reach any more; that stays open until one starts", e);
            }
        }
    }

    private static void closeAll() {
        try {
            for (;;) {
                closeNext();
            }
        } finally {
            STARTED.set(false); // an error ended it, like a lack of memory; the next owner starts another one
        }
    }

    private static void closeNext() {
        try {
            if (QUEUE.remove() instanceof Trace trace) {
                try {
                    trace.close();
                } finally {
                    trace.forget();
                }
            }
        } catch (InterruptedException e) {
            // nobody has a reason to interrupt this thread; go on
        } catch (IOException | RuntimeException e) {
            System.getLogger(DroppedResources.class.getName())
                    .log(System.Logger.Level.WARNING, "closing what nobody can reach any more failed", e);
        }
    }
}
