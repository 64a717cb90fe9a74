package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.runtime.Handle;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Spawning tasks and awaiting their results. */
class SpawnTest extends ContractTest {
    @Test
    void taskRunsWithoutBeingAwaited() throws Exception {
        var ran = new CountDownLatch(1);
        style.run(handle, () -> {
            ran.countDown();
            return null;
        });
        Eventually.opened("the task runs", ran);
    }

    @Test
    void foreignThreadAwaitsTheResult() throws Exception {
        assertEquals(42, resultOf(style.run(handle, () -> 42)));
    }

    @Test
    void foreignVirtualThreadAwaitsTheResult() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        var awaiting = new CountDownLatch(1);
        var result = Eventually.returns("await", Thread.ofVirtual(), () -> {
            Thread.startVirtualThread(() -> {
                awaiting.countDown();
                gate.open(7);
            });
            return task.await();
        });
        assertEquals(7, result);
    }

    @Test
    void nullIsAResult() throws Exception {
        assertNull(resultOf(style.run(handle, () -> null)));
    }

    @Test
    void withoutCodeNothingIsSpawned() {
        refused("future", () -> handle.spawn((Future<Integer>) null));
        refused("body", () -> handle.spawn((Callable<Integer>) null));
        refused("body", () -> handle.spawn((Action) null));
        refused("body", () -> handle.spawnBlocking((Callable<Integer>) null));
        refused("body", () -> handle.spawnBlocking((Action) null));
        refused("future", () -> handle.task().name("a").spawn((Future<Integer>) null));
        refused("body", () -> handle.task().name("a").spawn((Action) null));
        refused("body", () -> handle.task().name("a").spawnBlocking((Action) null));
    }

    private static void refused(String argument, Executable spawn) {
        assertEquals(argument, assertThrows(NullPointerException.class, spawn).getMessage());
    }

    @Test
    void blockOnOfAHandleGivesTheResult() throws Exception {
        var gate = new Gate<String>();
        var task = style.spawn(handle, () -> gate);
        style.run(handle, () -> {
            gate.open("through");
            return null;
        });
        assertEquals("through", Eventually.returns("blockOn", () -> handle.blockOn(task)));
    }

    @Test
    void taskAwaitsATask() throws Exception {
        var gate = new Gate<Integer>();
        var inner = style.spawn(handle, () -> gate);
        var outer = style.spawn(handle, () -> inner.map(value -> value + 1));
        Eventually.opened("the inner task waits", gate.waiting);
        assertFalse(outer.isFinished());
        gate.open(1);
        assertEquals(2, resultOf(outer));
        assertTrue(inner.isFinished());
    }

    @Test
    void thrownExceptionIsTheCauseOfTheJoinError() throws Exception {
        var thrown = new IllegalArgumentException("boom");
        var task = style.run(handle, () -> {
            throw thrown;
        });
        var error = failureOf(task);
        assertTrue(error.isPanic());
        assertFalse(error.isCancelled());
        assertSame(thrown, error.getCause());
        assertEquals(task.id(), error.id());
    }

    @Test
    void thrownErrorIsTheCauseOfTheJoinErrorAndTheWorkerLivesOn() throws Exception {
        var thrown = new StackOverflowError("deep");
        for (int i = 0; i < 4; i++) {
            var task = style.run(handle, () -> {
                throw thrown;
            });
            var error = failureOf(task);
            assertSame(thrown, error.getCause());
        }
        assertEquals(1, resultOf(style.run(handle, () -> 1)));
    }

    @Test
    void failureAfterWaitingIsReported() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate.map(value -> 1 / value));
        Eventually.opened("the task waits", gate.waiting);
        gate.open(0);
        var error = failureOf(task);
        assertTrue(error.getCause() instanceof ArithmeticException, () -> "cause: " + error.getCause());
    }

    @Test
    void resultIsTakenOnce() throws Exception {
        var task = style.run(handle, () -> 1);
        assertEquals(1, resultOf(task));
        var again = assertThrows(IllegalStateException.class, () -> resultOf(task));
        assertTrue(again.getMessage().contains("task " + task.id()), again.getMessage());
    }

    /** The joiner gives up, which must not hurt the task; then it comes back. */
    @Test
    void awaitingMayBeGivenUpAndTakenUpAgain() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        var awaiting = new CountDownLatch(1);
        var outcome = new LinkedBlockingQueue<Throwable>();
        var joiner = Thread.ofPlatform().start(() -> {
            awaiting.countDown();
            try {
                task.await();
            } catch (Throwable t) {
                outcome.add(t);
            }
        });
        awaiting.await();
        joiner.interrupt();
        var thrown = Eventually.next("the joiner was interrupted and goes", outcome);
        assertTrue(thrown instanceof CancellationException, thrown::toString);
        assertFalse(task.isFinished());
        gate.open(5);
        assertEquals(5, resultOf(task));
    }

    @Test
    void idsAreUniqueAndTheTaskKnowsItsOwn() throws Exception {
        var seen = ConcurrentHashMap.<Long>newKeySet();
        var tasks = new ArrayList<JoinHandle<TaskId>>();
        for (int i = 0; i < 3_000; i++) {
            tasks.add(style.run(handle, TaskId::current));
        }
        var inner = style.<List<JoinHandle<TaskId>>>run(handle, () -> {
            var spawned = new ArrayList<JoinHandle<TaskId>>();
            for (int i = 0; i < 3_000; i++) {
                spawned.add(style.run(Handle.current(), TaskId::current));
            }
            return spawned;
        });
        tasks.addAll(resultOf(inner));
        Eventually.returns("the ends of all", () -> {
            for (var task : tasks) {
                var own = task.await();
                assertEquals(task.id(), own);
                assertTrue(seen.add(own.value()), () -> "id " + own + " was given twice");
            }
            return null;
        });
        assertNull(TaskId.tryCurrent());
        assertThrows(IllegalStateException.class, TaskId::current);
    }

    @Test
    void taskKnowsItsIdAfterWaiting() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate.map(_ -> TaskId.current()));
        Eventually.opened("the task waits", gate.waiting);
        gate.open(0);
        assertEquals(task.id(), resultOf(task));
    }

    @Test
    void blockOnIsNoTask() throws Exception {
        assertNull(Eventually.returns("blockOn", () -> handle.blockOn(Future.lazy(TaskId::tryCurrent))));
        assertNull(Eventually.returns("blockOn", () -> handle.blockOn(() -> TaskId.tryCurrent())));
        var message = Eventually.returns("blockOn", () -> handle.blockOn(() ->
                assertThrows(IllegalStateException.class, TaskId::current).getMessage()));
        assertTrue(message.contains("inside a spawned task") && message.contains("tryCurrent()"), message);
    }

    @Test
    void taskIsInsideItsRuntime() throws Exception {
        var task = style.run(handle, () -> Handle.current().id());
        assertEquals(handle.id(), resultOf(task));
    }

    @Test
    void chainOfTenThousandTasksThatEachSpawnTheNext() throws Exception {
        var length = new AtomicInteger();
        var end = new CountDownLatch(1);
        link(10_000, length, end);
        Eventually.opened("the last task of the chain", end);
        assertEquals(10_000, length.get());
    }

    private void link(int left, AtomicInteger length, CountDownLatch end) {
        style.run(handle, () -> {
            length.incrementAndGet();
            if (left == 1) {
                end.countDown();
            } else {
                link(left - 1, length, end);
            }
            return null;
        });
    }

    @Test
    void chainOfTenThousandTasksThatEachAwaitTheNext() throws Exception {
        assertEquals(10_000, resultOf(nest(10_000)));
    }

    private JoinHandle<Integer> nest(int left) {
        return style.spawn(handle, () -> left == 0 ? Future.ready(0) : nest(left - 1).map(depth -> depth + 1));
    }

    @Test
    void manyTasksFromManyForeignThreads() throws Exception {
        var sum = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 5_000; i++) {
                    style.run(handle, sum::incrementAndGet);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        Eventually.until(() -> sum.get() + " of 20000 tasks ran", () -> sum.get() == 20_000);
        Eventually.until("all tasks are off the books", () -> handle.metrics().numAliveTasks() == 0);
    }

    /** One task spawns more than any local queue holds before any of them can run. */
    @Test
    void taskSpawnsMoreThanItsQueueHolds() throws Exception {
        var sum = new AtomicInteger();
        var spawner = style.run(handle, () -> {
            for (int i = 0; i < 5_000; i++) {
                style.run(Handle.current(), sum::incrementAndGet);
            }
            return null;
        });
        resultOf(spawner);
        Eventually.until(() -> sum.get() + " of 5000 tasks ran", () -> sum.get() == 5_000);
    }

    @Test
    void edoSpawnFindsTheRuntimeInsideATask() throws Exception {
        var ids = new HashSet<Object>();
        var task = style.spawn(handle, () -> Edo.spawn(() -> Handle.current().id()));
        ids.add(resultOf(task));
        assertEquals(Set.of(handle.id()), ids);
    }
}
