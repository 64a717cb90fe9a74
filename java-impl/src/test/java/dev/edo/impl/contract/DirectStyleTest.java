package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ordinary blocking code of the JDK inside tasks: it parks the task and never the worker, which every test shows
 * with tasks that can only go on if others run.
 */
@ParameterizedClass
@EnumSource(Setup.class)
class DirectStyleTest {
    @Parameter
    private Setup setup = Setup.ONE_WORKER;

    @SuppressWarnings("NullAway.Init") // before each test
    private Running running;

    @SuppressWarnings("NullAway.Init") // before each test
    private Handle handle;

    @BeforeEach
    void start() {
        running = setup.start();
        handle = running.handle();
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    private static <T extends @Nullable Object> T resultOf(JoinHandle<T> task) throws Exception {
        return ContractTest.resultOf(task);
    }

    @Test
    void taskIsAVirtualThread() throws Exception {
        assertTrue(resultOf(handle.spawn(() -> Thread.currentThread().isVirtual())));
    }

    @Test
    void carriersAreTheThreadsOfTheRuntime() throws Exception {
        var expected = setup.isMultiThread() ? "edo-worker" : "test-driver";
        var carrier = resultOf(handle.spawn(CarrierName::ofTheCaller));
        assertTrue(carrier.startsWith(expected), carrier);
    }

    @Test
    void threadYieldLetsOthersRun() throws Exception {
        var turn = new AtomicInteger();
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 3; i++) {
            int own = i;
            tasks.add(handle.spawn(() -> {
                for (int round = 0; round < 300; round++) {
                    while (turn.get() % 3 != own) {
                        Thread.yield();
                    }
                    turn.incrementAndGet();
                }
            }));
        }
        for (var task : tasks) {
            resultOf(task);
        }
        assertEquals(900, turn.get());
    }

