package dev.edo.impl.task.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.task.Scope;
import dev.edo.task.TaskLocal;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskLocalTest extends RuntimeTest {
    private static final TaskLocal<Integer> PLAIN = TaskLocal.create();
    private static final TaskLocal<String> INHERITED = TaskLocal.inheritable();
    private static final ScopedValue<String> FOREIGN = ScopedValue.newInstance();
    private static final TaskLocal<String> ADOPTED = TaskLocal.inheritable(FOREIGN);

    private static Future<String> seen() {
        return Edo.yieldNow().map(_ -> PLAIN.tryGet() + " " + INHERITED.tryGet() + " " + ADOPTED.tryGet());
    }

    @Test
    void boundInEveryPollAndNestedInnermostFirst() throws Exception {
        var told = inTask(() -> PLAIN.scope(1, Edo.yieldNow().then(_ -> {
            int outer = PLAIN.get();
            return PLAIN.scope(2, Future.lazy(PLAIN::get)).then(inner -> Edo.yieldNow().map(_ ->
                    List.of(outer, inner, PLAIN.get(), PLAIN.with(value -> value + 10))));
        })));
        assertEquals(List.of(1, 2, 1, 11), told);
        assertFalse(PLAIN.isBound());
    }

    @Test
    void scopesOfTasksThatTakeTurnsDoNotMix() throws Exception {
        var tasks = new java.util.ArrayList<dev.edo.task.JoinHandle<Integer>>();
        for (int i = 0; i < 50; i++) {
            int value = i;
            tasks.add(style.spawn(handle, () -> PLAIN.scope(value,
                    Edo.yieldNow().then(_ -> Edo.yieldNow()).map(_ -> PLAIN.get()))));
        }
        for (int i = 0; i < 50; i++) {
            assertEquals(i, resultOf(tasks.get(i)));
        }
        assertNull(inTask(() -> Future.lazy(PLAIN::tryGet)));
    }

    @Test
    void boundInDirectStyleAcrossWaits() throws Exception {
        var told = inDirectTask(() -> PLAIN.scope(1, () -> {
            Edo.yieldNow().await();
            int outer = PLAIN.get();
            int inner = PLAIN.scope(2, () -> {
                Edo.yieldNow().await();
                return PLAIN.get();
            });
            var calls = new AtomicInteger();
            PLAIN.scope(3, () -> calls.set(PLAIN.get()));
            return List.of(outer, inner, calls.get(), PLAIN.get());
        }));
        assertEquals(List.of(1, 2, 3, 1), told);
    }

    @Test
    void outsideAScopeItSaysWhatToDo() {
        var e = assertThrows(NoSuchElementException.class, PLAIN::get);
        assertTrue(String.valueOf(e.getMessage()).contains("scope("), e.getMessage());
        assertEquals(e.getMessage(), assertThrows(NoSuchElementException.class, () -> PLAIN.with(value -> value))
                .getMessage());
        assertNull(PLAIN.tryGet());
        assertEquals("TaskLocal[not bound]", PLAIN.toString());
    }

    @Test
    void boundWhileTheFutureIsCancelled() throws Exception {
        var told = new LinkedBlockingQueue<Integer>();
        var waiting = new CountDownLatch(1);
        var task = style.<Integer>spawn(handle, () -> PLAIN.scope(42, new Future<Integer>() {
            @Override
            public Poll<Integer> poll(Context cx) {
                waiting.countDown();
                return Poll.pending();
            }

            @Override
            public void cancel() {
                told.add(PLAIN.get());
            }
        }));
        Eventually.opened("the task waits", waiting);
        task.abort();
        assertTrue(failureOf(task).isCancelled());
        assertEquals(42, Eventually.next("the cancellation", told));
    }

    @Test
    void valueMayBeTakenBackAndThatIsTheEnd() throws Exception {
        var counter = TaskLocal.<AtomicInteger>create();
        int counted = inTask(() -> {
            var future = counter.scope(new AtomicInteger(), Future.lazy(() -> counter.get().incrementAndGet()));
            return future.map(_ -> {
                var value = future.takeValue();
                assertNull(future.takeValue());
                return value == null ? -1 : value.get();
            });
        });
        assertEquals(1, counted);
        var pending = counter.scope(new AtomicInteger(), Future.<Integer>pending());
        pending.takeValue();
        assertThrows(IllegalStateException.class, () -> pending.poll(Context.of(() -> {})));
    }

    @Test
    void onlyInheritableOnesReachSpawnedTasks() throws Exception {
        var told = inDirectTask(() -> PLAIN.scope(1, () -> INHERITED.scope("a", () -> ADOPTED.scope("b", () -> List.of(
                seen().await(),
                Edo.spawn(seen()).await(),
                Edo.spawn(() -> Edo.spawn(() -> seen().await()).await()).await(),
                Edo.spawnBlocking(() -> PLAIN.tryGet() + " " + INHERITED.tryGet() + " " + ADOPTED.tryGet()).await(),
                Scope.call(scope -> scope.spawn(seen()).await()))))));
        assertEquals(List.of("1 a b", "null a b", "null a b", "null a b", "null a b"), told);
    }

    @Test
    void stacklessTasksInheritWhereTheyAreSpawned() throws Exception {
        String told = inTask(() -> INHERITED.scope("a",
                Edo.yieldNow().then(_ -> Edo.spawn(Edo.yieldNow().then(_ -> seen())))));
        assertEquals("null a null", told);
        assertEquals("null null null", inTask(TaskLocalTest::seen));
    }

    @Test
    void scopedValuesAndTaskLocalsAreOne() throws Exception {
        String told = inDirectTask(() -> ScopedValue.where(FOREIGN, "foreign").call(() -> Edo.spawn(seen()).await()));
        assertEquals("null null foreign", told);
        var key = PLAIN.scopedValue();
        int nine = inTask(() -> PLAIN.scope(9, Edo.yieldNow().map(_ -> key.get())));
        assertEquals(9, nine);
    }

    @Test
    void inheritanceMayBeHandedToOthers() throws Exception {
        var body = INHERITED.scope("a", () -> TaskLocal.inherit(() -> INHERITED.get()));
        assertEquals("a", body.call());
        Future<@Nullable String> future = INHERITED.scope("b", () -> TaskLocal.inherit(Future.lazy(INHERITED::get)));
        assertEquals(Poll.ready("b"), future.poll(Context.of(() -> {})));
        var nothing = Future.ready(1);
        assertEquals(nothing, TaskLocal.inherit(nothing));
    }
}
