package dev.edo.examples.gracefulshutdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.examples.Client;
import dev.edo.net.TcpListener;
import dev.edo.runtime.EdoRuntime;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GracefulShutdownTest {
    @Test
    void jobsAreFinishedAndIdleConnectionsToldAndNobodyElseComesIn() throws Exception {
        var example = new GracefulShutdown();
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(2).enableAll().build()) {
            var listener = runtime.blockOn(() -> TcpListener.bind("127.0.0.1:0").await());
            var address = listener.localAddress();
            var left = runtime.spawn(() -> {
                try (listener) {
                    example.serve(listener);
                }
                return example.drain();
            });
            try (var working = new Client(address); var idle = new Client(address)) {
                idle.send("first\n");
                assertEquals("working on: first", idle.line());
                assertEquals("done: first", idle.line());
                working.send("second\n");
                assertEquals("working on: second", working.line());
                example.stop();
                assertEquals("goodbye\n", idle.rest());
                assertEquals("done: second\ngoodbye\n", working.rest());
            }
            assertEquals(0L, left.await());
            assertThrows(IOException.class, () -> new Client(address).close());
        }
    }
}
