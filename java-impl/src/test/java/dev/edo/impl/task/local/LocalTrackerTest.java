package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSpawner;
import dev.edo.task.TaskTracker;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Local tasks that are tracked, wherever local tasks may live. */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("matrix")
class LocalTrackerTest {
    private static final int TASKS = 8;

    @Parameter(0)
    LocalPlace place = LocalPlace.LOCAL_RUNTIME;

    @Parameter(1)
    Style style = Style.DIRECT;

    private final TaskTracker tracker = new TaskTracker();
    private final AtomicInteger ended = new AtomicInteger();

    static Stream<Arguments> matrix() {
        return Arrays.stream(LocalPlace.values())
                .flatMap(place -> Arrays.stream(Style.values()).map(style -> Arguments.of(place, style)));
    }

    private void onThread(LocalPlace.Body body) throws Exception {
        Eventually.<@Nullable Void>returns("the test", () -> {
            place.run(body);
            return null;
        });
    }

    private JoinHandle<Integer> spawnLocal(Future<Integer> future) {
        return style == Style.DIRECT ? tracker.spawnLocal(() -> future.await()) : tracker.spawnLocal(future);
    }

    private JoinHandle<Integer> spawnLocalOn(LocalSpawner local, Future<Integer> future) {
        return style == Style.DIRECT
                ? tracker.spawnLocalOn(local, () -> future.await())
                : tracker.spawnLocalOn(local, future);
    }

    /** Ends after a while, on the thread of the place. */
    private Future<Integer> end(Thread here) {
        return Edo.yieldNow().map(_ -> {
            assertEquals(here, Carriers.currentCarrier());
            return ended.incrementAndGet();
        });
    }

    private void assertAllEnded(int expected) {
        assertEquals(expected, ended.get());
        assertTrue(tracker.isEmpty());
        assertTrue(tracker.isClosed());
    }

    @Test
    void closedAfterTheSpawns() throws Exception {
        onThread((_, driver) -> {
            var here = Thread.currentThread();
            driver.blockOn(Future.<Future<@Nullable Void>>lazy(() -> {
                IntStream.range(0, TASKS).forEach(_ -> spawnLocal(end(here)));
                assertEquals(TASKS, tracker.size());
                tracker.close();
                return tracker.waitAll();
            }).then(wait -> wait));
            assertAllEnded(TASKS);
        });
    }

    @Test
    void closedBeforeTheSpawns() throws Exception {
        onThread((_, driver) -> {
            var here = Thread.currentThread();
            tracker.close();
            driver.blockOn(Future.<Future<@Nullable Void>>lazy(() -> {
                IntStream.range(0, TASKS).forEach(_ -> spawnLocal(end(here)));
                return tracker.waitAll();
            }).then(wait -> wait));
            assertAllEnded(TASKS);
        });
    }

    @Test
    void spawnedFromOutside() throws Exception {
        onThread((local, driver) -> {
            var here = Thread.currentThread();
            tracker.close();
            IntStream.range(0, TASKS).forEach(_ -> spawnLocalOn(local, end(here)));
            tracker.spawnLocalOn(local, () -> {
                ended.incrementAndGet();
            });
            assertEquals(TASKS + 1, tracker.size());
            driver.blockOn(tracker.waitAll());
            assertAllEnded(TASKS + 1);
        });
    }

    /** The runtime's own tasks and local ones, in one tracker. */
    @Test
    void tasksOfTheRuntimeBesideLocalOnes() throws Exception {
        onThread((_, driver) -> {
            var here = Thread.currentThread();
            driver.blockOn(Future.<Future<@Nullable Void>>lazy(() -> {
                for (int i = 0; i < TASKS; i++) {
                    tracker.spawn(Future.lazy(ended::incrementAndGet));
                    tracker.spawnOn(Handle.current(), () -> ended.incrementAndGet());
                    spawnLocal(end(here));
                }
                tracker.close();
                return tracker.waitAll();
            }).then(wait -> wait));
            assertAllEnded(3 * TASKS);
        });
    }

    @Test
    void closingLeavesTheTasksAlone() throws Exception {
        onThread((local, driver) -> {
            var gates = IntStream.range(0, TASKS).mapToObj(_ -> new Gate<Integer>()).toList();
            gates.forEach(gate -> spawnLocalOn(local, gate));
            driver.blockOn(Edo.yieldNow().then(_ -> Edo.yieldNow()));
            tracker.close();
            driver.blockOn(Edo.yieldNow().then(_ -> Edo.yieldNow()));
            gates.forEach(gate -> assertEquals(0, gate.cancels()));
            assertEquals(TASKS, tracker.size());
            gates.forEach(gate -> gate.open(1));
            driver.blockOn(tracker.waitAll());
        });
    }

    @Test
    void whereThereAreNoLocalTasksNothingIsSpawnedNorTracked() throws Exception {
        var outside = assertThrows(IllegalStateException.class, () -> spawnLocal(Future.ready(1))).getMessage();
        assertTrue(outside.contains("no LocalSet and no LocalRuntime on this thread"), outside);
        for (var setup : List.of(Setup.CURRENT_THREAD, Setup.TWO_WORKERS)) {
            try (var runtime = setup.builder().build()) {
                var inside = runtime.blockOn(() ->
                        assertThrows(IllegalStateException.class, () -> spawnLocal(Future.ready(1))).getMessage());
                assertEquals(outside, inside);
            }
        }
        assertTrue(tracker.isEmpty());
        assertFalse(tracker.isClosed());
    }
}
