package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.UnhandledPanic;
import dev.edo.task.Action;
import dev.edo.task.Coop;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.JoinSet;
import dev.edo.task.LocalSet;
import dev.edo.task.LocalSpawner;
import dev.edo.task.TaskId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Local sets inside {@code blockOn} of each flavour. */
class LocalSetTest extends LocalSetContract {
    @Test
    void withoutCodeNothingIsSpawned() throws Exception {
        onThread((_, local) -> {
            var future = assertThrows(NullPointerException.class, () -> local.spawnLocal((Future<Integer>) null));
            assertEquals("future", future.getMessage());
            var body = assertThrows(NullPointerException.class, () -> local.spawnLocal((Callable<Integer>) null));
            assertEquals("body", body.getMessage());
            var action = assertThrows(NullPointerException.class, () -> local.spawnLocal((Action) null));
            assertEquals("body", action.getMessage());
        });
    }

    @Test
    void tasksRunOnTheSetsThread() throws Exception {
        onThread((runtime, local) -> {
            var here = Thread.currentThread();
            var threads = new ArrayList<Thread>();
            Future<Integer> future = Future.lazy(() -> {
                threads.add(Carriers.currentCarrier());
                var nested = spawn(LocalSpawner.current(), () -> {
                    threads.add(Carriers.currentCarrier());
                    return Edo.yieldNow().then(_ -> Edo.sleep(Duration.ofMillis(1))).map(_ -> {
                        threads.add(Carriers.currentCarrier());
                        return 7;
                    });
                });
                return nested;
            }).then(task -> task);
            var task = spawn(local, () -> future);
            assertEquals(7, local.blockOn(runtime, task));
            assertEquals(List.of(here, here, here), threads);
        });
    }

    @Test
    void runAllRunsUntilTheSetIsEmpty() throws Exception {
        onThread((runtime, local) -> {
            var ended = new AtomicInteger();
            for (int i = 0; i < 200; i++) {
                spawn(local, () -> Edo.yieldNow().then(_ -> Edo.yieldNow()).map(_ -> ended.incrementAndGet()));
            }
            spawn(local, () -> Edo.sleep(Duration.ofMillis(2)).map(_ -> ended.incrementAndGet()));
            runtime.blockOn(local.runAll());
            assertEquals(201, ended.get());
            runtime.blockOn(local.runAll());
        });
    }

    @Test
    void localTasksUseTheWorkersOfTheRuntime() throws Exception {
        onThread((runtime, local) -> {
            var task = spawn(local, () -> Edo.spawn(Future.lazy(Carriers::currentCarrier)));
            var worker = local.blockOn(runtime, task);
            assertEquals(setup.isMultiThread(), worker != Thread.currentThread());
            var job = spawn(local, () -> Edo.spawnBlocking(Thread::currentThread));
            assertNotSame(Thread.currentThread(), local.blockOn(runtime, job));
        });
    }

    @Test
    void localTasksUseSockets() throws Exception {
        onThread((runtime, local) -> {
            var received = local.blockOn(runtime, spawn(local, () -> TcpListener.bind("127.0.0.1:0").then(listener -> {
                var server = spawn(LocalSpawner.current(), () -> listener.accept()
                        .then(stream -> stream.writeAll(ByteBuffer.wrap(new byte[5])).map(_ -> stream)));
                return TcpStream.connect(address(listener)).then(client -> {
                    var buffer = ByteBuffer.allocate(5);
                    return client.readExact(buffer).then(_ -> server).map(stream -> {
                        stream.close();
                        client.close();
                        listener.close();
                        return buffer.position();
                    });
                });
            })));
            assertEquals(5, received);
        });
    }

