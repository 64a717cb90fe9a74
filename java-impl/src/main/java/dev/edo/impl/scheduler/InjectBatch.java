package dev.edo.impl.scheduler;

import dev.edo.internal.WakeBatch;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that one call wakes from outside of their scheduler. They are appended to its inject queue together, and
 * whoever looks at that is told once: woken one by one, a thousand tasks that need little time let the workers
 * fall asleep and be woken again all the time, because they are faster than who wakes them.
 *
 * <p>Protocol: a task in here has been notified already, so nobody else queues it. The thread that makes a batch ends
 * it before it returns from waking, whatever other wakers throw.
 *
 * <p>Origin: the batches of 32 in Tokio's {@code sync/notify.rs}, which wakes each task of them by itself.
 */
public final class InjectBatch implements WakeBatch {
    /** So many are appended at once, so that the first do not wait for the last. */
    static final int MOST = 32;

    private final Inject inject;
    private final Runnable pushed;
    private @Nullable Schedulable first;
    private @Nullable Schedulable last;
    private int count;

    private InjectBatch(Inject inject, Runnable pushed) {
        this.inject = inject;
        this.pushed = pushed;
    }

    /**
     * Puts a task off.
     *
     * @param batch what the calling thread has put off so far
     * @param inject where the task is to go
     * @param pushed tells whoever looks at that queue that there is something
     * @return the batch that has the task now, or null where it is not put off: there is no memory for a batch, or the
     *     one that there is belongs to another scheduler
     */
    public static @Nullable InjectBatch add(
            @Nullable WakeBatch batch, Inject inject, Runnable pushed, Schedulable task) {
        var mine = batch == null ? make(inject, pushed) : (InjectBatch) batch;
        if (mine == null || mine.inject != inject) {
            return null;
        }
        mine.add(task);
        return mine;
    }

    /** Null without memory: the task has been notified, and must not be lost. */
    private static @Nullable InjectBatch make(Inject inject, Runnable pushed) {
        try {
            return new InjectBatch(inject, pushed);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    private void add(Schedulable task) {
        if (last == null) {
            first = task;
        } else {
            Inject.chain(last, task);
        }
        last = task;
        if (++count == MOST) {
            end();
        }
    }

    @Override
    public void end() {
        var from = first;
        var to = last;
        if (from == null || to == null) {
            return;
        }
        int tasks = count;
        first = null;
        last = null;
        count = 0;
        if (inject.pushAll(from, to, tasks)) {
            pushed.run();
            inject.dropAllIfClosed(); // it may have been closed, and drained for the last time, during the push
        } else {
            Inject.dropChain(from, to);
        }
    }
}
