package dev.edo.impl.task.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Style;
import dev.edo.task.AbortHandle;
import dev.edo.task.AbortOnDrop;
import dev.edo.task.JoinMap;
import dev.edo.task.JoinQueue;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import dev.edo.task.TaskId;
import dev.edo.task.TaskTracker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sets, maps, queues and trackers of real tasks of both styles. */
class JoinSetRuntimeTest extends RuntimeTest {
    private AbortHandle spawn(JoinSet<Integer> set, Future<Integer> future) {
        return style == Style.DIRECT ? set.spawnOn(handle, () -> future.await()) : set.spawnOn(handle, future);
    }

    @Test
    void resultsComeAsTasksEnd() throws Exception {
        var gates = IntStream.range(0, 10).mapToObj(_ -> new Gate<Integer>()).toList();
        var seen = new BitSet();
        int count = inTask(() -> {
            var set = new JoinSet<Integer>();
            gates.forEach(gate -> spawn(set, gate));
            gates.get(7).open(7);
            return set.joinNext().then(first -> {
                assertEquals(7, value(first));
                for (int i = 0; i < 10; i++) {
                    gates.get(i).open(i);
                }
                return set.joinAll().map(values -> {
                    values.forEach(seen::set);
                    return values.size();
                });
            });
        });
        assertEquals(9, count);
        seen.set(7);
        assertEquals(10, seen.cardinality());
    }

    private static int value(JoinResult<Integer> result) {
        return result instanceof JoinResult.Completed<Integer>(var _, var value) ? value : -1;
    }

    @Test
    void spawnsOfAllKindsOnTheCurrentRuntime() throws Exception {
        int sum = inDirectTask(() -> {
            try (var set = JoinSet.from(List.of(Future.ready(1), Future.ready(2)))) {
                set.spawn(() -> 4);
                set.spawnBlocking(() -> 8);
                set.add(Edo.spawn(() -> 16));
                int total = 0;
                for (var next = set.joinNext().await(); next != null; next = set.joinNext().await()) {
                    total += next.get();
                }
                return total;
            }
        });
        assertEquals(31, sum);
    }

    /** Its result is somebody else's: it is neither counted nor waited for, and in nobody's way. */
    @Test
    void taskWhoseResultWasTakenIsRefused() throws Exception {
        inDirectTask(() -> {
            var awaited = Edo.spawn(() -> 1);
            assertEquals(1, awaited.await());
            try (var set = new JoinSet<Integer>();
                    var map = new JoinMap<Integer, Integer>();
                    var queue = new JoinQueue<Integer>()) {
                assertThrows(IllegalStateException.class, () -> set.add(awaited));
                assertEquals(0, set.size());
                assertNull(set.joinNext().await());
                assertThrows(IllegalStateException.class, () -> map.add(1, awaited));
                assertEquals(0, map.size());
                assertNull(map.joinNext().await());
                queue.add(awaited);
                queue.spawn(() -> 2);
                assertThrows(IllegalStateException.class, () -> queue.joinNext().await());
                var next = queue.joinNext().await();
                assertEquals(2, next == null ? null : next.get());
            }
            var tracker = new TaskTracker();
            assertThrows(IllegalStateException.class, () -> tracker.track(awaited));
            assertEquals(0, tracker.size());
            return null;
        });
    }

    @Test
    void alternatingSpawnsAndJoins() throws Exception {
        int left = inDirectTask(() -> {
            try (var set = new JoinSet<Integer>()) {
                set.spawn(() -> 0);
                for (int i = 0; i < 100; i++) {
                    set.spawn(() -> 1);
                    assertNotNull(set.joinNext().await());
                }
                return set.size();
            }
        });
        assertEquals(1, left);
    }