    private static InetSocketAddress address(TcpListener listener) {
        try {
            return listener.localAddress();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void resultsMayBeAwaitedElsewhere() throws Exception {
        onThread((runtime, local) -> {
            var task = spawn(local, () -> Edo.yieldNow().map(_ -> 5));
            var elsewhere = runtime.spawn(() -> task.await());
            assertEquals(5, local.blockOn(runtime, elsewhere));
        });
    }

    /** Nobody polls the set while tasks are spawned and woken; the next poll finds them all. */
    @Test
    void wakeUpsBetweenTwoWaitsAreNotLost() throws Exception {
        onThread((runtime, local) -> {
            var gate = new Gate<Integer>();
            var task = spawn(local, () -> gate);
            local.blockOn(runtime, Future.of(cx -> {
                if (gate.waiting.getCount() == 0) {
                    return Poll.ready(null);
                }
                cx.waker().wake();
                return Poll.pending();
            }));
            gate.open(3);
            assertEquals(3, local.blockOn(runtime, task));
        });
    }

    @Test
    void wakeUpFromAnotherThreadRunsTheTask() throws Exception {
        onThread((runtime, local) -> {
            for (int i = 0; i < 50; i++) {
                var gate = new Gate<Integer>();
                var task = spawn(local, () -> gate);
                int value = i;
                var opener = Thread.startVirtualThread(() -> {
                    while (gate.polls() == 0) {
                        Thread.onSpinWait();
                    }
                    gate.open(value);
                });
                assertEquals(i, local.blockOn(runtime, task));
                opener.join();
            }
        });
    }

    /** One task wakes itself for ever; the future and the runtime's own tasks go on all the same. */
    @Test
    void busyTaskStarvesNeitherTheFutureNorTheRuntime() throws Exception {
        onThread((runtime, local) -> {
            var stop = new AtomicBoolean();
            spawn(local, () -> Future.of(cx -> {
                cx.waker().wake();
                return stop.get() ? Poll.ready(null) : Poll.pending();
            }));
            local.blockOn(runtime, runtime.spawn(() -> Edo.sleep(Duration.ofMillis(2)).await()));
            stop.set(true);
            runtime.blockOn(local.runAll());
        });
    }

    @Test
    void abortedTasksAreCancelledAndOthersGoOn() throws Exception {
        onThread((runtime, local) -> {
            var gate = new Gate<Integer>();
            var aborted = spawn(local, () -> gate);
            var other = spawn(local, () -> Edo.yieldNow().map(_ -> 1));
            assertEquals(1, local.blockOn(runtime, other));
            aborted.abort();
            assertTrue(assertThrows(JoinError.class, () -> local.blockOn(runtime, aborted)).isCancelled());
            assertEquals(1, gate.cancels());
        });
    }

    @Test
    void closingCancelsTheTasks() throws Exception {
        var gate = new Gate<Integer>();
        var neverRun = new Gate<Integer>();
        var tasks = new ArrayList<JoinHandle<?>>();
        onThread((runtime, local) -> {
            tasks.add(spawn(local, () -> gate));
            local.blockOn(runtime, Edo.yieldNow().then(_ -> Edo.yieldNow()));
            assertEquals(1, gate.polls());
            tasks.add(spawn(local, () -> neverRun));
        });
        assertEquals(1, gate.cancels());
        for (var task : tasks) {
            assertTrue(task.isFinished());
            assertTrue(assertThrows(JoinError.class, task::await).isCancelled());
        }
        assertEquals(0, neverRun.polls());
        gate.nudge(); // a wake-up that comes too late does no harm
    }

    /** Closing does not wait for so many turns: the thread is cut off, and has them elsewhere. */
    @Test
    void taskThatUnwindsInManyTurnsIsNotLost() throws Exception {
        var gate = new Gate<Integer>();
        var unwound = new CountDownLatch(1);
        onThread((runtime, local) -> {
            local.spawnLocal(() -> {
                try {
                    gate.await();
                } finally {
                    for (int i = 0; i < 6_000; i++) {
                        Thread.yield();
                    }
                    unwound.countDown();
                }
            });
            local.blockOn(runtime, Edo.yieldNow().then(_ -> Edo.yieldNow()));
            assertEquals(1, gate.polls());
        });
        Eventually.opened("the task has unwound", unwound);
    }

    @Test
    void spawnAfterCloseComesBackCancelled() throws Exception {
        onThread((runtime, local) -> {
            local.close();
            assertTrue(spawn(local, () -> Future.ready(1)).isFinished());
        });
    }

    @Test
    void localTasksMayWaitForEachOther() throws Exception {
        onThread((runtime, local) -> {
            var gate = new Gate<Integer>();
            var first = spawn(local, () -> gate);
            var second = spawn(local, () -> Future.lazy(() -> {
                gate.open(1);
                return 2;
            }));
            var both = local.blockOn(runtime, Join.of(first, second));
            assertEquals(3, both.first() + both.second());
        });
    }

    @Test
    void enteredSetIsFoundBySpawnLocal() throws Exception {
        onThread((runtime, local) -> {
            assertThrows(IllegalStateException.class, () -> Edo.spawnLocal(Future.ready(1)));
            JoinHandle<Integer> task;
            try (var _ = local.enter()) {
                assertSame(local, LocalSpawner.current());
                task = spawn(LocalSpawner.current(), () -> Edo.sleep(Duration.ofMillis(1)).map(_ -> 4));
            }
            assertThrows(IllegalStateException.class, LocalSpawner::current);
            assertEquals(4, local.blockOn(runtime, task));
        });
    }

    @Test
    void taskWithoutAResultIsSpawnedIntoTheEnteredSet() throws Exception {
        onThread((runtime, local) -> {
            assertThrows(IllegalStateException.class, () -> Edo.spawnLocal(() -> {}));
            var carriers = new ArrayList<Thread>();
            JoinHandle<@Nullable Void> task;
            try (var _ = local.enter()) {
                task = Edo.spawnLocal(() -> {
                    carriers.add(Carriers.currentCarrier());
                });
            }
            local.blockOn(runtime, task);
            assertEquals(List.of(Thread.currentThread()), carriers);
        });
    }

    @Test
    void tasksOfTheRuntimeAreNotInTheSet() throws Exception {
        onThread((runtime, local) -> {
            var outside = runtime.spawn(() -> {
                try {
                    LocalSpawner.current();
                    return "found";
                } catch (IllegalStateException e) {
                    return String.valueOf(e.getMessage());
                }
            });
            assertTrue(local.blockOn(runtime, outside).contains("no LocalSet"));
        });
    }

    /** The set belongs to one thread, however another one came to be started. */
    @Test
    void threadStartedInsideIsNotInTheSet() throws Exception {
        onThread((runtime, local) -> {
            Future<String> future = Future.lazy(() -> Eventually.returns("the thread", () -> {
                var e = assertThrows(IllegalStateException.class, () -> Edo.spawnLocal(Future.ready(1)));
                return String.valueOf(e.getMessage());
            }));
            var refused = local.blockOn(runtime, future);
            assertTrue(refused.contains("no LocalSet"), refused);
        });
    }

    @Test
    void otherThreadsAreRefused() throws Exception {
        onThread((runtime, local) -> {
            var e = assertInstanceOf(IllegalStateException.class, assertThrows(
                    JoinError.class,
                    () -> runtime.blockOn(runtime.spawnBlocking(() -> local.spawnLocal(Future.ready(1))))).getCause());
            assertTrue(e.getMessage().contains("belongs to"), e.getMessage());
            assertThrows(JoinError.class, () -> runtime.blockOn(runtime.spawnBlocking(() -> {
                runtime.handle().blockOn(local.runAll());
                return null;
            })));
            assertThrows(JoinError.class, () -> runtime.blockOn(runtime.spawn(() -> LocalSet.create())));
        });
    }

    @Test
    void blockingInsideAStacklessLocalTaskIsRefused() throws Exception {
        onThread((runtime, local) -> {
            var task = local.spawnLocal(Future.lazy(() -> Edo.yieldNow().await()));
            assertInstanceOf(
                    IllegalStateException.class,
                    assertThrows(JoinError.class, () -> local.blockOn(runtime, task)).getCause());
            var closes = spawn(local, () -> Future.lazy(() -> {
                local.close();
                return null;
            }));
            assertInstanceOf(
                    IllegalStateException.class,
                    assertThrows(JoinError.class, () -> local.blockOn(runtime, closes)).getCause());
        });
    }

    @Test
    void panicIsInTheHandleOrEndsTheSet() throws Exception {
        onThread((runtime, local) -> {
            Future<Integer> boom = Future.failed(new IllegalStateException("boom"));
            var task = spawn(local, () -> boom);
            assertTrue(assertThrows(JoinError.class, () -> local.blockOn(runtime, task)).isPanic());
        });
        onThread((runtime, local) -> {
            local.unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME);
            var gate = new Gate<Integer>();
            spawn(local, () -> gate);
            spawn(local, () -> Future.failed(new IllegalStateException("boom")));
            var e = assertThrows(
                    IllegalStateException.class, () -> local.blockOn(runtime, Future.<Integer>pending()));
            assertEquals("boom", e.getCause().getMessage());
        });
    }

    /** What has failed is not cancelled: whatever the future waited for would keep a place for it. */
    @Test
    void panicThatEndsTheSetGivesUpWhatItRanUntil() throws Exception {
        onThread((runtime, local) -> {
            local.unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME);
            var gate = new Gate<Integer>();
            spawn(local, () -> Future.<Integer>failed(new IllegalStateException("boom")));
            assertThrows(IllegalStateException.class, () -> local.blockOn(runtime, gate));
            assertEquals(1, gate.cancels());
        });
    }

