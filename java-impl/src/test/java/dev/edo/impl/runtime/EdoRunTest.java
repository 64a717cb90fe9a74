package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.impl.contract.Eventually;
import dev.edo.net.TcpListener;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeFlavor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shortest way to run a program. */
class EdoRunTest {
    @Test
    void programRunsOnTheCallingThreadInsideARuntimeThatEndsWithIt() throws Exception {
        var runtime = Eventually.returns("the program", () -> {
            var here = Thread.currentThread();
            var handles = new Handle[1];
            Edo.run(() -> {
                assertSame(here, Thread.currentThread());
                assertEquals(RuntimeFlavor.MULTI_THREAD, Handle.current().flavor());
                assertEquals(42, Edo.spawn(() -> 42).await());
                Edo.sleep(Duration.ofMillis(1)).await();
                try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                    assertNotNull(listener.localAddress());
                }
                handles[0] = Handle.current();
            });
            assertNull(Handle.tryCurrent());
            return handles[0];
        });
        assertTrue(runtime.isShutdown());
    }

    @Test
    void exceptionOfTheProgramIsThrownAsFarAsItIsUnchecked() throws Exception {
        var unchecked = new ArithmeticException("unchecked");
        var checked = new IOException("checked");
        Eventually.<@Nullable Void>returns("the programs", () -> {
            assertSame(unchecked, assertThrows(ArithmeticException.class, () -> Edo.run(() -> {
                throw unchecked;
            })));
            var wrapped = assertThrows(CompletionException.class, () -> Edo.run(() -> {
                throw checked;
            }));
            assertSame(checked, wrapped.getCause());
            return null;
        });
    }
}
