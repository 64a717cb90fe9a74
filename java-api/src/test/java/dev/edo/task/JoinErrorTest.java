package dev.edo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JoinErrorTest {
    private static final TaskId ID = new TaskId(7);

    @Test
    void the_text_of_a_panic_has_the_task_and_what_it_threw() {
        var cause = new IllegalStateException("value=1234");
        var error = JoinError.panicked(ID, cause);
        assertEquals("task 7 panicked: java.lang.IllegalStateException: value=1234", error.getMessage());
        assertEquals("dev.edo.task.JoinError: " + error.getMessage(), error.toString());
        assertSame(cause, error.getCause());
        assertTrue(error.isPanic());
        assertFalse(error.isCancelled());
        assertEquals(ID, error.id());
    }

    @Test
    void the_text_of_a_panic_without_a_message_has_its_type() {
        assertEquals("task 7 panicked: java.lang.StackOverflowError",
                JoinError.panicked(ID, new StackOverflowError()).getMessage());
    }

    /** Who waits for the task, or counts it, would fail in its place otherwise. */
    @Test
    void the_text_of_a_panic_whose_message_throws_has_its_type() {
        var cause = new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new UnsupportedOperationException("no text");
            }
        };
        var error = JoinError.panicked(ID, cause);
        assertEquals("task 7 panicked: " + cause.getClass().getName(), error.getMessage());
        assertSame(cause, error.getCause());
    }

    @Test
    void the_text_of_a_cancellation_has_the_task() {
        var error = JoinError.cancelled(ID);
        assertEquals("task 7 was cancelled", error.getMessage());
        assertTrue(error.isCancelled());
        assertFalse(error.isPanic());
        assertEquals(ID, error.id());
    }
}
