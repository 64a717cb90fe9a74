package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Setup;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.runtime.UnhandledPanic;
import dev.edo.sync.Mpsc;
import dev.edo.task.Coop;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who runs the tasks of a current-thread runtime, and when nobody does. */
class CurrentThreadCoreTest {
    @SuppressWarnings("NullAway.Init") // before each test
    private EdoRuntime runtime;

    @BeforeEach
    void build() {
        runtime = EdoRuntime.builder().currentThread().enableAll().build();
    }

    @AfterEach
    void close() throws Exception {
        Eventually.returns("close()", () -> {
            runtime.close();
            return null;
        });
    }

    @Test
    void tasksRunOnlyInsideBlockOn() throws Exception {
        var ran = new AtomicBoolean();
        var stackless = runtime.spawn(Future.lazy(() -> ran.getAndSet(true)));
        var direct = runtime.spawn(() -> ran.getAndSet(true));
        assertFalse(Eventually.within(Duration.ofMillis(50), ran::get), "nobody drives it");
        runtime.blockOn(stackless);
        runtime.blockOn(direct);
        assertTrue(ran.get());
    }

    @Test
    void tasksRunOnTheThreadInsideBlockOn() throws Exception {
        var thread = new LinkedBlockingQueue<Thread>();
        runtime.blockOn(runtime.spawn(Future.lazy(() -> thread.add(Thread.currentThread()))));
        assertSame(Thread.currentThread(), thread.take());
    }

