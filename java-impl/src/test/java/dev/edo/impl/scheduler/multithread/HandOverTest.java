package dev.edo.impl.scheduler.multithread;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers block behind a virtual thread that was handed over to them. */
@Timeout(60)
class HandOverTest extends WithWorkers {
    /** What the lock's next owner opens. */
    private final CountDownLatch lock = new CountDownLatch(1);

    /** A virtual thread that was handed over: where it runs it lets go those that wait for the lock. */
    private final class NextOwner extends Schedulable {
        @Override
        public int run(ThreadContext context, int budget) {
            if (scheduler != null) {
                scheduler.handOverStarted();
            }
            lock.countDown();
            return budget;
        }

        @Override
        public boolean isHandOver() {
            return true;
        }

        @Override
        public void drop() {
            run(ThreadContext.ofPlatformThread(), 0);
        }
    }

    /** A stackless task that blocks its worker until the lock was handed on. */
    private final class Waiting extends Schedulable {
        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch through = new CountDownLatch(1);

        @Override
        public int run(ThreadContext context, int budget) {
            running.countDown();
            try {
                lock.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            through.countDown();
            return budget;
        }
    }

    /**
     * One worker waits for the lock, two sleep. Two more tasks that want the lock are queued, then its next owner,
     * behind them. The sleepers take the tasks: now all wait, although two slept when the lock was handed over.
     */
    @Test
    void workersThatSleptAtTheHandOverBlockLater() throws Exception {
        var shared = start(3);
        var first = new Waiting();
        shared.schedule(first);
        Eventually.opened("the first worker waits", first.running);
        var second = new Waiting();
        var third = new Waiting();
        shared.inject.push(second);
        shared.inject.push(third);
        shared.handOver(new NextOwner());
        for (var waiting : new Waiting[] {first, second, third}) {
            Eventually.opened("a task gets through the lock", waiting.through);
        }
    }

    /**
     * The next owner is in the queue of the worker that waits for it, and the other worker sleeps: nobody told it,
     * since a driver's turn that wakes a single task leaves that to its own worker.
     */
    @Test
    void aWorkerThatSleepsIsWokenForIt() throws Exception {
        var shared = start(2);
        var waiting = new Waiting();
        shared.schedule(new Schedulable() {
            @Override
            public int run(ThreadContext context, int budget) {
                var worker = context.worker;
                if (worker == null) {
                    throw new AssertionError("run without a worker");
                }
                worker.queue.pushBack(new NextOwner(), shared.inject, worker.stats);
                return waiting.run(context, budget);
            }
        });
        Eventually.opened("the worker waits", waiting.running);
        Eventually.until("no worker moves", shared::isStuck);
        shared.rescue();
        Eventually.opened("a task gets through the lock", waiting.through);
    }

    /** The runtime shuts down while its worker waits for the lock. Its next owner is queued behind that. */
    @Test
    void aWorkerThatEndsGetsThroughTheLock() throws Exception {
        var shared = start(1);
        var waiting = new Waiting();
        shared.schedule(waiting);
        Eventually.opened("the worker waits", waiting.running);
        shared.shutDown();
        shared.handOver(new NextOwner());
        Eventually.opened("a task gets through the lock", waiting.through);
    }

    /** As before, and the other worker has ended already. */
    @Test
    void theLastWorkerThatEndsGetsThroughTheLock() throws Exception {
        var shared = start(2);
        var waiting = new Waiting();
        shared.schedule(waiting);
        Eventually.opened("the worker waits", waiting.running);
        shared.shutDown();
        Eventually.until("the other worker has ended", shared::isStuck);
        shared.handOver(new NextOwner());
        Eventually.opened("a task gets through the lock", waiting.through);
    }

    /**
     * The watch has taken a task out of its queue to see what it is. The worker that was woken for it looks
     * meanwhile, finds nothing and goes back to sleep. The task is put back: somebody has to be woken for
     * it once more.
     */
    @Test
    void aTaskThatTheWatchPutsBackWakesAWorker() throws Exception {
        var shared = start(1);
        var ran = new CountDownLatch(1);
        shared.inject.push(new Schedulable() {
            @Override
            public int run(ThreadContext context, int budget) {
                ran.countDown();
                return budget;
            }
        });
        shared.runHandOversElsewhere();
        Eventually.opened("the task runs", ran);
    }
}
