package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.task.StacklessTask;
import dev.edo.impl.task.TaskState.Found;
import dev.edo.runtime.EdoRuntime;
import dev.edo.sync.Semaphore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a dump counts. */
class DumpInProgressTest {
    private final Semaphore semaphore = new Semaphore(0);

    @SuppressWarnings("NullAway.Init") // before each test
    private EdoRuntime runtime;

    @SuppressWarnings("NullAway.Init") // before each test
    private RuntimeHandle handle;

    @SuppressWarnings("NullAway.Init") // before each test
    private DumpInProgress dump;

    @BeforeEach
    void build() {
        runtime = EdoRuntime.builder().currentThread().build();
        handle = (RuntimeHandle) runtime.handle();
        dump = new DumpInProgress(handle, Duration.ofDays(1).toNanos());
        handle.scheduler().traceRequests().add(dump);
    }

    @AfterEach
    void close() throws Exception {
        handle.scheduler().traceRequests().remove(dump);
        Eventually.returns("close()", () -> {
            runtime.close();
            return null;
        });
    }

    private StacklessTask<?> waiting() throws Exception {
        var task = (StacklessTask<?>) runtime.spawn(semaphore.acquire());
        runtime.blockOn(runtime.spawn(() -> {})); // by then the other one has had its turn
        return task;
    }

    private void finish(StacklessTask<?> task) throws Exception {
        semaphore.addPermits(1);
        Eventually.returns("the end of the task", () -> runtime.blockOn(task));
    }

    /**
     * The race: a dump is about to ask two tasks. One of them answers before the question comes, because another dump
     * has asked it, and ends. The dump has still to wait for the other one.
     */
    @Test
    void aTaskThatHasAnsweredAnotherDumpAndEndedIsCountedOutOnce() throws Exception {
        var first = waiting();
        var busy = waiting();
        var entry = dump.expect(first);
        var unused = dump.expect(busy);
        assertEquals(Found.WAITING, first.requestTrace(), "the other dump asks it");
        finish(first);
        assertEquals(1, dump.answersLeft(), "it has answered both");
        dump.ask(first, entry, false);
        assertEquals(1, dump.answersLeft());
    }

    /** The same without the other dump: it ends before it is asked, and has told nobody where it waited. */
    @Test
    void aTaskThatEndsBeforeItIsAskedIsCountedOut() throws Exception {
        var task = waiting();
        var entry = dump.expect(task);
        finish(task);
        assertTrue(task.isFinished());
        assertEquals(1, dump.answersLeft());
        dump.ask(task, entry, false);
        assertEquals(0, dump.answersLeft());
    }

    /** One that is asked by two dumps answers both in one turn. */
    @Test
    void aTaskAnswersOnceHoweverManyHaveAsked() throws Exception {
        var task = waiting();
        var entry = dump.expect(task);
        assertEquals(Found.WAITING, task.requestTrace(), "the other dump asks it");
        dump.ask(task, entry, false);
        runtime.blockOn(runtime.spawn(() -> {})); // by then it has had its turn
        assertEquals(0, dump.answersLeft());
        finish(task);
        assertEquals(0, dump.answersLeft());
    }
}
