package dev.edo.impl.scheduler.currentthread;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who has the core, and who waits for it.
 *
 * <p>Protocol: a thread that waits for the core is in {@code waiting} before it looks at {@code holder} again, and who
 * gives the core back looks at {@code waiting} afterwards, so that one of them sees the other. One of those that wait
 * is told, the oldest; if it does not want the core any more it passes that on when it leaves.
 */
final class CoreLock {
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Thread> waiting = new ConcurrentLinkedQueue<>();

    /** The only thread that may hold the core, or null if all may. */
    private @Nullable Thread owner;

    /** Keeps all other threads from the core; called before any of them knows the runtime. */
    void bindTo(Thread thread) {
        owner = thread;
    }

    /** Whether nothing but another holder keeps a thread from the core. */
    boolean isFor(Thread thread) {
        return owner == null || owner == thread;
    }

    /** Takes the core if it is free and the thread may have it. */
    boolean tryAcquire(Thread thread) {
        return isFor(thread) && tryAcquireToEnd(thread);
    }

    /** Takes the core if it is free, whoever owns it: for the one who ends the runtime. */
    boolean tryAcquireToEnd(Thread thread) {
        return holder.compareAndSet(null, thread);
    }

    /** Gives the core back; {@link #wakeNext} is to follow. */
    void release() {
        holder.set(null);
    }

    /** Who has the core; null where it is free. */
    @Nullable Thread holder() {
        return holder.get();
    }

    boolean isFree() {
        return holder.get() == null;
    }

    boolean isHeldByCaller() {
        return holder.get() == Thread.currentThread();
    }

    /** A thread is to be told when the core is given back; it looks again before it sleeps. */
    void startWaiting(Thread thread) {
        waiting.add(thread);
    }

    void stopWaiting(Thread thread) {
        waiting.remove(thread);
        if (isFree()) {
            wakeNext(); // this thread may have been told of a free core that it does not want
        }
    }

    void wakeNext() {
        var next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next);
        }
    }

    void wakeAll() {
        waiting.forEach(LockSupport::unpark);
    }
}