    @Test
    void mapAndQueueAlternateToo() throws Exception {
        inDirectTask(() -> {
            try (var map = new JoinMap<Integer, Integer>(); var queue = new JoinQueue<Integer>()) {
                map.spawn(-1, () -> -1);
                queue.spawn(() -> -1);
                for (int i = 0; i < 100; i++) {
                    int value = i;
                    map.spawn(value, () -> value);
                    queue.spawn(() -> value);
                    assertEquals(2, map.size());
                    assertEquals(2, queue.size());
                    var ended = map.joinNext().await();
                    assertTrue(ended != null && ended.key().equals(ended.result().get()));
                    var oldest = queue.joinNext().await();
                    assertEquals(value - 1, oldest == null ? null : oldest.get());
                }
                assertEquals(1, map.size());
                assertEquals(1, queue.size());
                return null;
            }
        });
    }

    @Test
    void closingAbortsAndShutdownWaits() throws Exception {
        var closed = IntStream.range(0, 4).mapToObj(_ -> new Gate<Integer>()).toList();
        var shutDown = IntStream.range(0, 4).mapToObj(_ -> new Gate<Integer>()).toList();
        inDirectTask(() -> {
            var set = new JoinSet<Integer>();
            closed.forEach(gate -> spawn(set, gate));
            for (var gate : closed) {
                Eventually.opened("the task waits", gate.waiting);
            }
            set.close();
            shutDown.forEach(gate -> spawn(set, gate));
            for (var gate : shutDown) {
                Eventually.opened("the task waits", gate.waiting);
            }
            set.shutdown().await();
            shutDown.forEach(gate -> assertEquals(1, gate.cancels()));
            return null;
        });
        for (var gate : closed) {
            Eventually.opened("the task is cancelled", gate.cancelled);
        }
    }

    @Test
    void abortedTasksSaySoAndOthersKeepTheirResults() throws Exception {
        inDirectTask(() -> {
            var gates = IntStream.range(0, 6).mapToObj(_ -> new Gate<Integer>()).toList();
            try (var set = new JoinSet<Integer>()) {
                var handles = gates.stream().map(gate -> spawn(set, gate)).toList();
                for (int i = 0; i < 6; i += 2) {
                    handles.get(i).abort();
                }
                int cancelled = 0;
                int completed = 0;
                for (int i = 1; i < 6; i += 2) {
                    gates.get(i).open(i);
                }
                for (var next = set.joinNext().await(); next != null; next = set.joinNext().await()) {
                    cancelled += next.isCancelled() ? 1 : 0;
                    completed += next.isCompleted() ? 1 : 0;
                }
                assertEquals(3, cancelled);
                assertEquals(3, completed);
                return null;
            }
        });
    }

    @Test
    void tasksOfARuntimeThatIsGoneAreCancelled() {
        var set = new JoinSet<Integer>();
        try (var own = setup.builder().build()) {
            set.spawnOn(own.handle(), Future.<Integer>pending());
            set.spawnOn(own.handle(), () -> Future.<Integer>pending().await());
        }
        for (int i = 0; i < 2; i++) {
            var result = set.tryJoinNext();
            assertTrue(result != null && result.isCancelled());
        }
        assertNull(set.tryJoinNext());
    }

    @Test
    void tasksOfARuntimeThatIsGoneKeepTheirKeysAndTheirOrder() throws Exception {
        var map = new JoinMap<String, Integer>();
        var queue = new JoinQueue<Integer>();
        try (var own = setup.builder().build()) {
            map.spawnOn(own.handle(), "key", Future.<Integer>pending());
            queue.spawnOn(own.handle(), () -> Future.<Integer>pending().await());
            queue.spawnOn(own.handle(), Future.<Integer>pending());
        }
        var ended = inTask(map::joinNext);
        assertTrue(ended != null && ended.key().equals("key") && ended.result().isCancelled());
        for (int i = 0; i < 2; i++) {
            var result = inTask(queue::joinNext);
            assertTrue(result != null && result.isCancelled());
        }
        assertTrue(map.isEmpty() && queue.isEmpty());
    }

