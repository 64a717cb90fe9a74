package dev.edo.impl.process;

import dev.edo.future.Context;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The children that nobody waits for any more, but that still run: their statuses are taken when they end, so that none
 * stays as a zombie.
 *
 * <p>Algorithm: as long as there is any, a thread looks at all of them at each SIGCHLD, and now and then without one,
 * in case that another handler has taken the place of the JVM's. Who puts a child in looks at it once more
 * afterwards: its signal may have come before.
 *
 * <p>The price: from the first orphan on the JVM handles SIGCHLD, and starts a thread for each.
 *
 * <p>Origin: Tokio's process/unix/orphan.rs, where the driver of some runtime looks.
 */
final class OrphanQueue {
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long PAUSE_WITHOUT_SIGNALS_NANOS = Duration.ofSeconds(1).toNanos();

    private static final ConcurrentLinkedQueue<ChildProcess> ORPHANS = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private OrphanQueue() {}

    /** Takes care of a child that nobody waits for. */
    static void push(ChildProcess orphan) {
        if (isGone(orphan)) {
            return;
        }
        if (orphan.becomesOrphan()) {
            ORPHANS.add(orphan);
        }
        if (isGone(orphan)) {
            ORPHANS.remove(orphan);
            return;
        }
        startThread();
    }

    /** {@return how many still run} */
    static int size() {
        return ORPHANS.size();
    }

    private static boolean isGone(ChildProcess orphan) {
        try {
            return orphan.look() != null;
        } catch (IOException e) {
            return true; // other code has taken its status
        }
    }

    private static void startThread() {
        if (RUNNING.get() || !RUNNING.compareAndSet(false, true)) {
            return;
        }
        try {
            Thread.ofPlatform().daemon().name("edo-orphans").start(OrphanQueue::run);
        } catch (RuntimeException | Error e) {
            RUNNING.set(false);
            System.getLogger(OrphanQueue.class.getName()).log(System.Logger.Level.WARNING,
                    "no thread to wait for children that nobody waits for; they stay as zombies until one starts", e);
        }
    }

    private static void run() {
        boolean isDone = false;
        var thread = Thread.currentThread();
        var cx = Context.of(() -> LockSupport.unpark(thread));
        Signal listener = null;
        try {
            listener = listen();
            while (!isDone) {
                // before the look: a child that ends after it is told of
                var arrival = listener == null ? null : listener.recv();
                boolean hasArrived = arrival != null && arrival.poll(cx).isReady();
                ORPHANS.removeIf(OrphanQueue::isGone);
                isDone = ORPHANS.isEmpty() && isStopping();
                if (!isDone && !hasArrived) {
                    LockSupport.parkNanos(OrphanQueue.class,
                            listener == null ? PAUSE_WITHOUT_SIGNALS_NANOS : PAUSE_NANOS);
                    Thread.interrupted(); // nobody has a reason to interrupt this thread; go on
                }
                if (arrival != null) {
                    arrival.cancel();
                }
            }
        } finally {
            if (!isDone) {
                RUNNING.set(false); // an error ended it, like a lack of memory; the next orphan starts another one
            }
            if (listener != null) {
                listener.close();
            }
        }
    }

    /** {@return whether no orphan has come before others could see that this thread ends} */
    private static boolean isStopping() {
        RUNNING.set(false);
        return ORPHANS.isEmpty() || !RUNNING.compareAndSet(false, true);
    }

    private static @Nullable Signal listen() {
        try {
            return Signal.listen(SignalKind.child());
        } catch (IOException e) {
            System.getLogger(OrphanQueue.class.getName()).log(System.Logger.Level.INFO,
                    "children that nobody waits for are looked at once a second, as nothing tells of their end", e);
            return null;
        }
    }
}
