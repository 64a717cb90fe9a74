package dev.edo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Select;
import org.junit.jupiter.api.Test;

class AbortOnDropTest {
    private final FakeTask<Integer> task = new FakeTask<>();
    private final AbortOnDrop<Integer> handle = new AbortOnDrop<>(task);
    private final CountingContext cx = new CountingContext();

    @Test
    void without_a_task_there_is_no_handle() {
        var thrown = assertThrows(NullPointerException.class, () -> new AbortOnDrop<Integer>(null));
        assertEquals("task", thrown.getMessage());
    }

    @Test
    void closing_aborts() {
        try (handle) {
            assertEquals(task.id(), handle.id());
        }
        assertEquals(1, task.aborts);
    }

    @Test
    void losing_a_select_aborts() throws Exception {
        var select = Select.of(handle, Future.ready(1)).biased();
        select.poll(cx);
        assertEquals(1, task.aborts);
        assertFalse(task.isAwaited());
    }

    @Test
    void a_detached_task_is_left_alone() {
        assertSame(task, handle.detach());
        handle.close();
        handle.cancel();
        assertEquals(0, task.aborts);
    }

    @Test
    void it_passes_everything_else_on() throws Exception {
        handle.abort();
        assertEquals(1, task.aborts);
        assertFalse(handle.isFinished());
        assertFalse(handle.poll(cx).isReady());
        task.complete(2);
        assertEquals(Poll.ready(2), handle.poll(cx));
        assertSame(task.abortHandle(), handle.abortHandle());
    }
}
