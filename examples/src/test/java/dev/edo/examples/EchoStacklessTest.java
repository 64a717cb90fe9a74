package dev.edo.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.Edo;
import dev.edo.net.TcpListener;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinError;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EchoStacklessTest {
    /** The client resets the connection while the task waits. What is left open then stays so until a collection. */
    @Test
    void aConnectionThatBreaksIsClosedAtOnce() throws Exception {
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(1).enableAll().build();
                var client = new Socket()) {
            runtime.blockOn(() -> {
                try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                    client.connect(listener.localAddress());
                    var connection = Edo.spawn(new EchoStackless.Connection(listener.accept().await()));
                    reset(client);
                    var error = assertThrows(JoinError.class, connection::await);
                    assertInstanceOf(IOException.class, error.getCause());
                    assertEquals(1, runtime.metrics().ioDriverFdDeregisteredCount());
                }
            });
        }
    }

    private static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }
}
