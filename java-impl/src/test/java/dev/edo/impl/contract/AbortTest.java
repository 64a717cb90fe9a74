package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import dev.edo.task.TaskId;
import dev.edo.task.TaskTracker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Aborting tasks at every point of their lives. */
class AbortTest extends ContractTest {
    @Test
    void waitingTaskIsCancelledAndItsFutureToldSo() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        task.abort();
        var error = failureOf(task);
        assertTrue(error.isCancelled(), error.getMessage());
        assertFalse(error.isPanic());
        assertEquals(1, gate.cancels());
        assertTrue(task.isFinished());
    }

    @Test
    void abortHandleAbortsToo() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        var abortHandle = task.abortHandle();
        Eventually.opened("the task waits", gate.waiting);
        assertEquals(task.id(), abortHandle.id());
        assertFalse(abortHandle.isFinished());
        abortHandle.abort();
        assertTrue(failureOf(task).isCancelled());
        assertTrue(abortHandle.isFinished());
        abortHandle.abort();
    }

    /** All workers are busy, so the task is aborted before any of them can start it: its code never runs. */
    @Test
    void taskAbortedBeforeItStartedNeverRuns() throws Exception {
        var release = new CountDownLatch(1);
        var busy = new CountDownLatch(setup.workers());
        for (int i = 0; i < setup.workers(); i++) {
            handle.spawn(occupy(busy, release));
        }
        Eventually.opened("the workers are busy", busy);
        var ran = new AtomicBoolean();
        var task = style.run(handle, () -> ran.getAndSet(true));
        task.abort();
        release.countDown();
        assertTrue(failureOf(task).isCancelled());
        assertFalse(ran.get());
    }

    private static Future<@Nullable Void> occupy(CountDownLatch busy, CountDownLatch release) {
        return Future.lazy(() -> {
            busy.countDown();
            Eventually.opened("the worker is released", release);
            return null;
        });
    }

    @Test
    void abortAfterCompletionKeepsTheResult() throws Exception {
        var task = style.run(handle, () -> 5);
        Eventually.until("the task ends", task::isFinished);
        task.abort();
        assertEquals(5, resultOf(task));
    }

    @Test
    void abortingTwiceCancelsOnce() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        task.abort();
        task.abort();
        assertTrue(failureOf(task).isCancelled());
        task.abort();
        assertEquals(1, gate.cancels());
    }

    /** The task aborts itself, and then waits: that is where it ends. */
    @Test
    void taskThatAbortsItselfEndsWhereItWaits() throws Exception {
        var gate = new Gate<Integer>();
        var own = new LinkedBlockingQueue<JoinHandle<Integer>>();
        var task = style.<Integer>spawn(handle, () -> {
            Eventually.next("the own handle", own).abort();
            return gate;
        });
        own.add(task);
        assertTrue(failureOf(task).isCancelled());
        assertTrue(gate.cancels() <= 1);
    }

    /** The abort comes while a poll is running; who polls sees it afterwards. */
    @Test
    void abortDuringAPollIsSeenAfterIt() throws Exception {
        var polling = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var cancels = new AtomicInteger();
        var task = style.spawn(handle, () -> new Future<Integer>() {
            @Override
            public Poll<Integer> poll(Context cx) throws Exception {
                polling.countDown();
                while (release.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return Poll.pending();
            }

            @Override
            public void cancel() {
                cancels.incrementAndGet();
            }
        });
        Eventually.opened("the task is polled", polling);
        task.abort();
        release.countDown();
        assertTrue(failureOf(task).isCancelled());
        assertEquals(1, cancels.get());
    }

    @Test
    void exceptionFromCancelIsThePanic() throws Exception {
        var waiting = new CountDownLatch(1);
        var task = style.spawn(handle, () -> new Future<Integer>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                waiting.countDown();
                return Poll.pending();
            }

            @Override
            public void cancel() {
                throw new IllegalStateException("cancel failed");
            }
        });
        Eventually.opened("the task waits", waiting);
        task.abort();
        var error = failureOf(task);
        assertTrue(error.isPanic(), () -> "isCancelled instead: " + error);
        assertEquals("cancel failed", String.valueOf(error.getCause() == null ? null : error.getCause().getMessage()));
        assertEquals(1, resultOf(style.run(handle, () -> 1)));
    }

    /** Code that cleans up may look at who it is: {@code cancel()} belongs to the task, like a poll. */
    @Test
    void cancelledFutureKnowsItsTask() throws Exception {
        var ids = new LinkedBlockingQueue<TaskId>();
        var waiting = new CountDownLatch(1);
        var aborted = style.spawn(handle, () -> tellingItsId(waiting, ids));
        Eventually.opened("the task waits", waiting);
        aborted.abort();
        assertTrue(failureOf(aborted).isCancelled());
        assertEquals(aborted.id(), Eventually.next("the id of the aborted task", ids));

        var waitingAgain = new CountDownLatch(1);
        var shutDown = style.spawn(handle, () -> tellingItsId(waitingAgain, ids));
        Eventually.opened("the task waits", waitingAgain);
        running.close();
        assertEquals(shutDown.id(), Eventually.next("the id of the task that was shut down", ids));
    }

    private static Future<Integer> tellingItsId(CountDownLatch waiting, LinkedBlockingQueue<TaskId> ids) {
        return new Future<>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                waiting.countDown();
                return Poll.pending();
            }

            @Override
            public void cancel() {
                ids.add(TaskId.current());
            }
        };
    }

    /** A task that has always something to do but yields in between is aborted at a yield. */
    @Test
    void taskThatYieldsForEverIsAborted() throws Exception {
        var turns = new AtomicInteger();
        var task = style.spawn(handle, () -> yieldForEver(turns));
        Eventually.until("the task spins", () -> turns.get() > 100);
        task.abort();
        assertTrue(failureOf(task).isCancelled());
    }

    static Future<@Nullable Void> yieldForEver(AtomicInteger turns) {
        return new Future<>() {
            private Future<@Nullable Void> yield = Edo.yieldNow();

            @Override
            public Poll<@Nullable Void> poll(Context cx) throws Exception {
                while (yield.poll(cx).isReady()) {
                    turns.incrementAndGet();
                    yield = Edo.yieldNow();
                }
                return Poll.pending();
            }
        };
    }

    @Test
    void sleepingTaskIsAbortedAtOnce() throws Exception {
        var sleeping = new CountDownLatch(1);
        var task = style.spawn(handle, () -> {
            var sleep = Edo.sleep(Duration.ofHours(1));
            return Future.<@Nullable Void>of(cx -> {
                var poll = sleep.poll(cx);
                sleeping.countDown();
                return poll;
            });
        });
        Eventually.opened("the task sleeps", sleeping);
        task.abort();
        assertTrue(failureOf(task).isCancelled());
    }

    @Test
    void abortingTheJoinerLeavesTheJoinedTaskAlone() throws Exception {
        var gate = new Gate<Integer>();
        var inner = style.spawn(handle, () -> gate);
        var awaiting = new CountDownLatch(1);
        var outer = style.<Integer>spawn(handle, () -> Future.of(cx -> {
            var poll = inner.poll(cx);
            awaiting.countDown();
            return poll;
        }));
        Eventually.opened("the inner task waits", gate.waiting);
        Eventually.opened("the outer task waits", awaiting);
        outer.abort();
        assertTrue(failureOf(outer).isCancelled());
        assertFalse(inner.isFinished());
        gate.open(3);
        assertEquals(3, resultOf(inner));
    }

    /** The one that was aborted gives up when it runs next: where there is one worker, when the other one waits. */
    @Test
    void whoAbortsAJoinerMayWaitInItsPlaceAtOnce() throws Exception {
        joinInPlaceOfAnAbortedTask(inner -> inner);
    }

    @Test
    void whoAbortsAJoinerMayPutTheTaskIntoASetAtOnce() throws Exception {
        joinInPlaceOfAnAbortedTask(inner -> {
            var set = new JoinSet<Integer>();
            set.add(inner);
            return set.joinNext().map(next -> next instanceof JoinResult.Completed<Integer>(_, var value) ? value : -1);
        });
    }

    @Test
    void whoAbortsAJoinerMayTrackTheTaskAtOnce() throws Exception {
        joinInPlaceOfAnAbortedTask(inner -> new TaskTracker().track(inner));
    }

    private void joinInPlaceOfAnAbortedTask(Function<JoinHandle<Integer>, Future<Integer>> joins) throws Exception {
        var gate = new Gate<Integer>();
        var inner = style.spawn(handle, () -> gate);
        Eventually.opened("the inner task waits", gate.waiting);
        var awaiting = new CountDownLatch(1);
        var outer = style.spawn(handle, () -> joining(inner, awaiting));
        Eventually.opened("the outer task waits", awaiting);
        var other = style.spawn(handle, () -> {
            outer.abort();
            return joins.apply(inner);
        });
        assertTrue(failureOf(outer).isCancelled());
        gate.open(4);
        assertEquals(4, resultOf(other));
    }

    /** Waits for a task, and says so. */
    private static Future<Integer> joining(JoinHandle<Integer> task, CountDownLatch awaiting) {
        return new Future<>() {
            @Override
            public Poll<Integer> poll(Context cx) throws Exception {
                var poll = task.poll(cx);
                awaiting.countDown();
                return poll;
            }

            @Override
            public void cancel() {
                task.cancel();
            }
        };
    }

    /**
     * Aborts race with wake-ups, starts and completions: each task ends exactly once, either with its value or
     * cancelled, and nothing stays on the books.
     */
    @Test
    void abortsRacingWithWakeUps() throws Exception {
        int cancelled = 0;
        for (int i = 0; i < 2_000; i++) {
            var gate = new Gate<Integer>();
            var task = style.spawn(handle, () -> gate);
            int turn = i;
            var opener = handle.spawn(() -> gate.open(turn));
            if (i % 3 == 0) {
                Eventually.until("the task is polled", () -> gate.polls() > 0);
            }
            task.abort();
            try {
                assertEquals(i, handle.blockOn(task));
            } catch (JoinError e) {
                assertTrue(e.isCancelled(), () -> "task panicked: " + e);
                cancelled++;
            }
            opener.await();
        }
        assertTrue(cancelled > 0, "no abort was ever in time");
        Eventually.until("all tasks are off the books", () -> handle.metrics().numAliveTasks() == 0);
    }
}
