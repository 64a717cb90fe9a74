package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.runtime.RuntimeBuilder;
import dev.edo.runtime.TaskMeta;
import dev.edo.task.TaskId;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The callbacks about tasks: when they come, and that they harm nobody. */
class HooksTest extends ContractTest {
    private final CopyOnWriteArrayList<String> calls = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<TaskMeta> metas = new ConcurrentLinkedQueue<>();
    private Thread.@Nullable UncaughtExceptionHandler outer;
    private final AtomicInteger uncaught = new AtomicInteger();

    @BeforeEach
    void catchWhatHooksThrow() {
        outer = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, _) -> uncaught.incrementAndGet());
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(outer);
    }

    private RuntimeBuilder recording() {
        return setup.builder()
                .onTaskSpawn(meta -> note("spawn", meta))
                .onBeforeTaskPoll(meta -> note("before", meta))
                .onAfterTaskPoll(meta -> note("after", meta))
                .onTaskTerminate(meta -> note("terminate", meta));
    }

    private void note(String what, TaskMeta meta) {
        calls.add(what);
        metas.add(meta);
    }

    /** A task in direct style ends on its own thread, inside its last mount; a stackless one after its last poll. */
    private List<String> lastPoll() {
        return style == Style.DIRECT
                ? List.of("before", "terminate", "after")
                : List.of("before", "after", "terminate");
    }

    @Test
    void hooksComeInOrder() throws Exception {
        try (var own = Running.of(recording())) {
            var task = style.run(own.handle(), () -> 1);
            resultOf(task);
            Eventually.until(calls::toString, () -> calls.size() == 4);
            assertEquals("spawn", calls.getFirst());
            assertEquals(lastPoll(), calls.subList(1, 4));
            for (var meta : metas) {
                assertEquals(task.id(), meta.id());
                assertEquals(style == Style.DIRECT, meta.isDirectStyle());
            }
        }
    }

    @Test
    void everyPollIsBracketed() throws Exception {
        try (var own = Running.of(recording())) {
            var gate = new Gate<Integer>();
            var task = style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            Eventually.until(calls::toString, () -> calls.size() == 3);
            assertEquals(List.of("spawn", "before", "after"), calls);
            gate.open(1);
            resultOf(task);
            Eventually.until(calls::toString, () -> calls.size() == 6);
            assertEquals(lastPoll(), calls.subList(3, 6));
        }
    }

    @Test
    void terminateComesForAbortedAndPanickedTasks() throws Exception {
        try (var own = Running.of(recording())) {
            var gate = new Gate<Integer>();
            var aborted = style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            aborted.abort();
            failureOf(aborted);
            Eventually.until(calls::toString, () -> calls.stream().filter("terminate"::equals).count() == 1);
            failureOf(style.run(own.handle(), () -> {
                throw new IllegalStateException("boom");
            }));
            Eventually.until(calls::toString, () -> calls.stream().filter("terminate"::equals).count() == 2);
        }
    }

    @Test
    void terminateComesAtShutdown() throws Exception {
        try (var own = Running.of(recording())) {
            var gate = new Gate<Integer>();
            style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
        }
        assertEquals(1, calls.stream().filter("terminate"::equals).count(), calls::toString);
    }

    @Test
    void spawnHookRunsWhereTheTaskIsSpawned() throws Exception {
        var threads = new CopyOnWriteArrayList<Thread>();
        var builder = setup.builder().onTaskSpawn(_ -> threads.add(Thread.currentThread()));
        try (var own = Running.of(builder)) {
            resultOf(style.run(own.handle(), () -> 1));
            assertEquals(List.of(Thread.currentThread()), threads);
        }
    }

    @Test
    void pollHooksAreInsideTheTask() throws Exception {
        var ids = new CopyOnWriteArrayList<@Nullable Object>();
        try (var own = Running.of(setup.builder().onBeforeTaskPoll(meta -> ids.add(meta.id())))) {
            var task = style.run(own.handle(), TaskId::current);
            assertEquals(resultOf(task), ids.getFirst());
        }
    }

    @Test
    void throwingHooksHurtNobody() throws Exception {
        var builder = setup.builder()
                .onTaskSpawn(HooksTest::fail)
                .onBeforeTaskPoll(HooksTest::fail)
                .onAfterTaskPoll(HooksTest::fail)
                .onTaskTerminate(HooksTest::fail);
        try (var own = Running.of(builder)) {
            for (int i = 0; i < 10; i++) {
                assertEquals(7, resultOf(style.run(own.handle(), () -> 7)));
            }
            var gate = new Gate<Integer>();
            var task = style.spawn(own.handle(), () -> gate);
            Eventually.opened("the task waits", gate.waiting);
            gate.open(8);
            assertEquals(8, resultOf(task));
        }
        assertTrue(uncaught.get() >= 40, () -> "reported: " + uncaught.get());
    }

    private static void fail(TaskMeta meta) {
        throw new IllegalStateException("hook of " + meta.id());
    }

    @Test
    void throwingThreadHooksHurtNobody() throws Exception {
        var builder = setup.builder()
                .onThreadStart(HooksTest::fail)
                .onThreadStop(HooksTest::fail)
                .onThreadPark(HooksTest::fail)
                .onThreadUnpark(HooksTest::fail);
        try (var own = Running.of(builder)) {
            assertEquals(7, resultOf(style.run(own.handle(), () -> 7)));
            assertEquals(8, resultOf(own.handle().spawnBlocking(() -> 8)));
        }
        assertTrue(uncaught.get() > 0);
    }

    private static void fail() {
        throw new IllegalStateException("thread hook");
    }

    @Test
    void threadHooksBracketTheThread() throws Exception {
        var started = ConcurrentThreads.empty();
        var stopped = ConcurrentThreads.empty();
        var parks = new AtomicInteger();
        var unparks = new AtomicInteger();
        var builder = setup.builder()
                .onThreadStart(started::add)
                .onThreadStop(stopped::add)
                .onThreadPark(parks::incrementAndGet)
                .onThreadUnpark(unparks::incrementAndGet);
        try (var own = Running.of(builder)) {
            resultOf(own.handle().spawnBlocking(() -> 1));
            Eventually.until("somebody sleeps", () -> parks.get() > 0);
            resultOf(style.run(own.handle(), () -> 1));
            Eventually.until("somebody woke up", () -> unparks.get() > 0);
        }
        int expected = setup.isMultiThread() ? setup.workers() + 1 : 1;
        assertEquals(expected, started.size());
        assertEquals(started.threads(), stopped.threads());
        assertEquals(parks.get(), unparks.get());
    }
}