    @Test
    void yieldNowLetsOthersRun() throws Exception {
        var turn = new AtomicInteger();
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 3; i++) {
            int own = i;
            tasks.add(handle.spawn(() -> {
                for (int round = 0; round < 300; round++) {
                    while (turn.get() % 3 != own) {
                        Edo.yieldNow().await();
                    }
                    turn.incrementAndGet();
                }
            }));
        }
        for (var task : tasks) {
            resultOf(task);
        }
        assertEquals(900, turn.get());
    }

    @Test
    void contendedReentrantLockParksTheTask() throws Exception {
        var lock = new ReentrantLock();
        var count = new int[1];
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 50; i++) {
            tasks.add(handle.spawn(() -> {
                for (int round = 0; round < 20; round++) {
                    lock.lock();
                    try {
                        int seen = count[0];
                        Thread.yield();
                        count[0] = seen + 1;
                    } finally {
                        lock.unlock();
                    }
                }
            }));
        }
        for (var task : tasks) {
            resultOf(task);
        }
        assertEquals(1_000, count[0]);
    }

    @Test
    void contendedMonitorWithParkingInsideParksTheTask() throws Exception {
        var monitor = new Object();
        var count = new int[1];
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 50; i++) {
            tasks.add(handle.spawn(() -> {
                for (int round = 0; round < 20; round++) {
                    synchronized (monitor) {
                        int seen = count[0];
                        LockSupport.parkNanos(1);
                        Thread.yield();
                        count[0] = seen + 1;
                    }
                }
            }));
        }
        for (var task : tasks) {
            resultOf(task);
        }
        assertEquals(1_000, count[0]);
    }

    @Test
    void awaitInsideAMonitorParksTheTask() throws Exception {
        var monitor = new Object();
        var gate = new Gate<Integer>();
        var holder = handle.spawn(() -> {
            synchronized (monitor) {
                return gate.await();
            }
        });
        Eventually.opened("the holder waits", gate.waiting);
        var second = handle.spawn(() -> {
            synchronized (monitor) {
                return 2;
            }
        });
        assertEquals(1, resultOf(handle.spawn(() -> 1)), "the worker is free");
        gate.open(0);
        assertEquals(0, resultOf(holder));
        assertEquals(2, resultOf(second));
    }

    @Test
    void threadSleepParksTheTask() throws Exception {
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        var before = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(handle.spawn(() -> Thread.sleep(50)));
        }
        for (var task : tasks) {
            resultOf(task);
        }
        var took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.toMillis() >= 50, () -> "took " + took);
        assertTrue(took.toSeconds() < 15, () -> "a thousand sleeps one after the other: " + took);
    }

    @Test
    void objectWaitAndNotify() throws Exception {
        var monitor = new Object();
        var ready = new boolean[1];
        var waiting = new CountDownLatch(1);
        var waiter = handle.spawn(() -> {
            synchronized (monitor) {
                waiting.countDown();
                while (!ready[0]) {
                    monitor.wait();
                }
            }
            return 1;
        });
        Eventually.opened("the waiter runs", waiting);
        var notifier = handle.spawn(() -> {
            synchronized (monitor) {
                ready[0] = true;
                monitor.notifyAll();
            }
        });
        resultOf(notifier);
        assertEquals(1, resultOf(waiter));
    }

    @Test
    void timedObjectWaitEnds() throws Exception {
        var monitor = new Object();
        var task = handle.spawn(() -> {
            synchronized (monitor) {
                monitor.wait(5);
            }
            return 1;
        });
        assertEquals(1, resultOf(task));
    }

    @Test
    void latchAndQueuesHandOverBetweenTasks() throws Exception {
        var latch = new CountDownLatch(3);
        var queue = new ArrayBlockingQueue<Integer>(2);
        var handOver = new SynchronousQueue<Integer>();
        var consumer = handle.spawn(() -> {
            latch.await();
            int sum = 0;
            for (int i = 0; i < 300; i++) {
                sum += queue.take();
                sum += handOver.take();
            }
            return sum;
        });
        for (int i = 0; i < 3; i++) {
            handle.spawn(() -> {
                latch.countDown();
                for (int round = 0; round < 100; round++) {
                    queue.put(1);
                    handOver.put(1);
                }
            });
        }
        assertEquals(600, resultOf(consumer));
    }

    @Test
    void completableFutureOfThePoolOfTheJdk() throws Exception {
        var task = handle.spawn(() -> CompletableFuture.supplyAsync(() -> 20).thenApply(n -> n + 1).get());
        assertEquals(21, resultOf(task));
    }

    /** A child thread inherits its parent's scheduler; it is inside the runtime, but not a task. */
    @Test
    void virtualThreadsOfAnExecutorRunOnTheSameCarriers() throws Exception {
        var expected = setup.isMultiThread() ? "edo-worker" : "test-driver";
        var task = handle.spawn(() -> {
            var names = new ArrayList<String>();
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                var children = new ArrayList<java.util.concurrent.Future<String>>();
                for (int i = 0; i < 200; i++) {
                    children.add(executor.submit(() -> {
                        Thread.yield();
                        Thread.sleep(1);
                        assertNull(TaskId.tryCurrent());
                        assertEquals(handle.id(), Handle.current().id());
                        return CarrierName.ofTheCaller();
                    }));
                }
                for (var child : children) {
                    names.add(child.get());
                }
            }
            return names;
        });
        for (var name : resultOf(task)) {
            assertTrue(name.startsWith(expected), name);
        }
    }

    /** What a handler throws is ignored, as by the JVM: it must not end the worker that carries the thread. */
    @Test
    void childThreadWhoseHandlerThrowsHurtsNobody() throws Exception {
        var task = handle.spawn(() -> {
            var child = Thread.ofVirtual()
                    .uncaughtExceptionHandler((_, thrown) -> {
                        throw new IllegalStateException("handler", thrown);
                    })
                    .start(() -> {
                        throw new IllegalStateException("child");
                    });
            child.join();
            return 1;
        });
        assertEquals(1, resultOf(task));
        assertEquals(2, resultOf(handle.spawn(() -> 2)), "the thread that carried the child goes on");
    }

    @Test
    void childThreadAwaitsAndSpawns() throws Exception {
        var gate = new Gate<Integer>();
        var task = handle.spawn(() -> {
            var result = new LinkedBlockingQueue<Integer>();
            var child = Thread.startVirtualThread(() -> {
                try {
                    result.add(gate.await() + Edo.spawn(() -> 1).await());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            child.join();
            return result.take();
        });
        Eventually.opened("the child waits", gate.waiting);
        gate.open(41);
        assertEquals(42, resultOf(task));
    }

    @Test
    void socketsOfTheJdkParkTheTask() throws Exception {
        var task = handle.spawn(() -> {
            try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                var echo = Edo.spawn(() -> {
                    try (var peer = server.accept()) {
                        peer.getInputStream().transferTo(peer.getOutputStream());
                    }
                });
                try (var socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    int sum = 0;
                    for (int i = 1; i <= 100; i++) {
                        socket.getOutputStream().write(i);
                        sum += socket.getInputStream().read();
                    }
                    socket.shutdownOutput();
                    assertEquals(-1, socket.getInputStream().read());
                    echo.await();
                    return sum;
                }
            }
        });
        assertEquals(5_050, resultOf(task));
    }

    @Test
    void threadLocalsBelongToTheTask() throws Exception {
        var local = new ThreadLocal<@Nullable String>();
        var tasks = new ArrayList<JoinHandle<Boolean>>();
        for (int i = 0; i < 100; i++) {
            var own = "task " + i;
            tasks.add(handle.spawn(() -> {
                assertNull(local.get());
                local.set(own);
                Thread.yield();
                Edo.yieldNow().await();
                return own.equals(local.get());
            }));
        }
        for (var task : tasks) {
            assertTrue(resultOf(task));
        }
    }

    // --- interrupts and aborts

    @Test
    void abortInThreadSleep() throws Exception {
        var started = new CountDownLatch(1);
        var cleaned = new AtomicBoolean();
        var task = handle.spawn(() -> {
            try {
                started.countDown();
                Thread.sleep(Duration.ofHours(1));
            } finally {
                cleaned.set(true);
            }
        });
        Eventually.opened("the task runs", started);
        task.abort();
        assertTrue(ContractTest.failureOf(task).isCancelled());
        assertTrue(cleaned.get());
    }

    /** The lock cannot be given up, so the task gets it first, and sees the abort at its next await. */
    @Test
    void abortInALockIsSeenAtTheNextAwait() throws Exception {
        var lock = new ReentrantLock();
        var seen = new AtomicBoolean();
        lock.lock();
        var task = handle.spawn(() -> {
            lock.lock();
            try {
                seen.set(true);
            } finally {
                lock.unlock();
            }
            Future.pending().await();
        });
        Eventually.until("the task waits for the lock", lock::hasQueuedThreads);
        task.abort();
        assertFalse(task.isFinished());
        lock.unlock();
        assertTrue(ContractTest.failureOf(task).isCancelled());
        assertTrue(seen.get());
    }

    @Test
    void abortInAnInterruptibleLockEndsTheWait() throws Exception {
        var lock = new ReentrantLock();
        lock.lock();
        var task = handle.spawn(lock::lockInterruptibly);
        Eventually.until("the task waits for the lock", lock::hasQueuedThreads);
        task.abort();
        assertTrue(ContractTest.failureOf(task).isCancelled());
        lock.unlock();
    }

    @Test
    void abortInAnAwaitThrowsCancellation() throws Exception {
        var gate = new Gate<Integer>();
        var thrown = new LinkedBlockingQueue<Throwable>();
        var task = handle.spawn(() -> {
            for (int i = 0; i < 3; i++) {
                try {
                    gate.await();
                } catch (CancellationException e) {
                    thrown.add(e);
                }
            }
            return 1;
        });
        Eventually.opened("the task waits", gate.waiting);
        task.abort();
        assertEquals(1, resultOf(task), "it swallowed the aborts and completed");
        assertEquals(3, thrown.size());
    }

    /** The poll clears the interrupt status, as code does that blocks there and catches the exception. */
    @Test
    void abortThatAPollTakesForAnInterruptEndsTheAwait() throws Exception {
        var polled = new CountDownLatch(1);
        Future<Integer> takesInterrupts = Future.of(_ -> {
            polled.countDown();
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
            return Poll.pending();
        });
        var task = handle.spawn(() -> takesInterrupts.await());
        Eventually.opened("the future is polled", polled);
        task.abort();
        assertTrue(ContractTest.failureOf(task).isCancelled());
    }

    @Test
    void abortOfALoopOfYieldNow() throws Exception {
        var turns = new AtomicInteger();
        var task = handle.spawn(() -> {
            for (;;) {
                turns.incrementAndGet();
                Edo.yieldNow().await();
            }
        });
        Eventually.until("the task spins", () -> turns.get() > 100);
        task.abort();
        assertTrue(ContractTest.failureOf(task).isCancelled());
    }

    @Test
    void abortInASocketReadOfTheJdk() throws Exception {
        var accepted = new CountDownLatch(1);
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var task = handle.spawn(() -> {
                try (var socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    accepted.countDown();
                    return socket.getInputStream().read();
                }
            });
            try (var _ = server.accept()) {
                Eventually.opened("the connection stands", accepted);
                task.abort();
                var error = ContractTest.failureOf(task);
                assertTrue(error.isCancelled(), () -> "the abort ended it, so it is cancelled, not " + error);
            }
        }
    }

    /** A plain interrupt is no abort: it ends one await, and the task decides what to do. */
    @Test
    void interruptEndsOneAwait() throws Exception {
        var gate = new Gate<Integer>();
        var threads = new LinkedBlockingQueue<Thread>();
        var task = handle.spawn(() -> {
            threads.add(Thread.currentThread());
            try {
                gate.await();
                return "not interrupted";
            } catch (CancellationException e) {
                assertTrue(Thread.interrupted(), "the status stays set");
                return Edo.spawn(() -> "went on").await();
            }
        });
        Eventually.opened("the task waits", gate.waiting);
        threads.take().interrupt();
        assertEquals("went on", resultOf(task));
        assertEquals(1, gate.cancels());
    }

    /** The future wakes its own await all the time, so that the thread never parks; the interrupt is seen anyway. */
    @Test
    void interruptEndsAnAwaitThatNeverParks() throws Exception {
        var turns = new AtomicInteger();
        var cancels = new AtomicInteger();
        var threads = new LinkedBlockingQueue<Thread>();
        var task = handle.spawn(() -> {
            threads.add(Thread.currentThread());
            return assertThrows(CancellationException.class, new SelfWaking(turns, cancels)::await);
        });
        Eventually.until("the future is polled", () -> turns.get() > 100);
        assertEquals(1, resultOf(handle.spawn(() -> 1)), "the worker is not kept");
        threads.take().interrupt();
        resultOf(task);
        assertEquals(1, cancels.get());
    }

    /** The same in a thread that is not a task but runs on the same worker. */
    @Test
    void childThatNeverParksDoesNotKeepTheWorker() throws Exception {
        var turns = new AtomicInteger();
        var cancels = new AtomicInteger();
        var children = new LinkedBlockingQueue<Thread>();
        var outcomes = new LinkedBlockingQueue<Throwable>();
        handle.spawn(() -> {
            for (int i = 0; i < setup.workers(); i++) {
                children.add(Thread.startVirtualThread(() -> {
                    try {
                        new SelfWaking(turns, cancels).await();
                    } catch (Throwable t) {
                        outcomes.add(t);
                    }
                }));
            }
        });
        Eventually.until("the future is polled", () -> turns.get() > 100 && children.size() == setup.workers());
        assertEquals(1, resultOf(handle.spawn(() -> 1)), "the worker is not kept");
        for (var child : children) {
            child.interrupt();
            assertTrue(child.join(Eventually.PATIENCE), "the child ends");
            var thrown = Eventually.next("what the child is told", outcomes);
            assertTrue(thrown instanceof CancellationException, thrown::toString);
        }
        assertEquals(setup.workers(), cancels.get());
    }

    private record SelfWaking(AtomicInteger turns, AtomicInteger cancels) implements Future<@Nullable Void> {
        @Override
        public Poll<@Nullable Void> poll(Context cx) {
            turns.incrementAndGet();
            cx.waker().wake();
            return Poll.pending();
        }

        @Override
        public void cancel() {
            cancels.incrementAndGet();
        }
    }

    // --- shutdown

    @Test
    void finallyBlocksRunAtShutdown() throws Exception {
        var cleaned = new AtomicInteger();
        var started = new CountDownLatch(5);
        var monitor = new Object();
        var lock = new ReentrantLock();
        var held = new CountDownLatch(1);
        handle.spawn(() -> {
            lock.lock();
            try {
                held.countDown();
                Future.pending().await();
            } finally {
                lock.unlock();
            }
        });
        Eventually.opened("a task holds the lock", held);
        cleanUp(started, cleaned, () -> Future.pending().await());
        cleanUp(started, cleaned, () -> Thread.sleep(Duration.ofHours(1)));
        cleanUp(started, cleaned, () -> {
            for (;;) {
                Edo.yieldNow().await();
            }
        });
        cleanUp(started, cleaned, () -> {
            lock.lock();
            lock.unlock();
            Future.pending().await();
        });
        cleanUp(started, cleaned, () -> {
            synchronized (monitor) {
                monitor.wait();
            }
        });
        Eventually.opened("all tasks run", started);
        Eventually.until("one waits for the lock", lock::hasQueuedThreads);
        running.close();
        assertEquals(5, cleaned.get());
        assertFalse(lock.isLocked());
        assertEquals(0, handle.metrics().numAliveTasks());
    }

    private interface Body {
        void run() throws Exception;
    }

    private void cleanUp(CountDownLatch started, AtomicInteger cleaned, Body body) {
        handle.spawn(() -> {
            try {
                started.countDown();
                body.run();
            } finally {
                cleaned.incrementAndGet();
            }
        });
    }

    /**
     * A task waits for a monitor that another task holds. At shutdown the holder leaves it, and it is a thread of the
     * JDK that then makes the waiter runnable, somewhat later: the waiter must get its turn all the same.
     */
    @Test
    void taskBlockedOnAMonitorUnwindsAtShutdown() throws Exception {
        for (int round = 0; round < 20; round++) {
            var own = setup.start();
            var monitor = new Object();
            var held = new CountDownLatch(1);
            var waiterStarted = new LinkedBlockingQueue<Thread>();
            var cleaned = new CountDownLatch(1);
            own.handle().spawn(() -> {
                synchronized (monitor) {
                    held.countDown();
                    Future.pending().await();
                }
            });
            Eventually.opened("a task holds the monitor", held);
            own.handle().spawn(() -> {
                waiterStarted.add(Thread.currentThread());
                synchronized (monitor) {
                    cleaned.countDown();
                }
            });
            var waiter = Eventually.next("the waiter runs", waiterStarted);
            Eventually.until("the waiter is blocked", () -> waiter.getState() == Thread.State.BLOCKED);
            own.close();
            Eventually.opened("the waiter went through the monitor, round " + round, cleaned);
        }
    }

    /**
     * A task waits in the queue of a lock that the rest of the program uses too. When its runtime goes while it
     * waits, it must not stay in that queue for good: those behind it would never get the lock.
     */
    @Test
    void lockSharedWithTheRestOfTheProgramSurvivesTheRuntime() throws Exception {
        var lock = new ReentrantLock(true);
        lock.lock();
        handle.spawn(() -> {
            lock.lock();
            lock.unlock();
        });
        Eventually.until("the task waits for the lock", lock::hasQueuedThreads);
        var behind = Thread.ofPlatform().daemon().start(() -> {
            lock.lock();
            lock.unlock();
        });
        Eventually.until("a thread waits behind it", () -> lock.getQueueLength() == 2);
        running.close();
        lock.unlock();
        assertTrue(behind.join(Duration.ofSeconds(5)), "the thread behind the task gets the lock");
    }

    /** Shutdown does not wait for so many turns: the thread is cut off, and has them elsewhere. */
    @Test
    void taskThatUnwindsInManyTurnsIsNotLost() throws Exception {
        var gate = new Gate<Integer>();
        var unwound = new CountDownLatch(1);
        handle.spawn(() -> {
            try {
                gate.await();
            } finally {
                for (int i = 0; i < 6_000; i++) {
                    Thread.yield();
                }
                unwound.countDown();
            }
        });
        Eventually.opened("the task waits", gate.waiting);
        running.close();
        Eventually.opened("the task has unwound", unwound);
    }

    /** The child of a task belongs to nobody but its creator; a join on it must end. */
    @Test
    void childThreadsOutliveTheirRuntime() throws Exception {
        var children = new LinkedBlockingQueue<Thread>();
        var failures = new LinkedBlockingQueue<Throwable>();
        var release = new CountDownLatch(1);
        handle.spawn(() -> children.add(Thread.startVirtualThread(() -> {
            try {
                release.await();
            } catch (Throwable t) {
                failures.add(t);
            }
        })));
        var child = Eventually.next("the child", children);
        Eventually.until("the child waits", () -> child.getState() == Thread.State.WAITING);
        running.close();
        release.countDown();
        assertTrue(child.join(Duration.ofSeconds(5)), "the child goes on after its runtime has ended");
        assertTrue(failures.isEmpty(), failures::toString);
    }

    /** The drivers tell it when they are shut down, by when no worker looks at its queue any more. */
    @Test
    void childThreadsThatWaitForATimerAreToldOfTheEndOfTheirRuntime() throws Exception {
        var children = new LinkedBlockingQueue<Thread>();
        var outcome = new LinkedBlockingQueue<Throwable>();
        handle.spawn(() -> children.add(Thread.startVirtualThread(() -> {
            try {
                Edo.sleep(Duration.ofHours(1)).await();
            } catch (Throwable t) {
                outcome.add(t);
            }
        })));
        var child = Eventually.next("the child", children);
        Eventually.until("the child waits", () -> child.getState() == Thread.State.WAITING);
        running.close();
        var told = Eventually.next("what the child is told", outcome);
        assertTrue(told instanceof IllegalStateException, told::toString);
        assertTrue(child.join(Duration.ofSeconds(5)), "the child ends");
    }

    /** It waits for a look at the drivers, which nobody takes any more. */
    @Test
    void childThreadsThatYieldOutliveTheirRuntime() throws Exception {
        var children = new LinkedBlockingQueue<Thread>();
        var failures = new LinkedBlockingQueue<Throwable>();
        var turns = new AtomicInteger();
        var stop = new AtomicBoolean();
        handle.spawn(() -> children.add(Thread.startVirtualThread(() -> {
            try {
                while (!stop.get()) {
                    Edo.yieldNow().await();
                    turns.incrementAndGet();
                }
            } catch (Throwable t) {
                failures.add(t);
            }
        })));
        var child = Eventually.next("the child", children);
        Eventually.until("the child yields", () -> turns.get() > 100);
        running.close();
        stop.set(true);
        assertTrue(child.join(Duration.ofSeconds(5)), "the child goes on after its runtime has ended");
        assertTrue(failures.isEmpty(), failures::toString);
    }

    /** What it throws may be the end of a socket that the abort has closed; its message says so, or fails. */
    @Test
    void abortedTaskEndsThoughWhatItThrowsHasNoMessage() throws Exception {
        var gate = new Gate<Integer>();
        var task = handle.spawn(() -> {
            try {
                return gate.await();
            } catch (CancellationException e) {
                throw new SpeechlessException();
            }
        });
        Eventually.opened("the task waits", gate.waiting);
        task.abort();
        assertTrue(ContractTest.failureOf(task).isPanic());
    }

    private static final class SpeechlessException extends SocketException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    @Test
    void exceptionsKeepTheirStackAcrossAwait() throws Exception {
        var gate = new Gate<Integer>();
        var task = handle.spawn(() -> gate.map(n -> 1 / n).await());
        Eventually.opened("the task waits", gate.waiting);
        gate.open(0);
        var cause = ContractTest.failureOf(task).getCause();
        assertTrue(cause instanceof ArithmeticException, () -> "cause: " + cause);
        assertThrows(ArithmeticException.class, () -> {
            throw (RuntimeException) cause;
        });
    }
}
