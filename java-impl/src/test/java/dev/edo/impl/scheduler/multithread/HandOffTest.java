package dev.edo.impl.scheduler.multithread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.driver.Driver;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.scheduler.Configs;
import dev.edo.impl.scheduler.Schedulable;
import dev.edo.impl.scheduler.ThreadContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandOffTest {
    @BeforeAll
    static void load() {
        NativeLibrary.ensureLoaded();
    }

    /** A node that calls a function once. */
    private static final class Once extends Schedulable {
        private final CompletableFuture<Thread> ran = new CompletableFuture<>();
        private final BiConsumer<Worker, ThreadContext> body;

        Once(BiConsumer<Worker, ThreadContext> body) {
            this.body = body;
        }

        @Override
        public int run(ThreadContext context, int budget) {
            var worker = context.worker;
            if (worker == null) {
                ran.completeExceptionally(new AssertionError("run without a worker"));
                return budget;
            }
            try {
                body.accept(worker, context);
                ran.complete(Thread.currentThread());
            } catch (Throwable t) {
                ran.completeExceptionally(t);
            }
            return budget;
        }
    }

    private static MultiThread start(Predicate<Runnable> threads) {
        var scheduler = new MultiThread(Configs.workers(1, true, 1), Driver.open(0, null, 2), threads);
        scheduler.start();
        return scheduler;
    }

    @Test
    void anotherThreadDrivesTheWorkerWhileATaskBlocks() throws Exception {
        var scheduler = start(loop -> {
            Thread.ofPlatform().daemon().start(loop);
            return true;
        });
        var release = new CountDownLatch(1);
        var blocking = new Once((worker, context) -> {
            worker.handOff(context);
            assertNull(context.worker);
            awaitUninterrupted(release);
        });
        scheduler.schedule(blocking);
        var second = new Once((_, _) -> release.countDown());
        scheduler.schedule(second);
        assertNotSame(blocking.ran.get(), second.ran.get());
        scheduler.shutDown();
        assertTrue(scheduler.awaitEnd(TimeUnit.SECONDS.toNanos(20)));
    }

    /**
     * The runtime begins to shut down between the look at the flag and the hand-off: the pool refuses the
     * worker's loop, and if the calling thread gave the worker up all the same nobody would ever end it.
     */
    @Test
    void aWorkerThatNoThreadTakesStaysWithItsThread() throws Exception {
        var launches = new AtomicInteger();
        var scheduler = start(loop -> {
            if (launches.getAndIncrement() > 0) {
                return false;
            }
            Thread.ofPlatform().daemon().start(loop);
            return true;
        });
        var task = new Once((worker, context) -> {
            worker.handOff(context);
            assertEquals(worker, context.worker);
            assertTrue(context.inScheduler);
        });
        scheduler.schedule(task);
        task.ran.get();
        scheduler.shutDown();
        assertTrue(scheduler.awaitEnd(TimeUnit.SECONDS.toNanos(20)), "a worker was lost");
    }

    @Test
    void aWorkerWhoseThreadCannotBeStartedStaysWithItsThread() throws Exception {
        var launches = new AtomicInteger();
        var scheduler = start(loop -> {
            if (launches.getAndIncrement() > 0) {
                throw new IllegalStateException("no more threads");
            }
            Thread.ofPlatform().daemon().start(loop);
            return true;
        });
        var task = new Once((worker, context) -> {
            try {
                worker.handOff(context);
            } catch (IllegalStateException e) {
                assertEquals(worker, context.worker);
                return;
            }
            throw new AssertionError("the failure was swallowed");
        });
        scheduler.schedule(task);
        task.ran.get();
        scheduler.shutDown();
        assertTrue(scheduler.awaitEnd(TimeUnit.SECONDS.toNanos(20)), "a worker was lost");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
