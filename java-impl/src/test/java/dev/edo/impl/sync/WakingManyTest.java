package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.runtime.EdoRuntime;
import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.Notify;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread outside wakes several tasks by one call, which queues those of a runtime together. */
@Timeout(60)
class WakingManyTest {
    private static final int TASKS = 100; // more than are queued at once
    private final Notify notify = new Notify();

    @Test
    void tasksOfTwoRuntimesThatWaitInTurnAreAllWoken() throws Exception {
        try (var first = EdoRuntime.builder().multiThread().workerThreads(2).build();
                var second = EdoRuntime.builder().multiThread().workerThreads(1).build()) {
            var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(spawnWaiting(i % 2 == 0 ? first : second, notify.notified()));
            }
            notify.notifyWaiters();
            for (var task : tasks) {
                Eventually.returns("the end of " + task, task::await);
            }
        }
    }

    /** The bad waker stands between tasks that are put off by then and tasks that come after it. */
    @Test
    void aWakerThatThrowsKeepsNoTaskFromBeingWoken() throws Exception {
        var thrown = new IllegalStateException("a bad waker");
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(2).build()) {
            var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
            tasks.add(spawnWaiting(runtime, notify.notified()));
            tasks.add(spawnWaiting(runtime, notify.notified()));
            assertFalse(notify.notified().poll(Context.of(() -> {
                throw thrown;
            })).isReady());
            tasks.add(spawnWaiting(runtime, notify.notified()));
            assertSame(thrown, assertThrows(IllegalStateException.class, notify::notifyWaiters));
            for (var task : tasks) {
                Eventually.returns("the end of " + task, task::await);
            }
        }
    }

    @Test
    void eachCountsAsScheduledFromOutside() throws Exception {
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(1).build();
                var sender = Broadcast.<Integer>sender(1)) {
            var tasks = new ArrayList<JoinHandle<BroadcastRecv<Integer>>>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(spawnWaiting(runtime, sender.subscribe().recv()));
            }
            runtime.spawn(Future.ready(0)).await(); // the one worker has left the last poll: its task waits by now
            long before = runtime.metrics().remoteScheduleCount();
            sender.send(7);
            for (var task : tasks) {
                assertEquals(
                        new BroadcastRecv.Received<>(7), Eventually.returns("the end of " + task, task::await));
            }
            assertEquals(before + TASKS, runtime.metrics().remoteScheduleCount());
        }
    }

    /** Returns when the task waits. */
    private static <T extends @Nullable Object> JoinHandle<T> spawnWaiting(EdoRuntime runtime, Future<T> future)
            throws Exception {
        var waits = new CountDownLatch(1);
        var task = runtime.spawn((Future<T>) cx -> {
            var poll = future.poll(cx);
            waits.countDown();
            return poll;
        });
        Eventually.opened("the task to wait", waits);
        return task;
    }
}
