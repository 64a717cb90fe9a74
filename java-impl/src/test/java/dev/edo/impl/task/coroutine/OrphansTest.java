package dev.edo.impl.task.coroutine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The system has no more threads when the first one is asked for. Were that to fail, the virtual thread would never be
 * mounted again, nor those that were taken from the queues together with it.
 */
class OrphansTest {
    private final AtomicInteger refusals = new AtomicInteger();
    private final ThreadPoolExecutor carriers = Orphans.carriers(body -> {
        if (refusals.getAndDecrement() > 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return Thread.ofPlatform().daemon().unstarted(body);
    });

    @Test
    void whatFindsNoThreadRunsOnTheNextOne() throws InterruptedException {
        refusals.set(1);
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        Orphans.execute(carriers, first::countDown);
        assertEquals(1, first.getCount());
        Orphans.execute(carriers, second::countDown);
        first.await();
        second.await();
    }

    @Test
    void whatFoundNoThreadRunsWhenThereIsOneAgain() throws InterruptedException {
        refusals.set(2);
        var ran = new CountDownLatch(1);
        Orphans.execute(carriers, ran::countDown);
        Orphans.startThread(carriers);
        assertEquals(1, ran.getCount());
        Orphans.startThread(carriers);
        ran.await();
    }

    @Test
    void noThreadIsStartedForNothing() {
        Orphans.startThread(carriers);
        assertEquals(0, carriers.getPoolSize());
    }
}