    @Test
    void withoutAKeyNothingIsSpawned() {
        var spawned = new AtomicInteger();
        try (var own = Running.of(setup.builder().onTaskSpawn(_ -> spawned.incrementAndGet()))) {
            var map = new JoinMap<String, Integer>();
            Future<Integer> pending = Future.pending();
            assertThrows(NullPointerException.class, () -> map.spawnOn(own.handle(), nothing(), pending));
            assertThrows(NullPointerException.class, () -> map.spawnOn(own.handle(), nothing(), () -> 1));
            assertTrue(map.isEmpty());
        }
        assertEquals(0, spawned.get());
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a caller without a null checker may pass
    private static <T> T nothing() {
        return null;
    }

    @Test
    void outsideARuntimeNothingIsSpawned() {
        var set = new JoinSet<Integer>();
        assertThrows(IllegalStateException.class, () -> set.spawn(() -> 1));
        assertThrows(IllegalStateException.class, () -> set.spawn(Future.ready(1)));
        assertThrows(IllegalStateException.class, () -> set.spawnBlocking(() -> 1));
        assertThrows(IllegalStateException.class, () -> new TaskTracker().spawn(() -> 1));
        assertThrows(IllegalStateException.class, () -> new JoinMap<String, Integer>().spawn("a", () -> 1));
        assertThrows(IllegalStateException.class, () -> new JoinQueue<Integer>().spawn(() -> 1));
        assertTrue(set.isEmpty());
    }

    /** Hundreds of results that are all there: the joiner yields in between, because each costs budget. */
    @Test
    void takingManyResultsYields() throws Exception {
        var polls = new AtomicInteger();
        int count = resultOf(handle.spawn(new Future<Integer>() {
            private final JoinSet<Integer> set = new JoinSet<>();
            private int taken;

            @Override
            public Poll<Integer> poll(Context cx) throws Exception {
                if (polls.getAndIncrement() == 0) {
                    for (int i = 0; i < 500; i++) {
                        set.spawnOn(handle, Future.ready(i));
                    }
                    return Edo.yieldNow().poll(cx).isReady() ? Poll.ready(-1) : Poll.pending();
                }
                for (;;) {
                    switch (set.pollJoinNext(cx)) {
                        case Poll.Pending<?> _ -> {
                            return Poll.pending();
                        }
                        case Poll.Ready(var result) -> {
                            if (result == null) {
                                return Poll.ready(taken);
                            }
                            taken++;
                        }
                    }
                }
            }
        }));
        assertEquals(500, count);
        assertTrue(polls.get() >= 5, () -> "polls=" + polls);
    }

    /** Far more results than a task has budget for: without waiting they are taken all at once. */
    @Test
    void tryJoinNextNeedsNoBudget() throws Exception {
        int tasks = 500;
        var set = new JoinSet<Integer>();
        var map = new JoinMap<Integer, Integer>();
        var queue = new JoinQueue<Integer>();
        var spawned = new ArrayList<TaskId>();
        for (int i = 0; i < tasks; i++) {
            spawn(set, Future.ready(i));
            map.spawnOn(handle, i, Future.ready(i));
            spawned.add(queue.spawnOn(handle, Future.ready(i)).id());
        }
        Eventually.until("all have ended", () -> handle.metrics().numAliveTasks() == 0);
        var joined = new ArrayList<TaskId>();
        var polls = new AtomicInteger();
        resultOf(style.spawn(handle, () -> Future.of(cx -> {
            polls.incrementAndGet();
            var values = new BitSet();
            for (int i = 0; i < tasks; i++) {
                values.set(value(next(set::tryJoinNext)));
                var ended = next(map::tryJoinNext);
                assertEquals(ended.key(), value(ended.result()));
                joined.add(next(queue::tryJoinNext).id());
            }
            assertEquals(tasks, values.cardinality());
            return Poll.ready(null);
        })));
        assertEquals(1, polls.get());
        assertEquals(spawned, joined);
        assertTrue(set.isEmpty() && map.isEmpty() && queue.isEmpty());
    }

    /** A task leaves the count of those alive a moment before its joiner is told. */
    private static <T> T next(Supplier<@Nullable T> tryJoinNext) {
        for (;;) {
            var joined = tryJoinNext.get();
            if (joined != null) {
                return joined;
            }
            Thread.onSpinWait();
        }
    }

    /** Ends on all workers race with the joiner that goes to sleep: each result comes once, none is forgotten. */
    @Test
    void noEndIsForgotten() throws Exception {
        for (int round = 0; round < 50; round++) {
            int tasks = 60;
            var seen = inTask(() -> {
                var set = new JoinSet<Integer>();
                for (int i = 0; i < tasks; i++) {
                    int value = i;
                    var end = ThreadLocalRandom.current().nextBoolean() ? Edo.yieldNow() : Future.ready(null);
                    spawn(set, end.map(_ -> value));
                }
                return set.joinAll();
            });
            var bits = new BitSet();
            seen.forEach(bits::set);
            assertEquals(tasks, seen.size());
            assertEquals(tasks, bits.cardinality());
        }
    }

    @Test
    void mapReplacesAndQueueKeepsTheOrder() throws Exception {
        inDirectTask(() -> {
            var gate = new Gate<Integer>();
            try (var map = new JoinMap<String, Integer>(); var queue = new JoinQueue<Integer>()) {
                map.spawn("a", gate);
                Eventually.opened("the task waits", gate.waiting);
                map.spawn("a", () -> 2);
                map.spawnBlocking("b", () -> 3);
                assertEquals(java.util.Map.of("a", 2, "b", 3), map.joinAll().await());
                Eventually.opened("the older task is cancelled", gate.cancelled);
                for (int i = 0; i < 10; i++) {
                    int value = i;
                    queue.spawn(() -> value);
                }
                queue.spawnBlocking(() -> 10);
                assertEquals(IntStream.rangeClosed(0, 10).boxed().toList(), queue.joinAll().await());
                return null;
            }
        });
    }

    /** A task aborted before it could start never ran, and is not counted any more all the same. */
    @Test
    void trackerWaitsForTasksHoweverTheyEnd() throws Exception {
        var tracker = new TaskTracker();
        var gate = new Gate<Integer>();
        var release = new CountDownLatch(1);
        var tasks = new ArrayList<AbortHandle>();
        for (int i = 0; i < 20; i++) {
            int kind = i % 4;
            tasks.add(style == Style.DIRECT
                    ? tracker.spawnOn(handle, () -> end(kind).await())
                    : tracker.spawnOn(handle, end(kind)));
        }
        var waiting = tracker.spawnOn(handle, gate);
        tracker.spawnBlockingOn(handle, () -> release.await(20, java.util.concurrent.TimeUnit.SECONDS));
        tasks.forEach(task -> {
            if (task.id().value() % 2 == 0) {
                task.abort();
            }
        });
        tasks.forEach(AbortHandle::abort);
        tracker.close();
        var wait = style.spawn(handle, tracker::waitAll);
        Eventually.opened("the last task waits", gate.waiting);
        assertFalse(wait.isFinished());
        gate.open(5);
        release.countDown();
        resultOf(wait);
        assertEquals(0, tracker.size());
        assertEquals(5, resultOf(waiting));
    }

    private static Future<Integer> end(int kind) {
        return switch (kind) {
            case 0 -> Future.ready(1);
            case 1 -> Future.failed(new IllegalStateException("boom"));
            case 2 -> Edo.yieldNow().map(_ -> 1);
            default -> Future.pending();
        };
    }

    @Test
    void abortOnDropEndsTheTask() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> gate);
        Eventually.opened("the task waits", gate.waiting);
        try (var handle = new AbortOnDrop<>(task)) {
            assertFalse(handle.isFinished());
        }
        assertTrue(failureOf(task).isCancelled());
    }
}
