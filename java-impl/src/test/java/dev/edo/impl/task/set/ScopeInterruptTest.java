package dev.edo.impl.task.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Future;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinError;
import dev.edo.task.Scope;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScopeInterruptTest {
    /** The body waits on the thread that sleeps in the drivers, and a child fails on another one. */
    @Test
    void aFailureWakesTheBodyInTheDriversWithoutATaskThatNobodySpawned() throws Exception {
        var boom = new IOException("boom");
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            var error = assertThrows(JoinError.class, () -> runtime.blockOn(() -> Scope.call(scope -> {
                var _ = scope.spawnBlocking(() -> {
                    throw boom;
                });
                return Future.<Integer>pending().await();
            })));
            assertSame(boom, error.getCause());
            assertEquals(0, runtime.metrics().spawnedTasksCount());
        }
    }
}