    /** The panic is why the set has ended; a future that fails to be given up for that must not hide it. */
    @Test
    void panicThatEndsTheSetIsToldWhateverGivingUpThrows() throws Exception {
        onThread((runtime, local) -> {
            local.unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME);
            var second = new IllegalStateException("cancel");
            spawn(local, () -> Future.<Integer>failed(new IllegalStateException("boom")));
            var e = assertThrows(IllegalStateException.class, () -> local.blockOn(runtime, new Future<Integer>() {
                @Override
                public Poll<Integer> poll(Context cx) {
                    return Poll.pending();
                }

                @Override
                public void cancel() {
                    throw second;
                }
            }));
            assertEquals("boom", e.getCause().getMessage());
            assertSame(second, e.getSuppressed()[0]);
        });
    }

    /** Tasks that are polled again anyway are in the queues of the set at that moment, and end with the others. */
    @Test
    void panicEndsTasksThatWereToBePolledAgain() throws Exception {
        onThread((runtime, local) -> {
            local.unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME);
            var woken = local.spawnLocal(Future.<Integer>of(cx -> {
                cx.waker().wake();
                return Poll.pending();
            }));
            var yielding = local.spawnLocal(Edo.yieldNow());
            local.spawnLocal(Future.<Integer>failed(new IllegalStateException("boom")));
            assertThrows(IllegalStateException.class, () -> local.blockOn(runtime, Future.<Integer>pending()));
            assertTrue(woken.isFinished());
            assertTrue(yielding.isFinished());
        });
    }

    /** The task that throws is a virtual thread: the others end on the set's thread all the same, each as itself. */
    @Test
    void panicOfATaskInDirectStyleEndsTheOthersOnTheSetsThread() throws Exception {
        onThread((runtime, local) -> {
            local.unhandledPanic(UnhandledPanic.SHUTDOWN_RUNTIME);
            var ends = new ArrayList<Object>();
            var bystander = local.spawnLocal(new EndsHere(ends));
            local.spawnLocal(() -> {
                throw new IllegalStateException("boom");
            });
            assertThrows(IllegalStateException.class, () -> local.blockOn(runtime, Future.<Integer>pending()));
            assertEquals(List.of(Thread.currentThread(), bystander.id()), ends);
        });
    }

    /** The future shares the budget of the waiting task: 128 units, and not 128 more because of the set. */
    @Test
    void runUntilHasNoBudgetOfItsOwn() throws Exception {
        onThread((runtime, local) -> {
            var polls = new AtomicInteger();
            var consumed = new AtomicInteger();
            runtime.blockOn(runtime.flavor() == dev.edo.runtime.RuntimeFlavor.CURRENT_THREAD
                    ? local.runUntil(consume(300, polls, consumed))
                    : Future.ready(null));
            assertEquals(setup.isMultiThread() ? 0 : 300, consumed.get());
            assertTrue(setup.isMultiThread() || polls.get() == 3, () -> "polls=" + polls);
            var task = spawn(local, () -> consume(300, polls, consumed));
            local.blockOn(runtime, task);
            assertEquals(setup.isMultiThread() ? 300 : 600, consumed.get());
        });
    }

    private static Future<@Nullable Void> consume(int units, AtomicInteger polls, AtomicInteger consumed) {
        return new Future<>() {
            private int left = units;
            private Future<@Nullable Void> next = Coop.consumeBudget();

            @Override
            public Poll<@Nullable Void> poll(Context cx) throws Exception {
                polls.incrementAndGet();
                while (left > 0) {
                    if (!next.poll(cx).isReady()) {
                        return Poll.pending();
                    }
                    next = Coop.consumeBudget();
                    consumed.incrementAndGet();
                    left--;
                }
                return Poll.ready();
            }
        };
    }

    @Test
    void idsAreThoseOfTheTasks() throws Exception {
        onThread((runtime, local) -> {
            var inner = new AtomicBoolean();
            var task = spawn(local, () -> Future.lazy(() -> {
                var nested = LocalSpawner.current().spawnLocal(Future.lazy(TaskId::current));
                inner.set(!nested.id().equals(TaskId.current()));
                return TaskId.current();
            }));
            assertEquals(task.id(), local.blockOn(runtime, task));
            assertTrue(inner.get());
            assertEquals(null, TaskId.tryCurrent());
            try (var other = LocalSet.create()) {
                assertNotEquals(local.id(), other.id());
            }
        });
    }

    @Test
    void joinSetsTakeLocalTasks() throws Exception {
        onThread((runtime, local) -> {
            var set = new JoinSet<Integer>();
            set.spawnLocalOn(local, Future.ready(1));
            set.spawnLocalOn(local, () -> 2);
            int sum = local.blockOn(runtime, Future.<@Nullable Void>lazy(() -> {
                        set.spawnLocal(Future.ready(4));
                        return null;
                    })
                    .then(_ -> set.joinAll())
                    .map(values -> values.stream().mapToInt(i -> i).sum()));
            assertEquals(7, sum);
        });
    }

    /**
     * A stackless local task blocks the thread in a lock behind a local task in direct style, to
     * which the lock is handed over: nobody could mount it, were there not the watch.
     */
    @Test
    void lockHandedToALocalTaskIsNoDeadlock() throws Exception {
        onThread((runtime, local) -> {
            var lock = new ReentrantLock(true);
            var held = new CountDownLatch(1);
            var holder = Thread.ofPlatform().start(() -> {
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
            Callable<Integer> locked = () -> {
                lock.lock();
                try {
                    return 1;
                } finally {
                    lock.unlock();
                }
            };
            var direct = local.spawnLocal(locked);
            var stackless = local.spawnLocal(Edo.yieldNow().then(_ -> Future.lazy(locked)));
            var both = local.blockOn(runtime, Join.of(direct, stackless));
            assertEquals(2, both.first() + both.second());
            holder.join();
            assertFalse(lock.isLocked());
        });
    }

    /** The same; what was mounted elsewhere is the last task, and ends there while the set waits. */
    @Test
    void runAllNoticesATaskThatEndsElsewhere() throws Exception {
        onThread((runtime, local) -> {
            var lock = new ReentrantLock(true);
            var held = new CountDownLatch(1);
            var holder = Thread.ofPlatform().start(() -> {
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
            var setWaits = new AtomicBoolean();
            local.spawnLocal(() -> {
                lock.lock();
                lock.unlock();
                while (!setWaits.get()) {
                    Thread.onSpinWait();
                }
            });
            var stackless = local.spawnLocal(Edo.yieldNow().then(_ -> Future.<Integer>lazy(() -> {
                lock.lock();
                lock.unlock();
                return 1;
            })));
            var all = local.runAll();
            runtime.blockOn(Future.of(cx -> {
                var poll = all.poll(cx);
                setWaits.set(!poll.isReady() && stackless.isFinished());
                return poll;
            }));
            assertEquals(1, stackless.await());
            holder.join();
        });
    }

    /** The task is mounted on the thread that it interrupts; the JDK clears the status when the task leaves it. */
    @Test
    void interruptWhileALocalTaskIsMountedEndsTheWait() throws Exception {
        onThread((runtime, local) -> {
            var waiting = Thread.currentThread();
            var gate = new Gate<Integer>();
            local.spawnLocal(waiting::interrupt);
            assertThrows(CancellationException.class, () -> local.blockOn(runtime, gate));
            assertTrue(Thread.interrupted(), "the interrupt status stays set");
            assertEquals(1, gate.cancels());
        });
    }

    /** The same where it happens while the set ends its tasks. */
    @Test
    void interruptWhileTheLastLocalTaskIsMountedStaysWithWhoCloses() throws Exception {
        onThread((runtime, local) -> {
            var closer = Thread.currentThread();
            var gate = new Gate<Integer>();
            local.spawnLocal(() -> {
                try {
                    gate.await();
                } finally {
                    closer.interrupt();
                }
            });
            local.blockOn(runtime, Edo.yieldNow().then(_ -> Edo.yieldNow()));
            assertEquals(1, gate.polls());
            local.close();
            assertTrue(Thread.interrupted(), "the interrupt status stays set");
        });
    }
}
