package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSet;
import dev.edo.task.LocalSpawner;
import dev.edo.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Local tasks that are woken from everywhere, and sets that end in the middle of it. */
class LocalSetWakeTest extends LocalSetContract {
    /** Far more than a set runs in a turn. */
    private static final int MANY = 500;

    private static List<Gate<Integer>> gates() {
        return IntStream.range(0, MANY).mapToObj(_ -> new Gate<Integer>()).toList();
    }

    /** Ready when all gates are waited for. */
    private static Future<@Nullable Void> waited(List<Gate<Integer>> gates) {
        return Future.of(cx -> {
            if (gates.stream().allMatch(gate -> gate.polls() > 0)) {
                return Poll.ready(null);
            }
            cx.waker().wake();
            return Poll.pending();
        });
    }

    /** Opens them on another thread. */
    private static void openElsewhere(List<Gate<Integer>> gates) throws Exception {
        Eventually.<@Nullable Void>returns("the wake-ups", () -> {
            gates.forEach(gate -> gate.open(1));
            return null;
        });
    }

    private static void assertAllCancelled(List<JoinHandle<Integer>> tasks) {
        for (var task : tasks) {
            assertTrue(assertThrows(JoinError.class, task::await).isCancelled());
        }
    }

    /** Hundreds of wake-ups from another thread, none of them while the set is polled: the next turns serve all. */
    @Test
    void manyWakeUpsFromElsewhereAreAllServed() throws Exception {
        onThread((runtime, local) -> {
            var gates = gates();
            var tasks = gates.stream().map(gate -> spawn(local, () -> gate)).toList();
            local.blockOn(runtime, waited(gates));
            openElsewhere(gates);
            assertEquals(MANY, local.blockOn(runtime, Join.all(tasks)).size());
        });
    }

    @Test
    void manyTasksThatAwaitTasksOfTheirOwn() throws Exception {
        onThread((runtime, local) -> {
            var here = Thread.currentThread();
            var tasks = IntStream.range(0, MANY)
                    .mapToObj(i -> spawn(local, () -> spawn(LocalSpawner.current(), () -> {
                        assertEquals(here, Carriers.currentCarrier());
                        return Future.ready(i);
                    })))
                    .toList();
            assertEquals(IntStream.range(0, MANY).boxed().toList(), local.blockOn(runtime, Join.all(tasks)));
        });
    }

    @Test
    void runAllWaitsForTasksThatItsTasksSpawn() throws Exception {
        onThread((runtime, local) -> {
            var ended = new AtomicInteger();
            spawn(local, () -> {
                spawn(LocalSpawner.current(), () -> Edo.yieldNow().then(_ -> Edo.sleep(Duration.ofMillis(1)))
                        .map(_ -> ended.incrementAndGet()));
                return Edo.yieldNow().map(_ -> ended.incrementAndGet());
            });
            runtime.blockOn(local.runAll());
            assertEquals(2, ended.get());
        });
    }

    /** What spawns is polled beside the set, after it: nobody else would tell the set. */
    @Test
    void spawnFromBesideTheSetWakesIt() throws Exception {
        onThread((runtime, local) -> {
            var beside = Future.lazy(() -> spawn(local, () -> Future.ready(5))).then(task -> task);
            var first = runtime.blockOn(Select.of(local.runUntil(Future.<Integer>pending()), beside).biased());
            assertEquals(new Selected2.Second<>(5), first);
        });
    }

    /** The set wakes who polled it last. That one ends, or is given up, and somebody else waits still. */
    @Test
    void anotherWaitTakesOverWhereTheLastOneHasEnded() throws Exception {
        onThread((runtime, local) -> {
            for (boolean givenUp : new boolean[] {false, true}) {
                var gate = new Gate<Integer>();
                var older = local.runUntil(spawn(local, () -> gate));
                var wakeUps = new AtomicInteger();
                var cx = Context.of(wakeUps::incrementAndGet);
                assertFalse(older.poll(cx).isReady());
                var end = new Gate<Integer>();
                var newer = local.runUntil(end);
                var other = Context.of(() -> {});
                assertFalse(newer.poll(other).isReady());
                assertEquals(0, wakeUps.get());
                if (givenUp) {
                    newer.cancel();
                } else {
                    end.open(1);
                    assertTrue(newer.poll(other).isReady());
                }
                assertEquals(1, wakeUps.get(), "told that it is the only one");
                gate.open(2);
                assertEquals(2, wakeUps.get(), "there is something to run");
                assertFalse(older.poll(cx).isReady(), "the task ran after it was looked at");
                assertEquals(Poll.ready(2), older.poll(cx));
            }
        });
    }

