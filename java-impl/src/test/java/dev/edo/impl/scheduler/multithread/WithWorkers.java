package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.driver.Driver;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.scheduler.Configs;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of workers that run on threads, without drivers. */
abstract class WithWorkers {
    /** What the test has started. */
    @Nullable MultiThread scheduler;

    @BeforeAll
    static void load() {
        NativeLibrary.ensureLoaded();
    }

    /** Starts workers, and returns when all of them sleep. */
    final MultiThread start(int workers) throws Exception {
        return start(workers, true);
    }

    final MultiThread start(int workers, boolean lifoSlot) throws Exception {
        var started = new MultiThread(Configs.workers(workers, lifoSlot, 1), Driver.open(0, null, workers + 1), loop -> {
            Thread.ofPlatform().daemon().start(loop);
            return true;
        });
        scheduler = started;
        started.start();
        for (int i = 0; i < workers; i++) {
            int worker = i;
            Eventually.until("worker " + i + " sleeps", () -> started.idle.isParked(worker));
        }
        return started;
    }

    @AfterEach
    void end() throws InterruptedException {
        if (scheduler != null) {
            scheduler.shutDown();
            assertTrue(scheduler.awaitEnd(TimeUnit.SECONDS.toNanos(20)), "the workers did not end");
        }
    }
}
