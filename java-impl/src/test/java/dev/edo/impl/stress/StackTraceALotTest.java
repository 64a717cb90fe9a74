package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Thread dumps of tasks that are runnable. To read the stack of a thread that is not mounted the JDK suspends it, and
 * submits it again afterwards, because its turn may have come and gone meanwhile, or may still be ahead: then the task
 * is submitted while it is in a run queue. Were it put into a queue twice, the links of the queue would break, and
 * tasks behind it be lost.
 */
class StackTraceALotTest extends StressTest {
    private static final int TASKS = 50;

    @Test
    void yieldingTasksAreDumped() throws Exception {
        var stop = new AtomicBoolean();
        var threads = new LinkedBlockingQueue<Thread>();
        for (int i = 0; i < TASKS; i++) {
            spawn(() -> {
                threads.add(Thread.currentThread());
                while (!stop.get()) {
                    Thread.yield();
                }
            });
        }
        dump(threads, stop);
        awaitAll();
    }

    @Test
    void tasksThatHandOverAreDumped() throws Exception {
        var stop = new AtomicBoolean();
        var threads = new LinkedBlockingQueue<Thread>();
        for (int i = 0; i < TASKS / 2; i++) {
            var queue = new SynchronousQueue<Boolean>();
            spawn(() -> {
                threads.add(Thread.currentThread());
                while (!stop.get()) {
                    queue.put(true);
                }
                queue.put(false);
            });
            spawn(() -> {
                threads.add(Thread.currentThread());
                boolean more = true;
                while (more) {
                    more = queue.take();
                }
            });
        }
        dump(threads, stop);
        awaitAll();
    }

    /** Wakes from outside go through the queue that all threads share. */
    @Test
    void tasksThatForeignThreadsWakeAreDumped() throws Exception {
        var stop = new AtomicBoolean();
        var threads = new LinkedBlockingQueue<Thread>();
        var queues = new ArrayList<LinkedBlockingQueue<Boolean>>();
        for (int i = 0; i < TASKS; i++) {
            var queue = new LinkedBlockingQueue<Boolean>();
            queues.add(queue);
            spawn(() -> {
                threads.add(Thread.currentThread());
                boolean more = true;
                while (more) {
                    more = queue.take();
                    Thread.yield();
                }
            });
        }
        var waker = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                for (var queue : queues) {
                    if (queue.size() < 4) {
                        queue.add(true);
                    }
                }
            }
            queues.forEach(queue -> queue.add(false));
        });
        dump(threads, stop);
        waker.join();
        awaitAll();
    }

    private static void dump(LinkedBlockingQueue<Thread> threads, AtomicBoolean stop) throws Exception {
        Eventually.until("all tasks run", () -> threads.size() == TASKS);
        var dumped = new CountDownLatch(1);
        var end = deadlineNanos(Duration.ofMillis(700));
        var dumper = Thread.ofPlatform().daemon().start(() -> {
            int frames = 0;
            while (isBefore(end)) {
                for (var thread : threads) {
                    frames += thread.getStackTrace().length;
                }
            }
            if (frames > 0) {
                dumped.countDown();
            }
        });
        assertTrue(dumper.join(Eventually.PATIENCE.multipliedBy(Scale.of(1))), "taking stack traces hangs");
        stop.set(true);
        Eventually.opened("some stacks were seen", dumped);
    }
}
