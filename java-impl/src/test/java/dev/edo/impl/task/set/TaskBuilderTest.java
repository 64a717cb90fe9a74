package dev.edo.impl.task.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Style;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.runtime.LocalRuntime;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskBuilderTest extends RuntimeTest {
    @Test
    void nameShowsInTheTaskTheHooksAndTheThread() throws Exception {
        var names = new CopyOnWriteArrayList<String>();
        var builder = setup.builder().onTaskSpawn(meta -> names.add(Objects.toString(meta.name())));
        try (var own = Running.of(builder)) {
            var gate = new Gate<Integer>();
            var task = style == Style.DIRECT
                    ? own.handle().task().name("ringer").spawn(() -> gate.await())
                    : own.handle().task().name("ringer").spawn(gate);
            Eventually.opened("the task waits", gate.waiting);
            assertTrue(task.toString().endsWith(" \"ringer\""), task::toString);
            gate.open(1);
            assertEquals(1, resultOf(task));
            var thread = resultOf(own.handle().task().name("direct").spawn(() -> Thread.currentThread().getName()));
            assertEquals(Carriers.available() ? "direct" : thread, thread);
            resultOf(own.handle().spawn(Future.ready(1)));
            assertEquals(List.of("ringer", "direct", "null"), names);
        }
    }

    @Test
    void blockingJobsHaveNamesToo() throws Exception {
        var job = running.runtime().task().name("digger").spawnBlocking(() -> 3);
        assertTrue(job.toString().contains("\"digger\""), job::toString);
        assertEquals(3, resultOf(job));
    }

    @Test
    void jobsWithoutAResultHaveNamesToo() throws Exception {
        var done = new AtomicBoolean();
        JoinHandle<@Nullable Void> job = handle.task().name("digger").spawnBlocking(() -> {
            done.set(true);
        });
        assertTrue(job.toString().contains("\"digger\""), job::toString);
        resultOf(job);
        assertTrue(done.get());
    }

    @Test
    void withoutANameNothingIsAdded() throws Exception {
        JoinHandle<@Nullable Void> task = handle.task().spawn(() -> {});
        assertTrue(task.toString().matches("direct-style task \\d+"), task::toString);
        resultOf(task);
        var job = handle.task().spawnBlocking(() -> 4);
        assertFalse(job.toString().contains("\""), job::toString);
        assertEquals(4, resultOf(job));
        assertThrows(IllegalArgumentException.class, () -> handle.task().name(" "));
    }

    @Test
    void localTasksHaveNamesToo() throws Exception {
        assertThrows(IllegalStateException.class, () -> handle.task().name("x").spawnLocal(Future.ready(1)));
        var names = Eventually.returns("the set", () -> {
            try (var own = setup.builder().build(); var _ = own.enter(); var local = LocalSet.create();
                    var _ = local.enter()) {
                var stackless = own.task().name("still").spawnLocal(Future.ready(1));
                var direct = own.task().name("flow").spawnLocal(() -> Thread.currentThread().getName());
                return stackless + " " + local.blockOn(own, direct);
            }
        });
        assertTrue(names.endsWith("\"still\" flow"), names);
    }

    @Test
    void localTasksWithoutAResultHaveNamesToo() throws Exception {
        var name = new AtomicReference<@Nullable String>();
        Eventually.<@Nullable Void>returns("the set", () -> {
            try (var own = setup.builder().build(); var _ = own.enter(); var local = LocalSet.create();
                    var _ = local.enter()) {
                return local.blockOn(own, own.task().name("flow").spawnLocal(() -> {
                    name.set(Thread.currentThread().getName());
                }));
            }
        });
        assertEquals("flow", name.get());
    }

    @Test
    void tasksOfALocalRuntimeHaveNamesToo() throws Exception {
        var names = Eventually.returns("the runtime", () -> {
            try (var own = LocalRuntime.create()) {
                return own.blockOn(() -> {
                    var stackless = own.handle().task().name("still").spawnLocal(Edo.yieldNow().map(_ -> 1));
                    var direct = own.handle().task().name("flow").spawnLocal(() -> Thread.currentThread().getName());
                    assertEquals(1, stackless.await());
                    return stackless + " " + direct.await() + own.handle().task().spawnLocal(Future.ready(2)).await();
                });
            }
        });
        assertTrue(names.endsWith("\"still\" flow2"), names);
    }

    /** The builder's runtime is of no use: a local task belongs to the thread, which has nothing to run it. */
    @Test
    void localTasksAreRefusedWhereThereIsNoSet() throws Exception {
        var builder = handle.task().name("x");
        var message = resultOf(style.run(handle, () ->
                assertThrows(IllegalStateException.class, () -> builder.spawnLocal(Future.ready(1))).getMessage()));
        assertTrue(message.contains("no LocalSet and no LocalRuntime on this thread"), message);
        assertEquals(message, resultOf(style.run(handle, () ->
                assertThrows(IllegalStateException.class, () -> builder.spawnLocal(() -> 1)).getMessage())));
    }
}
