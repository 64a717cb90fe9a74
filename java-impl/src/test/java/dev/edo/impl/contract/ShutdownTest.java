package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import dev.edo.sync.Mpsc;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.TaskId;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shutting down with tasks in every condition. */
class ShutdownTest extends ContractTest {
    @Test
    void waitingTasksAreCancelledAndToldSo() throws Exception {
        var gates = new ArrayList<Gate<Integer>>();
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < 500; i++) {
            var gate = new Gate<Integer>();
            gates.add(gate);
            tasks.add(style.spawn(handle, () -> gate));
        }
        for (var gate : gates) {
            Eventually.opened("the task waits", gate.waiting);
        }
        running.close();
        for (int i = 0; i < gates.size(); i++) {
            assertEquals(1, gates.get(i).cancels(), "cancels of gate " + i);
            assertTrue(failureOf(tasks.get(i)).isCancelled());
        }
        assertEquals(0, handle.metrics().numAliveTasks());
    }

    @Test
    void sleepingTasksAreCancelled() throws Exception {
        var started = new CountDownLatch(50);
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 50; i++) {
            tasks.add(style.spawn(handle, () -> {
                var sleep = Edo.sleep(Duration.ofHours(1));
                return Future.<@Nullable Void>of(cx -> {
                    var poll = sleep.poll(cx);
                    started.countDown();
                    return poll;
                });
            }));
        }
        Eventually.opened("the tasks sleep", started);
        running.close();
        for (var task : tasks) {
            assertTrue(failureOf(task).isCancelled());
        }
    }

    @Test
    void tasksThatYieldForEverAreCancelled() throws Exception {
        var turns = new AtomicInteger();
        var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < 5; i++) {
            tasks.add(style.spawn(handle, () -> AbortTest.yieldForEver(turns)));
        }
        Eventually.until("the tasks spin", () -> turns.get() > 1_000);
        running.close();
        for (var task : tasks) {
            assertTrue(failureOf(task).isCancelled());
        }
    }

    @Test
    void tasksThatNeverStartedAreCancelled() throws Exception {
        var busy = new CountDownLatch(setup.workers());
        var release = new CountDownLatch(1);
        for (int i = 0; i < setup.workers(); i++) {
            handle.spawn(Future.lazy(() -> {
                busy.countDown();
                Eventually.opened("the worker is released", release);
                return null;
            }));
        }
        Eventually.opened("the workers are busy", busy);
        var ran = new AtomicBoolean();
        var tasks = new ArrayList<JoinHandle<Boolean>>();
        for (int i = 0; i < 300; i++) {
            tasks.add(style.run(handle, () -> ran.getAndSet(true)));
        }
        var closing = Thread.ofPlatform().start(() -> running.runtime().close());
        Eventually.until("the runtime shuts down", handle::isShutdown);
        release.countDown();
        assertTrue(closing.join(Eventually.PATIENCE), "close() returns");
        for (var task : tasks) {
            assertTrue(failureOf(task).isCancelled());
        }
        assertFalse(ran.get());
    }

    /** The task belongs to a runtime that goes, its joiner to one that stays. */
    @Test
    void joinerInAnotherRuntimeSeesTheCancellation() throws Exception {
        try (var other = setup.start()) {
            var gate = new Gate<Integer>();
            var task = style.spawn(handle, () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            var joining = new CountDownLatch(1);
            var joiner = style.<Integer>spawn(other.handle(), () -> Future.of(cx -> {
                var poll = task.poll(cx);
                joining.countDown();
                return poll;
            }));
            Eventually.opened("the joiner waits", joining);
            running.close();
            var error = failureOf(joiner);
            assertTrue(error.getCause() instanceof JoinError inner && inner.isCancelled(), error.getMessage());
        }
    }

    @Test
    void joinerInTheSameRuntimeEndsToo() throws Exception {
        var gate = new Gate<Integer>();
        var inner = style.spawn(handle, () -> gate);
        var outer = style.spawn(handle, () -> inner);
        Eventually.opened("the inner task waits", gate.waiting);
        running.close();
        assertTrue(failureOf(inner).isCancelled());
        failureOf(outer);
    }

    @Test
    void spawnAfterShutdownGivesACancelledHandle() throws Exception {
        running.close();
        var ran = new AtomicBoolean();
        assertTrue(failureOf(style.run(handle, () -> ran.getAndSet(true))).isCancelled());
        assertTrue(failureOf(handle.spawnBlocking(() -> ran.getAndSet(true))).isCancelled());
        assertFalse(ran.get());
        assertTrue(handle.isShutdown());
        var gate = new Gate<Integer>();
        assertTrue(failureOf(handle.spawn(gate)).isCancelled());
        assertEquals(1, gate.cancels());
        assertEquals(0, gate.polls());
    }

    /** Dropping tasks is when their guards run; what those spawn finds a runtime that is closing, not none. */
    @Test
    void cancelledTaskThatSpawnsFindsAClosingRuntime() throws Exception {
        var inside = new LinkedBlockingQueue<Boolean>();
        var spawned = new LinkedBlockingQueue<JoinHandle<Integer>>();
        var waiting = new CountDownLatch(1);
        var task = style.<Integer>spawn(handle, () -> new Future<>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                waiting.countDown();
                return Poll.pending();
            }

            @Override
            public void cancel() {
                var current = Handle.tryCurrent();
                inside.add(current != null && current.id().equals(handle.id()));
                if (current != null) {
                    spawned.add(current.spawn(() -> 1));
                }
            }
        });
        Eventually.opened("the task waits", waiting);
        running.close();
        assertTrue(failureOf(task).isCancelled());
        assertTrue(Eventually.next("cancel() ran", inside), "cancel() runs inside its runtime");
        assertTrue(failureOf(Eventually.next("the spawned task", spawned)).isCancelled());
    }

    /** Tokio's {@code wake_while_rt_is_dropping}: ending one task wakes others that are being ended. */
    @Test
    void cancelledTaskThatWakesOthers() throws Exception {
        var gates = new ArrayList<Gate<Integer>>();
        for (int i = 0; i < 20; i++) {
            gates.add(new Gate<>());
        }
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (var gate : gates) {
            tasks.add(style.spawn(handle, () -> new Future<>() {
                @Override
                public Poll<Integer> poll(Context cx) {
                    return gate.poll(cx);
                }

                @Override
                public void cancel() {
                    gates.forEach(other -> other.open(1));
                }
            }));
        }
        for (var gate : gates) {
            Eventually.opened("the task waits", gate.waiting);
        }
        running.close();
        for (var task : tasks) {
            Eventually.until("the task has ended", task::isFinished);
        }
        assertEquals(0, handle.metrics().numAliveTasks());
    }

    @Test
    void wakersOfARuntimeThatIsGoneDoNothing() throws Exception {
        var gate = new Gate<Integer>();
        var kept = new LinkedBlockingQueue<Waker>();
        var task = style.<Integer>spawn(handle, () -> Future.of(cx -> {
            kept.add(cx.waker());
            return gate.poll(cx);
        }));
        Eventually.opened("the task waits", gate.waiting);
        running.close();
        Eventually.returns("wake()", () -> {
            Eventually.next("the waker", kept).wake();
            return null;
        });
        assertTrue(failureOf(task).isCancelled());
    }

    @Test
    void closingTwiceAndFromManyThreads() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        var failures = new LinkedBlockingQueue<Throwable>();
        var closers = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            closers.add(Thread.ofPlatform().start(() -> {
                try {
                    running.runtime().close();
                } catch (Throwable t) {
                    failures.add(t);
                }
            }));
        }
        for (var closer : closers) {
            assertTrue(closer.join(Eventually.PATIENCE), "close() returns");
        }
        assertTrue(failures.isEmpty(), failures::toString);
        running.close();
        assertEquals(1, gate.cancels());
        assertTrue(failureOf(task).isCancelled());
    }

    @Test
    void closeFromAForeignVirtualThread() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        Eventually.returns("close()", Thread.ofVirtual(), () -> {
            running.runtime().close();
            return null;
        });
        assertTrue(failureOf(task).isCancelled());
        assertEquals(1, gate.cancels());
    }

    @Test
    void closeInsideATaskIsRefused() throws Exception {
        var task = style.run(handle, () ->
                assertThrows(IllegalStateException.class, running.runtime()::close).getMessage());
        var message = resultOf(task);
        assertTrue(message.contains("close()") && message.contains("shutdownBackground()"), message);
        var bounded = style.run(handle, () -> assertThrows(IllegalStateException.class,
                () -> running.runtime().shutdownTimeout(Duration.ofSeconds(1))).getMessage());
        assertTrue(resultOf(bounded).contains("shutdownTimeout"));
        assertFalse(handle.isShutdown());
    }

    @Test
    void shutdownBackgroundInsideATaskEndsAllTasks() throws Exception {
        var gate = new Gate<Integer>();
        var waiting = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        var closer = style.run(handle, () -> {
            running.runtime().shutdownBackground();
            return 1;
        });
        assertTrue(failureOf(waiting).isCancelled());
        Eventually.until("the closing task ends", closer::isFinished);
        Eventually.until("all tasks are off the books", () -> handle.metrics().numAliveTasks() == 0);
    }

    @Test
    void shutdownTimeoutOfZeroInsideATaskEndsAllTasks() throws Exception {
        var gate = new Gate<Integer>();
        var waiting = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        var closer = style.run(handle, () -> running.runtime().shutdownTimeout(Duration.ZERO).complete());
        assertTrue(failureOf(waiting).isCancelled());
        Eventually.until("the closing task ends", closer::isFinished);
        Eventually.until("all tasks are off the books", () -> handle.metrics().numAliveTasks() == 0);
    }

    /**
     * A task, or the future of blockOn, ends another runtime, whose tasks run for a last time, on this thread maybe:
     * the task is the same afterwards, and so is its runtime.
     */
    @Test
    void taskThatEndsAnotherRuntimeGoesOn() throws Exception {
        for (var other : Setup.values()) {
            var task = style.run(handle, () -> {
                var own = TaskId.current();
                endWithoutWaiting(other);
                assertEquals(own, TaskId.current());
                assertEquals(handle.id(), Handle.current().id());
                return style.run(Handle.current(), () -> 1);
            });
            assertEquals(1, resultOf(resultOf(task)));
            if (style == Style.STACKLESS) {
                var refused = style.run(handle, () -> {
                    endWithoutWaiting(other);
                    return assertThrows(IllegalStateException.class, () -> Edo.yieldNow().await()).getMessage();
                });
                assertTrue(resultOf(refused).contains("stackless"));
            }
        }
        running.close();
        try (var own = setup.builder().build()) {
            int result = Eventually.returns("blockOn", () -> own.blockOn(Future.<Future<Integer>>lazy(() -> {
                for (var other : Setup.values()) {
                    endWithoutWaiting(other);
                }
                return style.run(Handle.current(), () -> 2);
            }).then(made -> made)));
            assertEquals(2, result);
        }
    }

    /** Ends a runtime that has tasks in the middle of something, and tasks that never ran. */
    private void endWithoutWaiting(Setup setup) throws Exception {
        for (int i = 0; i < 2; i++) {
            var other = setup.builder().build();
            var gate = new Gate<Integer>();
            var tasks = List.of(style.spawn(other.handle(), () -> gate), other.spawn(() -> gate.await()));
            if (i == 0) {
                other.shutdownTimeout(Duration.ZERO);
            } else {
                other.shutdownBackground();
            }
            Eventually.until("the tasks end", () -> tasks.stream().allMatch(JoinHandle::isFinished));
        }
    }

    /** To wait for its end would block the task's worker. */
    @Test
    void closingAnotherRuntimeInsideATaskIsRefused() throws Exception {
        try (var other = setup.builder().build()) {
            var task = style.run(handle, () ->
                    assertThrows(IllegalStateException.class, other::close).getMessage());
            var message = resultOf(task);
            assertTrue(message.contains("close()") && message.contains("shutdownBackground()"), message);
            assertFalse(other.isShutdown());
        }
    }

    /** The threads of the blocking pool may wait, but not for their own pool. */
    @Test
    void blockingJobClosesAnotherRuntimeAndNotItsOwn() throws Exception {
        var closed = resultOf(handle.spawnBlocking(() -> {
            var other = setup.builder().build();
            var task = style.spawn(other.handle(), Gate<Integer>::new);
            other.close();
            return task;
        }));
        assertTrue(closed.isFinished());
        assertTrue(failureOf(closed).isCancelled());
        var message = resultOf(handle.spawnBlocking(() ->
                assertThrows(IllegalStateException.class, running.runtime()::close).getMessage()));
        assertTrue(message.contains("would wait for itself"), message);
    }

    @Test
    void shutdownBackgroundFromOutsideEndsAllTasks() throws Exception {
        var gate = new Gate<Integer>();
        var waiting = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        running.runtime().shutdownBackground();
        assertTrue(failureOf(waiting).isCancelled());
        Eventually.until("all tasks are off the books", () -> handle.metrics().numAliveTasks() == 0);
    }

    @Test
    void shutdownTimeoutOfZeroFromOutsideEndsAllTasks() throws Exception {
        var gate = new Gate<Integer>();
        var waiting = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        running.runtime().shutdownTimeout(Duration.ZERO);
        assertTrue(failureOf(waiting).isCancelled());
    }

    @Test
    void shutdownTimeoutReportsThatAllEnded() throws Exception {
        style.run(handle, () -> 1);
        var report = Eventually.returns("shutdownTimeout",
                () -> running.runtime().shutdownTimeout(Duration.ofSeconds(15)));
        assertTrue(report.complete(), report::toString);
        assertTrue(report.leakedBlockingJobs().isEmpty() && report.leakedWorkers().isEmpty(), report::toString);
    }

    @Test
    void shutdownTimeoutNamesTheJobThatBlocks() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var names = new LinkedBlockingQueue<String>();
        var job = handle.spawnBlocking(() -> {
            names.add(Thread.currentThread().getName());
            started.countDown();
            Eventually.opened("the job is released", release);
            return 9;
        });
        Eventually.opened("the job runs", started);
        var name = names.take();
        var before = System.nanoTime();
        var report = Eventually.returns("shutdownTimeout",
                () -> running.runtime().shutdownTimeout(Duration.ofMillis(50)));
        var took = Duration.ofNanos(System.nanoTime() - before);
        assertFalse(report.complete());
        assertEquals(1, report.leakedBlockingJobs().size(), report::toString);
        assertTrue(report.leakedBlockingJobs().getFirst().contains(name), report::toString);
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, () -> "took " + took);
        release.countDown();
        assertEquals(9, resultOf(job));
        var second = Eventually.returns("shutdownTimeout",
                () -> running.runtime().shutdownTimeout(Duration.ofSeconds(15)));
        assertTrue(second.complete(), second::toString);
    }

    @Test
    void shutdownTimeoutOfZeroDoesNotWaitForAJob() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var job = handle.spawnBlocking(() -> {
            started.countDown();
            release.await();
            return 9;
        });
        Eventually.opened("the job runs", started);
        var report = Eventually.returns("shutdownTimeout", () -> running.runtime().shutdownTimeout(Duration.ZERO));
        assertFalse(report.complete());
        assertFalse(job.isFinished());
        release.countDown();
        assertEquals(9, resultOf(job));
    }

    /**
     * Futures that need no runtime are served by a thread of one's own all the same, where the runtime has its own
     * threads; a current-thread runtime, whose tasks nobody would run, says so.
     */
    @Test
    void blockOnAfterShutdown() throws Exception {
        running.close();
        var channel = Mpsc.<Integer>bounded(4);
        if (!setup.isMultiThread()) {
            var message = assertThrows(IllegalStateException.class, () -> Eventually.returns("blockOn",
                    () -> handle.blockOn(channel.receiver().recv()))).getMessage();
            assertTrue(message.contains("shut down"), message);
            return;
        }
        assertEquals(1, Eventually.returns("blockOn", () -> handle.blockOn(Future.ready(1))));
        Eventually.returns("send", () -> handle.blockOn(channel.sender().send(42)));
        assertEquals(42, Eventually.returns("recv", () -> handle.blockOn(channel.receiver().recv())));
        Eventually.returns("yield", () -> handle.blockOn(() -> Edo.blockInPlace(() -> {
            handle.blockOn(Edo.yieldNow());
            return 1;
        })));
    }

    /** A timer that was set, or is set, when there are no timers any more: an error, not a wait for ever. */
    @Test
    void sleepAfterShutdownFails() throws Exception {
        Sleep before;
        try (var _ = handle.enter()) {
            before = Edo.sleep(Duration.ofHours(1));
            running.close();
            assertThrows(IllegalStateException.class,
                    () -> before.poll(Context.of(() -> {})));
            assertThrows(IllegalStateException.class,
                    () -> Edo.sleep(Duration.ofHours(1)).poll(Context.of(() -> {})));
        }
    }

    /** Thousands of tasks are woken while the runtime goes away; each ends, one way or the other. */
    @Test
    void wakeUpsRacingWithShutdown() throws Exception {
        running.close();
        for (int round = 0; round < 3; round++) {
            var racing = setup.start();
            var gates = new ArrayList<Gate<Integer>>();
            var tasks = new ArrayList<JoinHandle<Integer>>();
            for (int i = 0; i < 1_000; i++) {
                var gate = new Gate<Integer>();
                gates.add(gate);
                tasks.add(style.spawn(racing.handle(), () -> gate));
            }
            for (var gate : gates) {
                Eventually.opened("the task waits", gate.waiting);
            }
            var half = new CountDownLatch(1);
            var opener = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < gates.size(); i++) {
                    if (i == gates.size() / 4) {
                        half.countDown();
                    }
                    gates.get(i).open(1);
                }
            });
            Eventually.opened("some are woken", half);
            racing.close();
            assertTrue(opener.join(Eventually.PATIENCE), "wake() never blocks");
            for (var task : tasks) {
                Eventually.until("each task ends", task::isFinished);
            }
            assertEquals(0, racing.handle().metrics().numAliveTasks());
        }
    }

    @Test
    void shutdownTimeoutNamesTheWorkerThatBlocks() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var stubborn = handle.task().name("stubborn").spawn(Future.lazy(() -> {
            started.countDown();
            Eventually.opened("the worker is released", release);
            return null;
        }));
        Eventually.opened("the worker blocks", started);
        var report = Eventually.returns("shutdownTimeout",
                () -> running.runtime().shutdownTimeout(Duration.ofMillis(50)));
        assertFalse(report.complete(), report::toString);
        if (setup.isMultiThread()) {
            assertTrue(report.leakedWorkers().stream().anyMatch(worker -> worker.endsWith(stubborn.toString())),
                    report::toString);
        }
        release.countDown();
    }

    @Test
    void closeWaitsForRunningJobsAndCancelsQueuedOnes() throws Exception {
        running.close();
        try (var small = Running.of(setup.builder().maxBlockingThreads(1))) {
            var started = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var first = small.handle().spawnBlocking(() -> {
                started.countDown();
                Eventually.opened("the job is released", release);
                return 1;
            });
            Eventually.opened("the job runs", started);
            var second = small.handle().spawnBlocking(() -> 2);
            var closing = Thread.ofPlatform().start(small.runtime()::close);
            assertTrue(failureOf(second).isCancelled());
            assertTrue(closing.isAlive());
            release.countDown();
            assertTrue(closing.join(Eventually.PATIENCE));
            assertEquals(1, resultOf(first));
        }
    }

    @Test
    void closeInsideTheFutureThatBlockOnRunsIsRefused() throws Exception {
        if (setup.isMultiThread()) {
            return;
        }
        running.close();
        try (var own = setup.builder().build()) {
            var message = Eventually.returns("blockOn", () -> own.blockOn(Future.lazy(() ->
                    assertThrows(IllegalStateException.class, own::close).getMessage())));
            assertTrue(message.contains("shutdownBackground()"), message);
            assertFalse(own.isShutdown());
        }
    }

    /** Foreign threads keep spawning while the runtime goes away: each task ends, one way or the other. */
    @Test
    void spawnsRacingWithShutdown() throws Exception {
        running.close();
        for (int round = 0; round < 12; round++) {
            var racing = setup.start();
            var tasks = new LinkedBlockingQueue<JoinHandle<Integer>>();
            var stop = new AtomicBoolean();
            var failures = new LinkedBlockingQueue<Throwable>();
            var spawners = new ArrayList<Thread>();
            for (int t = 0; t < 2; t++) {
                spawners.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (!stop.get() && tasks.size() < 20_000) {
                            tasks.add(style.run(racing.handle(), () -> 1));
                            tasks.add(racing.handle().spawnBlocking(() -> 1));
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            Eventually.until("some tasks were spawned", () -> tasks.size() > 50);
            racing.close();
            stop.set(true);
            for (var spawner : spawners) {
                assertTrue(spawner.join(Eventually.PATIENCE), "spawn never blocks");
            }
            assertTrue(failures.isEmpty(), failures::toString);
            for (var task : tasks) {
                Eventually.until("each task ends", task::isFinished);
            }
            assertEquals(0, racing.handle().metrics().numAliveTasks());
        }
    }
}
