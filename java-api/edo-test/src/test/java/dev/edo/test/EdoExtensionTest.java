package dev.edo.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.RuntimeMetrics;
import dev.edo.task.JoinError;
import dev.edo.task.TaskId;
import dev.edo.time.Instant;
import dev.edo.time.TestClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdoExtensionTest {
    private @Nullable EdoRuntime runtime;

    @BeforeEach
    void runtimeOfTheTestIsThereBeforeIt(EdoRuntime runtime) {
        assertNull(Handle.tryCurrent());
        this.runtime = runtime;
    }

    @AfterEach
    void runtimeOfTheTestIsThereAfterIt(Handle handle) {
        assertNotNull(runtime);
        assertEquals(runtime.id(), handle.id());
        assertFalse(handle.isShutdown());
    }

    @EdoTest
    void methodIsATask(EdoRuntime runtime, Handle handle, RuntimeMetrics metrics) throws Exception {
        assertSame(this.runtime, runtime);
        assertEquals(runtime.id(), Handle.current().id());
        assertEquals(runtime.id(), handle.id());
        assertEquals(RuntimeFlavor.CURRENT_THREAD, handle.flavor());
        assertNotNull(TaskId.tryCurrent());
        assertEquals(1, metrics.numAliveTasks());
        assertEquals(3, Edo.spawn(() -> 3).await());
        assertTrue(Thread.currentThread().isVirtual());
    }

    @EdoTest(flavor = RuntimeFlavor.MULTI_THREAD, workers = 3)
    void runtimeMayHaveWorkers(Handle handle) {
        assertEquals(RuntimeFlavor.MULTI_THREAD, handle.flavor());
        assertEquals(3, handle.metrics().numWorkers());
    }

    @EdoTest(name = "a name")
    void runtimeMayHaveAName(Handle handle) {
        assertEquals("a name", handle.name());
        assertEquals("a name", Handle.current().name());
    }

    @EdoTest
    void taskThatThrowsIsItsJoinersBusiness(Handle handle) {
        assertNull(handle.name());
        var task = Edo.spawn(() -> {
            throw new IllegalStateException("boom");
        });
        assertTrue(assertThrows(JoinError.class, task::await).isPanic());
    }

    @EdoTest(startPaused = true)
    void clockMayStandStill() throws Exception {
        var start = Instant.now();
        Edo.sleep(Duration.ofDays(1)).await();
        TestClock.advance(Duration.ofDays(1)).await();
        EdoAssertions.assertElapsed(start, Duration.ofDays(2));
    }

    @ExtendWith(EdoExtension.class)
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void otherKindsOfTestsRunInsideToo(int number) throws Exception {
        assertEquals(number, Edo.spawn(() -> number).await());
    }
}
