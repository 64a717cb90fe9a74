package dev.edo.impl.task.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Style;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSet;
import org.junit.jupiter.api.Test;

/**
 * Code that blocks the thread of a set, whose tasks nobody else can run: a poll must not. What blocks in a task in
 * direct style parks the task.
 */
class LocalSetBlockingTest extends LocalSetContract {
    private static int blockInPlace() throws Exception {
        return Edo.blockInPlace(() -> 1);
    }

    /** The task was refused, if it is stackless; if not, it has this end. */
    private void assertRefused(JoinHandle<Integer> task, boolean elseCancelled) throws Exception {
        if (style == Style.DIRECT && !elseCancelled) {
            assertEquals(1, task.await());
            return;
        }
        var error = assertThrows(JoinError.class, task::await);
        if (style == Style.DIRECT) {
            assertTrue(error.isCancelled());
            return;
        }
        var cause = assertInstanceOf(IllegalStateException.class, error.getCause());
        assertTrue(String.valueOf(cause.getMessage()).contains("spawnBlocking"), cause.getMessage());
    }

    @Test
    void blockInPlaceInATask() throws Exception {
        onThread((runtime, local) -> {
            var task = spawn(local, () -> Future.lazy(LocalSetBlockingTest::blockInPlace));
            runtime.blockOn(local.runAll());
            assertRefused(task, false);
        });
    }

    @Test
    void blockInPlaceInTheFutureThatTheSetRunsUntil() throws Exception {
        onThread((runtime, local) -> {
            var message = local.blockOn(runtime, Future.lazy(() ->
                    assertThrows(IllegalStateException.class, LocalSetBlockingTest::blockInPlace).getMessage()));
            assertTrue(message.contains("spawnBlocking"), message);
            assertEquals(1, blockInPlace(), "outside, the thread is the program's own");
        });
    }

    /** The set is closed while the task waits, and what the task does about it would block the others' ends. */
    @Test
    void blockInPlaceWhileTheSetIsClosed() throws Exception {
        onThread((runtime, local) -> {
            var task = spawn(local, () -> new Future<Integer>() {
                @Override
                public Poll<Integer> poll(Context cx) {
                    return Poll.pending();
                }

                @Override
                public void cancel() {
                    try {
                        assertEquals(1, blockInPlace());
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
            });
            local.blockOn(runtime, Edo.yieldNow().then(_ -> Edo.yieldNow()));
            local.close();
            assertRefused(task, true);
            assertEquals(1, blockInPlace(), "outside, the thread is the program's own");
        });
    }

    /** The thread of the set is a worker's, which could be handed over; but the set's tasks could not. */
    @Test
    void blockInPlaceInASetOnAWorker() throws Exception {
        onThread((runtime, _) -> {
            var outer = runtime.spawn(Future.lazy(() -> {
                try (var inner = LocalSet.create()) {
                    var task = spawn(inner, () -> Future.lazy(LocalSetBlockingTest::blockInPlace));
                    inner.runAll().poll(Context.of(() -> {}));
                    assertTrue(task.isFinished());
                    return task;
                }
            }));
            assertRefused(runtime.blockOn(outer), false);
            assertEquals(2, runtime.blockOn(runtime.spawn(() -> 2)));
        });
    }

    @Test
    void blockOnInsideAPoll() throws Exception {
        onThread((runtime, local) -> {
            var message = local.blockOn(runtime, Future.lazy(() -> assertThrows(
                    IllegalStateException.class, () -> local.blockOn(runtime, Future.pending())).getMessage()));
            assertTrue(message.contains("blockOn inside a task"), message);
            if (!setup.isMultiThread()) {
                message = runtime.blockOn(Future.lazy(() -> assertThrows(
                        IllegalStateException.class, () -> local.blockOn(runtime, Future.pending())).getMessage()));
                assertTrue(message.contains("blockOn inside the poll"), message);
            }
        });
    }

    /** It would wait for a task that only this thread can run. */
    @Test
    void awaitInsideTheFutureThatTheSetRunsUntil() throws Exception {
        onThread((runtime, local) -> {
            var task = spawn(local, () -> Future.ready(1));
            var message = local.blockOn(runtime, Future.lazy(() ->
                    assertThrows(IllegalStateException.class, task::await).getMessage()));
            assertTrue(message.contains("await() inside"), message);
            assertEquals(1, local.blockOn(runtime, task));
        });
    }

    @Test
    void spawningWhereThereIsNoSetSaysWhatToDo() throws Exception {
        var outside = assertThrows(IllegalStateException.class, () -> Edo.spawnLocal(Future.ready(1))).getMessage();
        assertTrue(outside.contains("no LocalSet and no LocalRuntime on this thread"), outside);
        assertTrue(outside.contains("enter a set"), outside);
        Eventually.returns("the test", () -> {
            try (var runtime = setup.builder().build()) {
                var inside = runtime.blockOn(() ->
                        assertThrows(IllegalStateException.class, () -> Edo.spawnLocal(() -> 1)).getMessage());
                assertEquals(outside, inside);
                return runtime.blockOn(runtime.spawn(() ->
                        assertThrows(IllegalStateException.class, () -> Edo.spawnLocal(() -> 1))));
            }
        });
    }
}
