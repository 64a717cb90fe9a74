package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.StacklessTask;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shutting down while a worker does not come back. */
@Timeout(60)
class BlockedWorkerTest extends WithWorkers {
    /** Keeps its worker until it is released. */
    private static final class Blocker extends Schedulable {
        private final CountDownLatch blocks = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        @Override
        public int run(ThreadContext context, int budget) {
            blocks.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return budget;
        }
    }

    /**
     * The task was woken during its poll and is in the queue of a worker that then blocks, with nobody free to steal
     * it. It cannot be ended from outside, and whoever waits for it must not wait for that worker.
     */
    @Test
    void aTaskInItsQueueThatWasToBePolledAgainIsEndedByAnotherWorker() throws Exception {
        var shared = start(2);
        var first = new Blocker();
        var second = new Blocker();
        try {
            shared.schedule(first);
            Eventually.opened("a worker is blocked", first.blocks);
            var task = new StacklessTask<>(shared, Future.<Integer>of(cx -> {
                shared.schedule(second); // goes into the LIFO slot, before the task
                cx.waker().wake();
                return Poll.pending();
            }));
            assertTrue(shared.owned().admit(task, null));
            shared.schedule(task);
            Eventually.opened("the other worker is blocked", second.blocks);
            shared.shutDown();
            first.release.countDown();
            Eventually.until("the task is ended", task::isFinished);
        } finally {
            first.release.countDown();
            second.release.countDown();
        }
    }

    /** Nobody can take it from there, and it is on no list, because it was never polled. */
    @Test
    void aNewTaskInItsLifoSlotIsEndedByAnotherWorker() throws Exception {
        var shared = start(2);
        var task = new StacklessTask<>(shared, Future.<Integer>pending());
        var blocker = new Blocker();
        try {
            shared.schedule(new Schedulable() {
                @Override
                public int run(ThreadContext context, int budget) {
                    assertTrue(shared.owned().admit(task, shared.ownList()));
                    shared.schedule(task);
                    return blocker.run(context, budget);
                }
            });
            Eventually.opened("a worker is blocked", blocker.blocks);
            shared.shutDown();
            Eventually.until("the task is ended", task::isFinished);
            assertEquals(0, shared.owned().aliveCount());
        } finally {
            blocker.release.countDown();
        }
    }
}