    /** The future is looked at between two tasks, not after all of them (Tokio's complete_block_on_under_load). */
    @Test
    void blockOnCompletesUnderLoad() throws Exception {
        var stop = new AtomicBoolean();
        runtime.spawn(Future.of(cx -> {
            cx.waker().wake();
            return stop.get() ? Poll.ready() : Poll.pending();
        }));
        assertEquals(4, Eventually.returns("blockOn", () -> runtime.blockOn(Future.ready(4))));
        var gate = new Gate<Integer>();
        var opener = Thread.ofPlatform().start(() -> {
            try {
                Eventually.opened("the future waits", gate.waiting);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            gate.open(5);
        });
        assertEquals(5, Eventually.returns("blockOn", () -> runtime.blockOn(gate)));
        opener.join();
        stop.set(true);
    }

    /**
     * The first thread drives the tasks while the second one waits beside it. When the first one's future is ready it
     * leaves, and the second one has to take over: its own future depends on a task.
     */
    @Test
    void coreIsHandedOverToTheThreadThatWaits() throws Exception {
        for (int round = 0; round < 200; round++) {
            var first = new Gate<Integer>();
            var second = new Gate<Integer>();
            var needed = runtime.spawn(second);
            var outcomes = new LinkedBlockingQueue<Integer>();
            var threads = List.of(driving(first, outcomes), driving(needed, outcomes));
            Eventually.opened("somebody drives the task", second.waiting);
            Eventually.opened("the first future is polled", first.waiting);
            first.open(1);
            assertEquals(1, Eventually.next("the first thread's result", outcomes));
            second.open(2);
            assertEquals(2, Eventually.next("the second thread's result, driven by itself", outcomes));
            for (var thread : threads) {
                assertTrue(thread.join(Eventually.PATIENCE));
            }
        }
    }

    private Thread driving(Future<Integer> future, LinkedBlockingQueue<Integer> outcomes) {
        return Thread.ofPlatform().start(() -> {
            try {
                outcomes.add(runtime.blockOn(future));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Many threads, each of whose futures is completed by a task; whoever drives may leave at any time. */
    @Test
    void manyThreadsShareOneCore() throws Exception {
        var failures = new LinkedBlockingQueue<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 6; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < 300; i++) {
                        int own = i;
                        var direct = runtime.spawn(() -> {
                            Edo.yieldNow().await();
                            return own;
                        });
                        var stackless = runtime.spawn(Edo.yieldNow().map(_ -> own));
                        assertEquals(own, runtime.blockOn(i % 2 == 0 ? direct : stackless));
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (var thread : threads) {
            assertTrue(thread.join(Eventually.PATIENCE), "a thread hangs");
        }
        assertTrue(failures.isEmpty(), failures::toString);
    }

    /**
     * The future of {@code blockOn} blocks the thread in a lock behind a task in direct style, to which the lock is
     * handed over: nobody could mount it, were there not the watch.
     */
    @Test
    void lockHandedToATaskIsNoDeadlockForTheFutureOfBlockOn() throws Exception {
        var lock = new ReentrantLock(true);
        var held = new CountDownLatch(1);
        var holder = Thread.ofPlatform().daemon().start(() -> {
            lock.lock();
            held.countDown();
            try {
                Eventually.until("both wait", () -> lock.getQueueLength() == 2);
            } catch (Exception e) {
                throw new AssertionError(e);
            } finally {
                lock.unlock();
            }
        });
        Eventually.opened("the lock is held", held);
        var direct = runtime.spawn(() -> {
            lock.lock();
            lock.unlock();
        });
        var own = Future.<Integer>of(cx -> {
            if (!lock.hasQueuedThreads()) {
                cx.waker().wake();
                return Poll.pending();
            }
            lock.lock();
            lock.unlock();
            return Poll.ready(1);
        });
        assertEquals(1, Eventually.returns("blockOn", () -> runtime.blockOn(own)));
        Eventually.returns("blockOn of the task", () -> runtime.blockOn(direct));
        assertTrue(holder.join(Eventually.PATIENCE));
        assertFalse(lock.isLocked());
    }

    /** One thread sleeps in the drivers; the {@code blockOn} of the other one wakes its future. */
    @Test
    void blockOnOfOneThreadWakesThatOfAnother() throws Exception {
        for (int i = 0; i < 100; i++) {
            var gate = new Gate<Integer>();
            var outcomes = new LinkedBlockingQueue<Integer>();
            var waiting = driving(gate, outcomes);
            Eventually.opened("the future waits", gate.waiting);
            Eventually.returns("blockOn beside the other", () -> runtime.blockOn(Future.lazy(() -> {
                gate.open(1);
                return null;
            })));
            assertEquals(1, Eventually.next("the result of the other", outcomes));
            assertTrue(waiting.join(Eventually.PATIENCE));
        }
    }

    /** The poll blocks its thread in another runtime: what is deferred to the loop further out, nobody looks at. */
    @Test
    void yieldToARuntimeWhosePollBlocksInAnotherOneComesBack() throws Exception {
        for (var setup : List.of(Setup.CURRENT_THREAD, Setup.ONE_WORKER)) {
            try (var inner = setup.builder().build()) {
                Future<Integer> blocks = Future.lazy(() -> inner.blockOn(() -> {
                    try (var _ = runtime.enter()) {
                        Edo.yieldNow().await();
                    }
                    return 1;
                }));
                assertEquals(1, Eventually.returns("blockOn", () -> runtime.blockOn(blocks)));
            }
        }
    }

    /** The thread holds the core already, further out: it would wait for itself. */
    @Test
    void blockOnIsRefusedInsideItsPollThoughAnotherRuntimeIsInBetween() throws Exception {
        try (var inner = EdoRuntime.builder().currentThread().enableAll().build()) {
            Future<String> refused = Future.lazy(() -> assertThrows(IllegalStateException.class,
                    () -> runtime.blockOn(Future.pending())).getMessage());
            Future<String> between = Future.lazy(() -> inner.blockOn(refused));
            var message = Eventually.returns("blockOn", () -> runtime.blockOn(between));
            assertTrue(message.contains("inside the poll"), message);
        }
    }

    /** The same of who closes the runtime there. */
    @Test
    void closeIsRefusedInsideThePollOfItsBlockOnThoughAnotherRuntimeIsInBetween() throws Exception {
        try (var inner = EdoRuntime.builder().currentThread().enableAll().build()) {
            Future<String> refused = Future.lazy(
                    () -> assertThrows(IllegalStateException.class, runtime::close).getMessage());
            Future<String> between = Future.lazy(() -> inner.blockOn(refused));
            var message = Eventually.returns("blockOn", () -> runtime.blockOn(between));
            assertTrue(message.contains("shutdownBackground()"), message);
            assertFalse(runtime.isShutdown());
        }
    }

    /** No poll without a cause: one at the start, then one per message and one that finds no further one. */
    @Test
    void taskIsPolledOncePerWakeUp() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var polls = new AtomicInteger();
        var receiver = channel.receiver();
        runtime.spawn(Future.of(cx -> {
            for (;;) {
                polls.incrementAndGet();
                var poll = receiver.pollRecv(cx);
                if (!(poll instanceof Poll.Ready<Integer> ready)) {
                    return Poll.pending();
                }
                if (ready.value() == null) {
                    return Poll.ready(null);
                }
            }
        }));
        runtime.blockOn(Edo.yieldNow());
        assertEquals(1, polls.get());
        runtime.blockOn(Edo.yieldNow());
        assertEquals(1, polls.get());
        channel.sender().send(1);
        runtime.blockOn(Edo.yieldNow());
        assertEquals(1 + 2, polls.get());
        channel.sender().close();
        runtime.blockOn(Edo.yieldNow());
        assertEquals(1 + 2 + 1, polls.get());
    }

    /** The failure leaves the try block, and closing the runtime ends tasks that wake each other meanwhile. */
    @Test
    void failureOfBlockOnPassesThroughTheCloseThatFollows() {
        var gates = List.of(new Gate<Integer>(), new Gate<Integer>());
        var thrown = assertThrows(IllegalStateException.class, () -> Eventually.returns("blockOn and close()", () -> {
            try (var own = EdoRuntime.builder().currentThread().enableAll().build()) {
                for (var gate : gates) {
                    own.spawn(new Future<Integer>() {
                        @Override
                        public Poll<Integer> poll(Context cx) {
                            return gate.poll(cx);
                        }

                        @Override
                        public void cancel() {
                            gates.forEach(other -> other.open(1));
                        }
                    });
                }
                own.blockOn(Edo.yieldNow());
                own.blockOn(() -> {
                    throw new IllegalStateException("boom");
                });
            }
            return null;
        }));
        assertEquals("boom", thrown.getMessage());
        assertEquals(0, thrown.getSuppressed().length);
        assertEquals(1, gates.getFirst().polls());
    }

    /** One thread holds the core, the other one polls its own future beside it; both are refused time and again. */
    @Test
    void noForcedYieldIsMissed() throws Exception {
        int each = 20_000;
        var outcomes = new LinkedBlockingQueue<Integer>();
        var threads = List.of(driving(greedy(each), outcomes), driving(greedy(each), outcomes));
        for (var thread : threads) {
            assertTrue(thread.join(Eventually.PATIENCE));
        }
        assertEquals(2 * each, runtime.metrics().budgetForcedYieldCount());
    }

    /** Uses up the budget of so many polls. */
    private static Future<Integer> greedy(int polls) {
        var left = new AtomicInteger(polls);
        return Future.of(cx -> {
            while (Coop.consumeBudget().poll(cx).isReady()) {
                // until it is refused
            }
            return left.decrementAndGet() > 0 ? Poll.pending() : Poll.ready(1);
        });
    }

    // --- interrupts

    /** The kernel does not know of the interrupt; whatever the thread sleeps in, it has to wake up. */
    @Test
    void interruptEndsABlockOnAtOnce() throws Exception {
        var builders = List.of(
                EdoRuntime.builder().currentThread().enableAll(),
                EdoRuntime.builder().currentThread().enableIo(),
                EdoRuntime.builder().currentThread().enableTime(),
                EdoRuntime.builder().currentThread());
        for (var builder : builders) {
            try (var own = builder.build()) {
                for (int i = 0; i < 50; i++) {
                    assertInterruptEnds(own, i % 2 == 0);
                }
                assertEquals(1, Eventually.returns("blockOn", () -> own.blockOn(own.spawn(() -> 1))));
            }
        }
    }

    private static void assertInterruptEnds(EdoRuntime own, boolean asClosure) throws Exception {
        var gate = new Gate<Integer>();
        var outcome = new LinkedBlockingQueue<Throwable>();
        var status = new AtomicBoolean();
        var blocked = Thread.ofPlatform().start(() -> {
            try {
                if (asClosure) {
                    own.blockOn(() -> gate.await());
                } else {
                    own.blockOn(gate);
                }
            } catch (Throwable t) {
                status.set(Thread.currentThread().isInterrupted());
                outcome.add(t);
            }
        });
        Eventually.opened("the future waits", gate.waiting);
        blocked.interrupt();
        assertInstanceOf(CancellationException.class, Eventually.next("the outcome", outcome));
        assertTrue(status.get(), "the interrupt status stays set");
        assertEquals(1, gate.cancels());
        assertTrue(blocked.join(Eventually.PATIENCE));
    }

    /** The thread carries a task when it is interrupted; the JDK clears the status when the task leaves it. */
    @Test
    void interruptWhileATaskIsMountedEndsABlockOn() throws Exception {
        assertInterruptWhileATaskIsMountedEndsABlockOn();
    }

    /** The same after a stackless task that used a channel, which takes the JDK's hook away from the thread. */
    @Test
    void interruptWhileATaskIsMountedBehindOneThatUsedAChannelEndsABlockOn() throws Exception {
        runtime.spawn(() -> {}); // mounted first, so that the hook is there
        runtime.spawn(Future.lazy(() -> {
            try (var sink = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE)) {
                return sink.write(ByteBuffer.allocate(1));
            }
        }));
        assertInterruptWhileATaskIsMountedEndsABlockOn();
    }

    private void assertInterruptWhileATaskIsMountedEndsABlockOn() throws Exception {
        var gate = new Gate<Integer>();
        var mounted = new CountDownLatch(1);
        var leave = new AtomicBoolean();
        runtime.spawn(() -> {
            mounted.countDown();
            while (!leave.get()) {
                Thread.onSpinWait();
            }
        });
        var outcome = new LinkedBlockingQueue<Throwable>();
        var status = new AtomicBoolean();
        var blocked = Thread.ofPlatform().daemon().start(() -> {
            try {
                runtime.blockOn(gate);
            } catch (Throwable t) {
                status.set(Thread.currentThread().isInterrupted());
                outcome.add(t);
            }
        });
        Eventually.opened("the task is mounted", mounted);
        blocked.interrupt();
        leave.set(true);
        assertInstanceOf(CancellationException.class, Eventually.next("the outcome", outcome));
        assertTrue(status.get(), "the interrupt status stays set");
        assertEquals(1, gate.cancels());
        assertTrue(blocked.join(Eventually.PATIENCE));
    }

    /** The JDK tells no hook of a thread that interrupts itself; the next task that is mounted clears the status. */
    @Test
    void interruptByATaskOnTheThreadItselfEndsABlockOn() throws Exception {
        var gate = new Gate<Integer>();
        runtime.spawn(() -> {});
        runtime.spawn(Future.lazy(() -> {
            Thread.currentThread().interrupt();
            return 0;
        }));
        runtime.spawn(() -> {});
        Eventually.returns("blockOn", () -> assertThrows(CancellationException.class, () -> runtime.blockOn(gate)));
        assertEquals(1, gate.cancels());
    }

    /** The thread that closes mounts what has still to unwind, which clears its status. */
    @Test
    void interruptWhileTheLastTasksAreMountedStaysWithWhoCloses() throws Exception {
        Eventually.returns("close()", () -> {
            var closer = Thread.currentThread();
            var own = EdoRuntime.builder().currentThread().enableAll().build();
            var gate = new Gate<Integer>();
            own.spawn(() -> {
                try {
                    gate.await();
                } finally {
                    closer.interrupt();
                }
            });
            own.blockOn(() -> {
                while (gate.waiting.getCount() > 0) {
                    Edo.yieldNow().await();
                }
            });
            own.close();
            assertTrue(Thread.interrupted(), "the interrupt status stays set");
            return null;
        });
    }

    /**
     * While a job is under way the thread looks at the drivers before it sleeps, which takes the wake-up that the
     * interrupt has left there. The hook of the JDK, which was set for a task, tells of one interrupt once.
     */
    @Test
    void interruptThatComesBeforeAJobIsLookedOutForEndsABlockOn() throws Exception {
        for (int i = 0; i < 50; i++) { // the first looks, not compiled yet, may take all the time there is
            assertEndsWhileAJobIsUnderWay(CancellationException.class, _ -> {
                var interrupter = Thread.ofPlatform().start(Thread.currentThread()::interrupt);
                while (interrupter.isAlive()) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    @Test
    void threadThatIsInterruptedAlreadyDoesNotSleep() throws Exception {
        var gate = new Gate<Integer>();
        var thrown = Eventually.returns("blockOn", () -> {
            Thread.currentThread().interrupt();
            return assertThrows(CancellationException.class, () -> runtime.blockOn(gate));
        });
        assertTrue(thrown.getMessage().contains("interrupted"), thrown.getMessage());
        assertEquals(1, gate.cancels());
    }

    @Test
    void closureOfBlockOnDrivesAtEachAwait() throws Exception {
        var order = new ArrayList<String>();
        runtime.blockOn(() -> {
            var task = runtime.spawn(Future.lazy(() -> order.add("task")));
            order.add("before");
            task.await();
            order.add("after");
        });
        assertEquals(List.of("before", "task", "after"), order);
    }

    /** The closure awaits inside another runtime that it has entered; the tasks that run meanwhile are not in there. */
    @Test
    void tasksAreInsideTheirOwnRuntimeWhateverTheClosureHasEntered() throws Exception {
        try (var other = EdoRuntime.builder().currentThread().enableAll().build()) {
            var ids = Eventually.returns("blockOn", () -> runtime.blockOn(() -> {
                var stackless = runtime.spawn(Future.lazy(() -> Handle.current().id()));
                var direct = runtime.spawn(() -> Handle.current().id());
                try (var _ = other.enter()) {
                    return List.of(stackless.await(), direct.await(), Handle.current().id());
                }
            }));
            assertEquals(List.of(runtime.id(), runtime.id(), other.id()), ids);
        }
    }

    @Test
    void foreignWakeReachesTheSleepingDriver() throws Exception {
        for (int i = 0; i < 500; i++) {
            var gate = new Gate<Integer>();
            var opener = Thread.startVirtualThread(() -> gate.open(1));
            assertEquals(1, Eventually.returns("blockOn", () -> runtime.blockOn(runtime.spawn(gate))));
            opener.join();
        }
    }

    @Test
    void blockOnOfAVirtualThreadIsRefused() throws Exception {
        var message = Eventually.returns("blockOn", Thread.ofVirtual(), () ->
                assertThrows(IllegalStateException.class, () -> runtime.blockOn(Future.ready(1))).getMessage());
        assertTrue(message.contains("platform thread"), message);
    }

    @Test
    void closeFailsABlockOnOfAnotherThread() throws Exception {
        var gate = new Gate<Integer>();
        var outcome = new LinkedBlockingQueue<Exception>();
        var blocked = Thread.ofPlatform().start(() -> {
            try {
                runtime.blockOn(gate);
            } catch (Exception e) {
                outcome.add(e);
            }
        });
        Eventually.opened("the future waits", gate.waiting);
        close();
        var message = String.valueOf(Eventually.next("the outcome", outcome).getMessage());
        assertTrue(message.contains("shut down"), message);
        assertEquals(1, gate.cancels());
        assertTrue(blocked.join(Eventually.PATIENCE));
        assertThrows(IllegalStateException.class, () -> runtime.blockOn(Future.ready(1)));
    }

    /** The same race for the wake-up that tells of the shutdown. */
    @Test
    void shutdownThatComesBeforeAJobIsLookedOutForFailsABlockOn() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertEndsWhileAJobIsUnderWay(IllegalStateException.class, EdoRuntime::shutdownBackground);
        }
    }

    /** A task has run and a job does when the thread inside {@code blockOn} is about to sleep, and the hook is run. */
    private static void assertEndsWhileAJobIsUnderWay(Class<? extends Exception> outcome, Consumer<EdoRuntime> hook)
            throws Exception {
        var parking = new AtomicReference<Runnable>(() -> {});
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var own = EdoRuntime.builder().currentThread().enableAll()
                .onThreadPark(() -> parking.getAndSet(() -> {}).run()).build()) {
            own.spawnBlocking(() -> {
                started.countDown();
                release.await();
            });
            Eventually.opened("the job runs", started);
            own.spawn(() -> {});
            parking.set(() -> hook.accept(own));
            try {
                Eventually.returns("blockOn", () -> assertThrows(outcome, () -> own.blockOn(Future.pending())));
            } finally {
                release.countDown();
            }
        }
    }

    // --- unhandledPanic

    @Test
    void panicShutsTheRuntimeDownWhereThatWasAskedFor() throws Exception {
        for (boolean direct : new boolean[] {true, false}) {
            var thrown = new IllegalStateException("fatal");
            var gate = new Gate<Integer>();
            var bystander = new Gate<Integer>();
            try (var strict = EdoRuntime.builder().currentThread().enableAll()
                    .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
                var waiting = strict.spawn(bystander);
                if (direct) {
                    strict.spawn(() -> {
                        throw thrown;
                    });
                } else {
                    strict.spawn(Future.failed(thrown));
                }
                var error = assertThrows(IllegalStateException.class,
                        () -> Eventually.returns("blockOn", () -> strict.blockOn(gate)));
                assertSame(thrown, error.getCause());
                assertTrue(error.getMessage().contains("SHUTDOWN_RUNTIME"), error.getMessage());
                assertTrue(strict.isShutdown());
                assertEquals(1, gate.cancels());
                Eventually.until("the bystander is cancelled", waiting::isFinished);
                assertTrue(assertThrows(JoinError.class, waiting::await).isCancelled());
                var late = strict.spawn(Future.ready(1));
                assertTrue(assertThrows(JoinError.class, late::await).isCancelled());
            }
        }
    }

    /** The panic is why the runtime has ended; a future that fails to be cancelled for that must not hide it. */
    @Test
    void panicIsToldWhateverTheCancelOfTheFutureThrows() throws Exception {
        var thrown = new IllegalStateException("fatal");
        var second = new IllegalStateException("cancel");
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            strict.spawn(Future.failed(thrown));
            var error = assertThrows(IllegalStateException.class,
                    () -> Eventually.returns("blockOn", () -> strict.blockOn(new Future<Integer>() {
                        @Override
                        public Poll<Integer> poll(Context cx) {
                            return Poll.pending();
                        }

                        @Override
                        public void cancel() {
                            throw second;
                        }
                    })));
            assertSame(thrown, error.getCause());
            assertEquals(List.of(second), List.of(error.getSuppressed()));
        }
    }

    /** A task that is polled again anyway is in the queue at that moment, and ends with the others. */
    @Test
    void panicEndsATaskThatWasToBePolledAgain() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var cancels = new AtomicInteger();
            var busy = strict.spawn(new Future<Integer>() {
                @Override
                public Poll<Integer> poll(Context cx) {
                    cx.waker().wake();
                    return Poll.pending();
                }

                @Override
                public void cancel() {
                    cancels.incrementAndGet();
                }
            });
            strict.spawn(Future.failed(new IllegalStateException("fatal")));
            assertThrows(IllegalStateException.class,
                    () -> Eventually.returns("blockOn", () -> strict.blockOn(new Gate<Integer>())));
            assertTrue(busy.isFinished());
            assertEquals(1, cancels.get());
            assertTrue(assertThrows(JoinError.class, busy::await).isCancelled());
        }
    }

    /** Those that were never polled are on no list; these wait in the inject queue, and in the queue of the thread. */
    @Test
    void panicEndsTasksThatWereNeverPolled() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var spawnedInside = new AtomicReference<JoinHandle<Integer>>();
            strict.spawn(Future.<Integer>lazy(() -> {
                spawnedInside.set(strict.spawn(Future.ready(1)));
                throw new IllegalStateException("fatal");
            }));
            var spawnedOutside = strict.spawn(Future.ready(2));
            assertThrows(IllegalStateException.class,
                    () -> Eventually.returns("blockOn", () -> strict.blockOn(new Gate<Integer>())));
            for (var task : List.of(spawnedInside.get(), spawnedOutside)) {
                assertTrue(task.isFinished());
                assertTrue(assertThrows(JoinError.class, task::await).isCancelled());
            }
            assertEquals(0, strict.metrics().numAliveTasks());
        }
    }

    /** Once blockOn has thrown nobody runs it any more, and who waits for it may be the thread that is to close. */
    @Test
    void panicLetsATaskInDirectStyleUnwind() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var gate = new Gate<Integer>();
            var waiting = strict.spawn(() -> gate.await());
            strict.spawn(Future.failed(new IllegalStateException("fatal")));
            assertThrows(IllegalStateException.class,
                    () -> Eventually.returns("blockOn", () -> strict.blockOn(new Gate<Integer>())));
            assertTrue(waiting.isFinished());
            assertEquals(1, gate.cancels());
            assertTrue(assertThrows(JoinError.class, waiting::await).isCancelled());
        }
    }

    /** The thread mounts what has still to unwind, which clears its status. */
    @Test
    void interruptBeforeAPanicStaysWithTheThread() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var gate = new Gate<Integer>();
            strict.spawn(() -> gate.await());
            strict.spawn(Future.<Integer>lazy(() -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("fatal");
            }));
            boolean interrupted = Eventually.returns("blockOn", () -> {
                assertThrows(IllegalStateException.class, () -> strict.blockOn(new Gate<Integer>()));
                return Thread.interrupted();
            });
            assertTrue(interrupted, "the interrupt status stays set");
            assertEquals(1, gate.cancels());
        }
    }

    /**
     * The first task in the queue of a lock runs elsewhere, because the second one blocks the thread; so it throws when
     * nobody drives any more. It has to wait while it ends the others, and who closes mounts it again.
     */
    @Test
    void panicElsewhereThatWaitsForAnotherTaskToEndKeepsNobodyFromClosing() throws Exception {
        var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build();
        var lock = new ReentrantLock();
        var needsToEnd = new ReentrantLock();
        var left = new AtomicBoolean();
        var bystander = strict.spawn(new Future<Integer>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                return Poll.pending();
            }

            @Override
            public void cancel() {
                needsToEnd.lock();
                needsToEnd.unlock();
            }
        });
        strict.spawn(() -> {
            lock.lock();
            lock.unlock();
            while (!left.get()) {
                Thread.onSpinWait();
            }
            throw new IllegalStateException("fatal");
        });
        var blocks = strict.spawn(Future.lazy(() -> {
            lock.lock();
            lock.unlock();
            return 1;
        }));
        var outcomes = new LinkedBlockingQueue<Integer>();
        lock.lock();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                outcomes.add(strict.blockOn(blocks));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Eventually.until("both wait for the lock", () -> lock.getQueueLength() == 2);
        lock.unlock();
        assertEquals(1, Eventually.next("the outcome", outcomes));
        needsToEnd.lock();
        left.set(true);
        Eventually.until("the task that threw waits", needsToEnd::hasQueuedThreads);
        needsToEnd.unlock();
        Eventually.returns("close()", () -> {
            strict.close();
            return null;
        });
        assertTrue(bystander.isFinished());
    }

    /** What ends because of it may throw in its turn: blockOn tells what it began with. */
    @Test
    void panicOfATaskThatIsEndedDoesNotHideTheFirstOne() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var thrown = new IllegalStateException("fatal");
            strict.spawn(new Future<Integer>() {
                @Override
                public Poll<Integer> poll(Context cx) {
                    return Poll.pending();
                }

                @Override
                public void cancel() {
                    throw new IllegalStateException("cancel");
                }
            });
            strict.spawn(Future.failed(thrown));
            var error = assertThrows(IllegalStateException.class,
                    () -> Eventually.returns("blockOn", () -> strict.blockOn(new Gate<Integer>())));
            assertSame(thrown, error.getCause());
        }
    }

    /** One thread drives the task that throws, the others wait beside it: all of them are told. */
    @Test
    void panicFailsEveryBlockOn() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var thrown = new IllegalStateException("fatal");
            var outcomes = new LinkedBlockingQueue<Throwable>();
            for (int i = 0; i < 3; i++) {
                var gate = new Gate<Integer>();
                Thread.ofPlatform().start(() -> {
                    try {
                        strict.blockOn(gate);
                    } catch (Throwable t) {
                        outcomes.add(t);
                    }
                });
                Eventually.opened("the future waits", gate.waiting);
            }
            strict.spawn(Future.failed(thrown));
            for (int i = 0; i < 3; i++) {
                assertSame(thrown, Eventually.next("the failure of blockOn " + i, outcomes).getCause());
            }
        }
    }

    @Test
    void panicOfAnAwaitedTaskCountsToo() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            var thrown = new IllegalStateException("fatal");
            var task = strict.spawn(Future.failed(thrown));
            var error = assertThrows(Exception.class, () -> Eventually.returns("blockOn", () -> strict.blockOn(task)));
            assertSame(thrown, error.getCause());
            assertTrue(strict.isShutdown());
        }
    }

    /** The joiner gives up when it runs next, on the thread that waits for the same task by then. */
    @Test
    void whoAbortsAJoinerInsideBlockOnMayWaitInItsPlace() throws Exception {
        var result = Eventually.returns("blockOn", () -> runtime.blockOn(() -> {
            var gate = new Gate<Integer>();
            var inner = runtime.spawn(gate);
            var joiner = runtime.spawn(inner.map(value -> value));
            runtime.spawn(() -> {
                assertThrows(JoinError.class, joiner::await);
                gate.open(6);
            });
            while (gate.polls() == 0) {
                Edo.yieldNow().await();
            }
            Edo.yieldNow().await();
            joiner.abort();
            return inner.await();
        }));
        assertEquals(6, result);
    }

    @Test
    void panicIsIgnoredByDefault() throws Exception {
        var failed = runtime.spawn(Future.failed(new IllegalStateException("ignored")));
        var seen = new AtomicInteger();
        runtime.blockOn(runtime.spawn(Future.lazy(seen::incrementAndGet)));
        assertEquals(1, seen.get());
        assertTrue(failed.isFinished());
        assertFalse(runtime.isShutdown());
    }

    @Test
    void abortIsNoPanic() throws Exception {
        try (var strict = EdoRuntime.builder().currentThread().enableAll()
                .unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME).build()) {
            strict.spawn(Future.pending()).abort();
            strict.spawn(() -> Future.pending().await()).abort();
            strict.blockOn(Edo.yieldNow());
            assertEquals(1, strict.blockOn(Future.ready(1)));
            assertFalse(strict.isShutdown());
        }
    }
}
