package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.runtime.Handle;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompletingFutureTest {
    private final Context cx = new CountingWaker().context();

    /** A runtime whose one task is polled by the test; aborting cancels the task's future at once. */
    private static final class HandRuntime {
        private final boolean shutDown;
        private @Nullable Future<?> task;
        private boolean finished;
        private int aborts;

        HandRuntime(boolean shutDown) {
            this.shutDown = shutDown;
        }

        private static <I> I proxy(Class<I> type, BiFunction<String, Object[], Object> body) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, args) -> body.apply(method.getName(), args)));
        }

        Handle handle() {
            return proxy(Handle.class, (method, args) -> {
                assertEquals("spawn", method);
                task = (Future<?>) args[0];
                finished = shutDown;
                return proxy(dev.edo.task.JoinHandle.class, (name, none) -> switch (name) {
                    case "isFinished" -> finished;
                    case "abort" -> {
                        aborts++;
                        stop();
                        yield null;
                    }
                    default -> throw new AssertionError(name);
                });
            });
        }

        boolean poll(Context cx) throws Exception {
            finished = task.poll(cx).isReady();
            return finished;
        }

        void stop() {
            if (!finished) {
                finished = true;
                task.cancel();
            }
        }
    }

    private final HandRuntime runtime = new HandRuntime(false);

    @Test
    void completes_with_the_value_and_aborts_nothing() throws Exception {
        CompletableFuture<String> result = CompletingFuture.spawn(Script.completes(2, "a"), runtime.handle());
        assertFalse(runtime.poll(cx));
        assertFalse(result.isDone());
        assertTrue(runtime.poll(cx));
        assertEquals("a", result.join());
        assertEquals(0, runtime.aborts);
        assertThrows(IllegalStateException.class, () -> runtime.poll(cx));
    }

    @Test
    void a_failure_completes_it_exceptionally_and_ends_the_task_normally() throws Exception {
        var failure = new IOException("reset");
        var result = CompletingFuture.spawn(Script.fails(1, failure), runtime.handle());
        assertTrue(runtime.poll(cx));
        assertSame(failure, assertThrows(CompletionException.class, result::join).getCause());
        assertEquals(0, runtime.aborts);
    }

    @Test
    void cancelling_the_result_aborts_the_task() throws Exception {
        var source = Script.never();
        var result = CompletingFuture.spawn(source, runtime.handle());
        assertFalse(runtime.poll(cx));
        assertTrue(result.cancel(true));
        assertEquals(1, runtime.aborts);
        assertEquals(1, source.cancels());
    }

    @Test
    void completing_the_result_from_outside_aborts_the_task() {
        var source = Script.never();
        var result = CompletingFuture.spawn(source, runtime.handle());
        result.completeExceptionally(new TimeoutException()); // what orTimeout does
        assertEquals(1, runtime.aborts);
        assertEquals(1, source.cancels());
    }

    @Test
    void a_task_that_the_runtime_drops_cancels_the_result() throws Exception {
        var source = Script.never();
        var result = CompletingFuture.spawn(source, runtime.handle());
        assertFalse(runtime.poll(cx));
        runtime.stop();
        assertTrue(result.isCancelled());
        assertEquals(1, source.cancels());
    }

    @Test
    void on_a_runtime_that_has_shut_down_the_result_is_cancelled() {
        var result = CompletingFuture.spawn(Script.completes(1, "a"), new HandRuntime(true).handle());
        assertTrue(result.isCancelled());
    }
}
