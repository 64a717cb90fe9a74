package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.driver.Driver;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.scheduler.Configs;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandOverTest {
    @BeforeAll
    static void load() {
        NativeLibrary.ensureLoaded();
    }

    /**
     * The watch has taken a task out of its queue to see what it is. The worker that was woken for it looks
     * meanwhile, finds nothing and goes back to sleep. The task is put back: somebody has to be woken for
     * it once more.
     */
    @Test
    void aTaskThatTheWatchPutsBackWakesAWorker() throws InterruptedException {
        var scheduler = new MultiThread(Configs.workers(1, true, 1), Driver.open(0, null, 2), loop -> {
            Thread.ofPlatform().daemon().start(loop);
            return true;
        });
        scheduler.start();
        while (!scheduler.idle.isParked(0)) {
            Thread.onSpinWait();
        }
        var ran = new CountDownLatch(1);
        scheduler.inject.push(new Schedulable() {
            @Override
            public int run(ThreadContext context, int budget) {
                ran.countDown();
                return budget;
            }
        });
        scheduler.runHandOversElsewhere();
        assertTrue(ran.await(20, TimeUnit.SECONDS), "a task is queued and the worker sleeps");
        scheduler.shutDown();
        assertTrue(scheduler.awaitEnd(TimeUnit.SECONDS.toNanos(20)));
    }
}
