package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.driver.Driver;
import dev.edo.impl.driver.Park;
import dev.edo.impl.scheduler.Configs;
import dev.edo.impl.scheduler.JobsUnderWay;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a worker does where the scheduler itself fails, as it may for want of memory. Were its thread to end, nobody
 * would drive it again: what is in its queue would stay there, and whoever closes the runtime would wait for ever.
 */
@Timeout(60)
class WorkerFailureTest extends WithWorkers {
    private final ConcurrentLinkedQueue<Throwable> reported = new ConcurrentLinkedQueue<>();

    /** Fails as no task can. */
    private final class Failing extends Schedulable {
        @Override
        public int run(ThreadContext context, int budget) {
            Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> reported.add(thrown));
            throw new OutOfMemoryError("for a test");
        }
    }

    private static final class Counting extends Schedulable {
        private final CountDownLatch ran;

        Counting(CountDownLatch ran) {
            this.ran = ran;
        }

        @Override
        public int run(ThreadContext context, int budget) {
            ran.countDown();
            return budget;
        }
    }

    @Test
    void aFailureIsReportedAndTheWorkerGoesOn() throws Exception {
        var shared = start(1);
        var ran = new CountDownLatch(2);
        shared.schedule(new Counting(ran));
        shared.schedule(new Failing());
        shared.schedule(new Counting(ran));
        Eventually.opened("the others run", ran);
        Eventually.until("the worker sleeps", () -> shared.idle.isParked(0));
        assertEquals(0, shared.idle.searchingCount());
        assertEquals("for a test", reported.remove().getMessage());
        assertTrue(reported.isEmpty());
    }

    /** It is said to sleep by then, and somebody may have picked it and count on its search. */
    @Test
    void aFailureOfTheDriversLeavesTheCountsOfWhoSleepsAndSearchesRight() throws Exception {
        var failures = new AtomicInteger(20);
        var driver = Driver.open(0, null, 3);
        var shared = new MultiThread(Configs.workers(2, true, 1), driver, loop -> {
            Thread.ofPlatform().daemon().uncaughtExceptionHandler((_, thrown) -> reported.add(thrown)).start(loop);
            return true;
        });
        scheduler = shared;
        var drivers = new DriverLock(new FailingPark(driver.park(), failures));
        for (int i = 0; i < 2; i++) {
            shared.workers[i] = new Worker(shared, i, Configs.workers(2, true, 1), new Parker(drivers, null, i, new JobsUnderWay()));
        }
        shared.start();
        var ran = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            shared.schedule(new Counting(ran));
            if (i % 10 == 0) {
                TimeUnit.MICROSECONDS.sleep(200); // so that workers go to sleep in between; any time will do
            }
        }
        Eventually.opened("all run", ran);
        Eventually.until("both sleep", () -> shared.idle.isParked(0) && shared.idle.isParked(1));
        assertEquals(0, shared.idle.searchingCount());
        assertEquals(20 - Math.max(0, failures.get()), reported.size());
    }

    /**
     * What the drivers woke before they failed is in the queue of a worker that told nobody of it, and the first task
     * may keep that one busy for long.
     */
    @Test
    void othersAreWokenForWhatTheDriversQueuedBeforeTheyFailed() throws Exception {
        var driver = Driver.open(0, null, 3);
        var shared = new MultiThread(Configs.workers(2, true, 1), driver, loop -> {
            Thread.ofPlatform().daemon().uncaughtExceptionHandler((_, thrown) -> reported.add(thrown)).start(loop);
            return true;
        });
        scheduler = shared;
        var ran = new CountDownLatch(1);
        var waiting = new Schedulable() {
            @Override
            public int run(ThreadContext context, int budget) {
                try {
                    Eventually.opened("the other task runs beside this one", ran);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return budget;
            }
        };
        var woken = new AtomicBoolean();
        var drivers = new DriverLock(new Park() {
            @Override
            public void park(long timeoutNanos) {
                driver.park().park(timeoutNanos);
                if (shared.idle.isParked(0) && shared.idle.isParked(1) && woken.compareAndSet(false, true)) {
                    shared.schedule(new Counting(ran));
                    shared.schedule(waiting);
                    throw new OutOfMemoryError("for a test");
                }
            }

            @Override
            public void unpark() {
                driver.park().unpark();
            }

            @Override
            public void shutdown() {
                driver.park().shutdown();
            }
        });
        for (int i = 0; i < 2; i++) {
            shared.workers[i] = new Worker(shared, i, Configs.workers(2, true, 1), new Parker(drivers, null, i, new JobsUnderWay()));
        }
        shared.start();
        Eventually.until("both sleep", () -> shared.idle.isParked(0) && shared.idle.isParked(1));
        Eventually.until("one does in the drivers", () -> drivers.sleeper() != Idle.NOBODY);
        drivers.driver().unpark();
        Eventually.opened("the other task runs", ran);
        assertEquals(1, reported.size());
    }

    /** The tasks that are left, and who waits for the drivers, are told all the same. */
    @Test
    void whatTheWorkersShareEndsBehindAFailureOfTheLastOne() throws Exception {
        var shared = start(1);
        var begun = new CountDownLatch(1);
        shared.schedule(new Schedulable() {
            @Override
            public int run(ThreadContext context, int budget) {
                begun.countDown();
                while (!shared.isShutdown()) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < 5; i++) { // one ends the turn, one the drain of its worker, others that of the last
                    shared.schedule(new Failing());
                }
                return budget;
            }
        });
        Eventually.opened("the task runs", begun);
        shared.shutDown();
        assertTrue(shared.awaitEnd(TimeUnit.SECONDS.toNanos(20)), "the worker did not end");
        assertTrue(shared.inject.isClosed());
    }

    /** Fails so many times where it is to sleep. */
    private record FailingPark(Park driver, AtomicInteger failures) implements Park {
        @Override
        public void park(long timeoutNanos) {
            if (timeoutNanos != 0 && failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("for a test");
            }
            driver.park(timeoutNanos);
        }

        @Override
        public void unpark() {
            driver.unpark();
        }

        @Override
        public void shutdown() {
            driver.shutdown();
        }
    }
}
