package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.runtime.Handle;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Mutex;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Code that blocks the worker it runs on, after another thread took the worker over. */
class BlockInPlaceTest extends ContractTest {
    /** Each worker's task blocks until a task that is spawned later has run. */
    @Test
    void othersRunMeanwhile() throws Exception {
        if (isRefused()) {
            return;
        }
        var release = new CountDownLatch(1);
        var blocked = new ArrayList<JoinHandle<Integer>>();
        var inside = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            blocked.add(style.run(handle, () -> Edo.blockInPlace(() -> {
                inside.countDown();
                blockThread(release);
                return 1;
            })));
        }
        Eventually.opened("four tasks block, whatever the number of workers", inside);
        resultOf(style.run(handle, () -> {
            release.countDown();
            return null;
        }));
        for (var task : blocked) {
            assertEquals(1, resultOf(task));
        }
    }

    /**
     * Blocks the carrier, not just a virtual thread; where there is no other carrier to go on, in a task in direct
     * style of a current-thread runtime, the thread parks.
     */
    private void blockThread(CountDownLatch release) throws Exception {
        if (!setup.isMultiThread()) {
            Eventually.opened("the thread is released", release);
            return;
        }
        long deadlineNanos = System.nanoTime() + Eventually.PATIENCE.toNanos();
        while (release.getCount() > 0) {
            assertTrue(System.nanoTime() - deadlineNanos < 0, "the thread is not released");
            Thread.onSpinWait();
        }
    }

    /** In a stackless task of a current-thread runtime there is nobody to go on. */
    private boolean isRefused() throws Exception {
        if (setup.isMultiThread() || style == Style.DIRECT) {
            return false;
        }
        var refused = style.run(handle, () ->
                assertThrows(IllegalStateException.class, () -> Edo.blockInPlace(() -> 1)).getMessage());
        var message = resultOf(refused);
        assertTrue(message.contains("spawnBlocking"), message);
        return true;
    }

    @Test
    void nestedCallsJustRun() throws Exception {
        if (isRefused()) {
            return;
        }
        for (int i = 0; i < 20; i++) {
            var task = style.run(handle, () -> Edo.blockInPlace(() -> Edo.blockInPlace(() -> 1) + 1));
            assertEquals(2, resultOf(task));
        }
    }

    @Test
    void taskGoesOnAsATaskAfterwards() throws Exception {
        if (isRefused()) {
            return;
        }
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> {
            var id = Edo.blockInPlace(TaskId::current);
            assertEquals(id, TaskId.current());
            assertEquals(handle.id(), Handle.current().id());
            return gate.map(value -> {
                assertEquals(id, TaskId.current());
                return value;
            });
        });
        Eventually.opened("the task waits", gate.waiting);
        gate.open(4);
        assertEquals(4, resultOf(task));
    }

    @Test
    void exceptionPassesThrough() throws Exception {
        if (isRefused()) {
            return;
        }
        var thrown = new IllegalStateException("inside");
        var task = style.run(handle, () -> Edo.blockInPlace(() -> {
            throw thrown;
        }));
        assertSame(thrown, failureOf(task).getCause());
        assertEquals(1, resultOf(style.run(handle, () -> 1)));
    }

    /** The task spawns one that sits in the worker's LIFO slot, and then blocks until it has run. */
    @Test
    void taskInTheLifoSlotRunsMeanwhile() throws Exception {
        if (isRefused()) {
            return;
        }
        for (int i = 0; i < 50; i++) {
            var release = new CountDownLatch(1);
            var task = style.run(handle, () -> {
                style.run(Handle.current(), () -> {
                    release.countDown();
                    return null;
                });
                return Edo.blockInPlace(() -> {
                    blockThread(release);
                    return 1;
                });
            });
            assertEquals(1, resultOf(task));
        }
    }

    /** Tokio's {@code wake_deferred_tasks_before_block_in_place}: a yield that waits in the worker's hands. */
    @Test
    void taskThatYieldedRunsMeanwhile() throws Exception {
        if (isRefused()) {
            return;
        }
        for (int i = 0; i < 50; i++) {
            var yielding = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var yielder = style.spawn(handle, () -> {
                yielding.countDown();
                return Edo.yieldNow().map(_ -> {
                    release.countDown();
                    return 1;
                });
            });
            var blocker = style.run(handle, () -> Edo.blockInPlace(() -> {
                blockThread(yielding);
                blockThread(release);
                return 2;
            }));
            assertEquals(1, resultOf(yielder));
            assertEquals(2, resultOf(blocker));
        }
    }

    @Test
    void manyAtTheSameTimeAndWithWorkInBetween() throws Exception {
        if (isRefused()) {
            return;
        }
        var sum = new AtomicInteger();
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 300; i++) {
            tasks.add(style.spawn(handle, () -> {
                Edo.blockInPlace(sum::incrementAndGet);
                return Edo.yieldNow().then(_ -> Future.lazy(() -> {
                    Edo.blockInPlace(sum::incrementAndGet);
                    return null;
                }));
            }));
        }
        for (var task : tasks) {
            resultOf(task);
        }
        assertEquals(600, sum.get());
    }

    @Test
    void outsideOfTasksItJustRuns() throws Exception {
        assertEquals(1, Edo.blockInPlace(() -> 1));
        assertEquals(2, resultOf(handle.spawnBlocking(() -> Edo.blockInPlace(() -> 2))));
        if (setup.isMultiThread()) {
            assertEquals(3, handle.blockOn(() -> Edo.blockInPlace(() -> 3)));
        }
    }

    /** The thread that polls the future drives the tasks as well; in a closure it does so at each await only. */
    @Test
    void inThePollOfABlockOnItIsRefusedWhereThatDrivesTheTasks() throws Exception {
        running.close();
        try (var own = setup.builder().build()) {
            Future<Integer> future = Future.lazy(() -> Edo.blockInPlace(() -> 4));
            if (setup.isMultiThread()) {
                assertEquals(4, own.blockOn(future));
            } else {
                var message = assertThrows(IllegalStateException.class, () -> own.blockOn(future)).getMessage();
                assertTrue(message.contains("spawnBlocking"), message);
            }
            assertEquals(5, own.blockOn(() -> Edo.blockInPlace(() -> 5)));
        }
    }

    /** Inside, the thread is nobody's worker, so it may block on a future, or run a runtime of its own. */
    @Test
    void blockOnInside() throws Exception {
        if (isRefused() || style == Style.DIRECT) {
            return;
        }
        var gate = new Gate<Integer>();
        var task = style.run(handle, () -> Edo.blockInPlace(() -> Handle.current().blockOn(gate)));
        Eventually.opened("the future is polled", gate.waiting);
        gate.open(5);
        assertEquals(5, resultOf(task));
    }

    /** Yields, and a lock so often that a budget would be used up: who blocks a thread of its own has none. */
    @Test
    void yieldsAndLocksInABlockOnInside() throws Exception {
        if (isRefused() || style == Style.DIRECT) {
            return;
        }
        var mutex = new Mutex<>(0);
        var task = style.run(handle, () -> Edo.blockInPlace(() -> Handle.current().blockOn(() -> {
            Edo.yieldNow().await();
            for (int i = 1; i <= 129; i++) {
                try (var guard = mutex.lock().await()) {
                    guard.set(i);
                }
            }
            try (var guard = mutex.lock().await()) {
                return guard.get();
            }
        })));
        assertEquals(129, resultOf(task));
    }

    @Test
    void blockInPlaceInABlockOnInside() throws Exception {
        if (isRefused() || style == Style.DIRECT) {
            return;
        }
        for (int i = 0; i < 50; i++) {
            var task = style.run(handle, () -> Edo.blockInPlace(() ->
                    Handle.current().blockOn(() -> Edo.blockInPlace(() -> 1))));
            assertEquals(1, resultOf(task));
        }
    }

    /** The thread drives a runtime of its own meanwhile, and then is a task's again. */
    @Test
    void anotherRuntimeInsideAndAYieldAfterwards() throws Exception {
        if (isRefused() || style == Style.DIRECT) {
            return;
        }
        var task = style.spawn(handle, () -> {
            int seen = Edo.blockInPlace(() -> {
                try (var inner = Setup.CURRENT_THREAD.builder().build()) {
                    return inner.blockOn(inner.spawn(Future.ready(7)));
                }
            });
            return Edo.yieldNow().map(_ -> seen);
        });
        assertEquals(7, resultOf(task));
    }

    /** What follows in the same poll takes part in the budget again. */
    @Test
    void budgetHoldsAfterwards() throws Exception {
        if (isRefused() || style == Style.DIRECT) {
            return;
        }
        var channel = Mpsc.<Integer>unbounded();
        for (int i = 0; i < 1_024; i++) {
            channel.sender().send(i);
        }
        var task = style.<Integer>spawn(handle, () -> {
            Edo.blockInPlace(() -> 1);
            return Future.of(cx -> {
                int received = 0;
                while (channel.receiver().pollRecv(cx).isReady()) {
                    received++;
                }
                return Poll.ready(received);
            });
        });
        int received = resultOf(task);
        assertTrue(received > 0 && received <= 128, () -> "received in one poll: " + received);
    }

    /**
     * Inside, a runtime of one's own may run tasks on the thread, which belongs to the outer task all the while and
     * afterwards.
     */
    @Test
    void runtimeOfItsOwnInside() throws Exception {
        if (isRefused() || style == Style.DIRECT) {
            return;
        }
        var task = style.run(handle, () -> {
            var outside = TaskId.current();
            var ids = Edo.blockInPlace(() -> {
                try (var own = Setup.CURRENT_THREAD.builder().build()) {
                    var inner = own.spawn(Edo.yieldNow().map(_ -> TaskId.current()));
                    assertEquals(inner.id(), own.blockOn(inner));
                    return List.of(outside, inner.id(), TaskId.current());
                }
            });
            assertNotEquals(ids.get(0), ids.get(1));
            return List.of(ids.get(0), ids.get(2), TaskId.current());
        });
        assertEquals(List.of(task.id(), task.id(), task.id()), resultOf(task));
    }

    /** A virtual thread that a task of the inner runtime has started is no task, and not the outer one either. */
    @Test
    void threadThatATaskOfARuntimeInsideHasStartedIsNoTask() throws Exception {
        if (isRefused() || style == Style.DIRECT) {
            return;
        }
        var task = style.run(handle, () -> Edo.blockInPlace(() -> {
            try (var own = Setup.CURRENT_THREAD.builder().build()) {
                return own.blockOn(own.spawn(() -> {
                    var seen = new ArrayList<@Nullable TaskId>();
                    Thread.startVirtualThread(() -> seen.add(TaskId.tryCurrent())).join();
                    return seen;
                }));
            }
        }));
        assertEquals(Collections.singletonList(null), resultOf(task));
    }

    /** More messages than a task may take in one poll: inside, nobody waits for a turn, and nobody has to. */
    @Test
    void budgetDoesNotCountInside() throws Exception {
        Callable<Integer> receiveAll = () -> {
            var channel = Mpsc.<Integer>unbounded();
            for (int i = 0; i < 2 * RuntimeConfig.TASK_BUDGET; i++) {
                channel.sender().send(i);
            }
            channel.sender().close();
            int received = 0;
            while (channel.receiver().recv().await() != null) {
                received++;
            }
            return received;
        };
        if (setup.isMultiThread()) {
            int inBlockOn = Eventually.returns("blockOn", () -> handle.blockOn(() -> Edo.blockInPlace(receiveAll)));
            assertEquals(2 * RuntimeConfig.TASK_BUDGET, inBlockOn);
        }
        if (isRefused()) {
            return;
        }
        var task = style.run(handle, () -> Edo.blockInPlace(receiveAll));
        assertEquals(2 * RuntimeConfig.TASK_BUDGET, resultOf(task));
    }

    /** Inside, there is no worker that a yield could hand to: it must come back all the same. */
    @Test
    void yieldInsideComesBack() throws Exception {
        if (isRefused()) {
            return;
        }
        var task = style.run(handle, () -> Edo.blockInPlace(() -> {
            Edo.yieldNow().await();
            return 1;
        }));
        assertEquals(1, resultOf(task));
    }

    /** The future that {@code blockOn} polls keeps the tasks of its thread waiting as a task would. */
    @Test
    void refusedInTheFutureOfBlockOn() throws Exception {
        if (setup.isMultiThread()) {
            assertEquals(1, handle.blockOn(Future.lazy(() -> Edo.blockInPlace(() -> 1))));
            return;
        }
        running.close();
        try (var own = setup.builder().build()) {
            var message = own.blockOn(Future.lazy(() ->
                    assertThrows(IllegalStateException.class, () -> Edo.blockInPlace(() -> 1)).getMessage()));
            assertTrue(message.contains("spawnBlocking"), message);
        }
    }

    /** The hand-over asks the pool for a thread while the pool is shut down: the worker must not get lost. */
    @Test
    void racingWithShutdown() throws Exception {
        if (isRefused()) {
            return;
        }
        for (int round = 0; round < 10; round++) {
            var own = setup.start();
            var stop = new AtomicBoolean();
            var turns = new AtomicInteger();
            for (int i = 0; i < 4; i++) {
                again(own.handle(), stop, turns);
            }
            Eventually.until("tasks block in place", () -> turns.get() > 20);
            own.close();
            stop.set(true);
            assertEquals(0, own.handle().metrics().numAliveTasks());
        }
    }

    private void again(Handle own, AtomicBoolean stop, AtomicInteger turns) {
        style.run(own, () -> {
            Edo.blockInPlace(turns::incrementAndGet);
            if (!stop.get()) {
                again(own, stop, turns);
            }
            return null;
        });
    }

    /** Tokio's {@code hang_on_shutdown}: the thread waits for something that another task's end brings about. */
    @Test
    void closeEndsTheTaskThatABlockedThreadWaitsFor() throws Exception {
        if (isRefused() || !setup.isMultiThread()) {
            return;
        }
        var release = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        var waiting = new CountDownLatch(1);
        var other = style.<Integer>spawn(handle, () -> new Future<>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                waiting.countDown();
                return Poll.pending();
            }

            @Override
            public void cancel() {
                release.countDown();
            }
        });
        Eventually.opened("the other task waits", waiting);
        var blocked = style.run(handle, () -> Edo.blockInPlace(() -> {
            inside.countDown();
            blockThread(release);
            return 1;
        }));
        Eventually.opened("the task blocks", inside);
        running.close();
        assertTrue(failureOf(other).isCancelled());
        assertTrue(blocked.isFinished());
    }

    @Test
    void closeWaitsForWhoBlocksInPlace() throws Exception {
        if (isRefused() || !setup.isMultiThread()) {
            return;
        }
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        style.run(handle, () -> Edo.blockInPlace(() -> {
            inside.countDown();
            blockThread(release);
            return null;
        }));
        Eventually.opened("the task blocks", inside);
        var closing = Thread.ofPlatform().start(() -> running.runtime().close());
        Eventually.until("the runtime shuts down", handle::isShutdown);
        assertFalse(closing.join(Duration.ofMillis(20)), "close() waits for the thread");
        release.countDown();
        assertTrue(closing.join(Eventually.PATIENCE), "close() returns");
    }
}
