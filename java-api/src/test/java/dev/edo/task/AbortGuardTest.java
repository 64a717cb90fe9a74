package dev.edo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AbortGuardTest {
    private final FakeTask<Integer> task = new FakeTask<>();

    @Test
    void closing_aborts() {
        try (var guard = new AbortGuard(task)) {
            assertEquals(task.id(), guard.id());
            assertEquals(0, task.aborts);
        }
        assertEquals(1, task.aborts);
    }

    @Test
    void a_detached_task_is_left_alone() {
        try (var guard = new AbortGuard(task)) {
            assertSame(task, guard.detach());
        }
        assertEquals(0, task.aborts);
    }

    @Test
    void it_passes_everything_else_on() {
        var guard = new AbortGuard(task);
        guard.abort();
        assertEquals(1, task.aborts);
        assertFalse(guard.isFinished());
        task.complete(1);
        assertTrue(guard.isFinished());
        assertEquals(task.toString(), guard.toString());
    }

    /** The set has the result; the guard has the say about when the task ends. */
    @Test
    void a_task_of_a_set_can_be_guarded() {
        try (var set = new JoinSet<Integer>()) {
            try (var guard = new AbortGuard(set.add(task))) {
                assertFalse(guard.isFinished());
            }
            assertEquals(1, task.aborts);
            assertEquals(1, set.size());
            task.endCancelled();
            assertTrue(set.tryJoinNext().isCancelled());
        }
    }
}