    /** The same with a runtime, whose own task borrows the set from the thread that waits for it. */
    @Test
    void taskThatRanTheSetForAWhileLeavesItToTheThread() throws Exception {
        if (setup.isMultiThread()) {
            return; // its tasks are polled on other threads
        }
        onThread((runtime, local) -> {
            var gate = new Gate<Integer>();
            var task = spawn(local, () -> gate);
            var borrower = runtime.spawn(local.runUntil(Edo.yieldNow().then(_ -> Edo.yieldNow())));
            var opener = runtime.spawn(() -> {
                borrower.await();
                Edo.yieldNow().await();
                gate.open(3);
            });
            assertEquals(3, local.blockOn(runtime, task));
            runtime.blockOn(opener);
        });
    }

    /** The guard is open all the while, and the runtime is met only by the one that waits. */
    @Test
    void enteredSetIsDrivenInsideItsGuard() throws Exception {
        onThread((runtime, local) -> {
            try (var _ = local.enter()) {
                var early = Edo.spawnLocal(Future.ready(1));
                var task = spawn(LocalSpawner.current(), () -> Edo.sleep(Duration.ZERO).then(_ ->
                        spawn(LocalSpawner.current(), () -> Edo.sleep(Duration.ofMillis(1)).map(_ -> 2))));
                assertEquals(2, local.blockOn(runtime, task));
                assertEquals(1, local.blockOn(runtime, early));
            }
        });
    }

    @Test
    void setTakesStacklessTasksBeforeThereIsARuntime() throws Exception {
        Eventually.<@Nullable Void>returns("the test", () -> {
            try (var local = LocalSet.create(); var _ = local.enter()) {
                var task = Edo.spawnLocal(Edo.yieldNow().map(_ -> 1));
                try (var runtime = setup.builder().build()) {
                    assertEquals(1, local.blockOn(runtime, task));
                }
            }
            return null;
        });
    }

    /** The set is run by a task of another one: each task is itself, before and after. */
    @Test
    void setInsideATaskOfAnotherSet() throws Exception {
        onThread((runtime, local) -> {
            var outer = local.spawnLocal(Future.<Future<List<TaskId>>>lazy(() -> {
                var inner = LocalSet.create();
                var id = TaskId.current();
                var task = spawn(inner, () -> Edo.yieldNow().map(_ -> TaskId.current()));
                return inner.runUntil(task).map(innerId -> {
                    inner.close();
                    assertEquals(task.id(), innerId);
                    assertNotEquals(id, innerId);
                    assertEquals(local, LocalSpawner.current());
                    return List.of(id, TaskId.current());
                });
            }).then(made -> made));
            assertEquals(List.of(outer.id(), outer.id()), local.blockOn(runtime, outer));
        });
    }

    /** Another thread aborts; what the task does about it is done where the task lives. */
    @Test
    void abortFromElsewhereCancelsOnTheSetsThread() throws Exception {
        onThread((runtime, local) -> {
            var cancelledOn = new LinkedBlockingQueue<Thread>();
            var gate = new Gate<Integer>();
            var task = spawn(local, () -> new Future<Integer>() {
                @Override
                public Poll<Integer> poll(Context cx) {
                    return gate.poll(cx);
                }

                @Override
                public void cancel() {
                    cancelledOn.add(Carriers.currentCarrier());
                }
            });
            var aborter = Thread.ofPlatform().daemon().start(() -> {
                try {
                    Eventually.opened("the task waits", gate.waiting);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                task.abort();
            });
            assertTrue(assertThrows(JoinError.class, () -> local.blockOn(runtime, task)).isCancelled());
            assertEquals(Thread.currentThread(), Eventually.next("the cancellation", cancelledOn));
            aborter.join();
        });
    }

    /** Tasks that another thread has woken, but that did not run yet: closing the set ends them, and itself. */
    @Test
    void closingEndsTasksThatWereWokenFromElsewhere() throws Exception {
        onThread((runtime, local) -> {
            var gates = gates();
            var tasks = gates.stream().map(gate -> spawn(local, () -> gate)).toList();
            local.blockOn(runtime, waited(gates));
            openElsewhere(gates);
            local.close();
            assertAllCancelled(tasks);
        });
    }

    /** Each task that is cancelled opens the gates of its neighbours, which then must not go on any more. */
    @Test
    void closingTasksThatWakeEachOther() throws Exception {
        onThread((runtime, local) -> {
            var gates = gates();
            var wentOn = new AtomicInteger();
            var tasks = new ArrayList<JoinHandle<Integer>>();
            for (int i = 0; i < MANY; i++) {
                var own = gates.get(i);
                var neighbours = List.of(gates.get((i + 1) % MANY), gates.get((i + MANY - 1) % MANY));
                tasks.add(spawn(local, () -> new Future<Integer>() {
                    @Override
                    public Poll<Integer> poll(Context cx) {
                        var poll = own.poll(cx);
                        if (poll.isReady()) {
                            wentOn.incrementAndGet();
                        }
                        return poll;
                    }

                    @Override
                    public void cancel() {
                        neighbours.forEach(gate -> gate.open(1));
                    }
                }));
            }
            local.blockOn(runtime, waited(gates));
            local.close();
            assertAllCancelled(tasks);
            assertEquals(0, wentOn.get());
        });
    }
}
