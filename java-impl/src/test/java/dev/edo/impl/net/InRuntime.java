package dev.edo.impl.net;

import dev.edo.future.Future;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.Action;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the tests of sockets run in: a runtime of their own, and a limit that makes a lost wake-up a failure.
 */
final class InRuntime {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private InRuntime() {}

    static void currentThread(Action body) throws Exception {
        try (var runtime = EdoRuntime.builder().currentThread().enableAll().build()) {
            runtime.blockOn(body);
        }
    }

    static void multiThread(Action body) throws Exception {
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(2).enableAll().build()) {
            runtime.blockOn(body);
        }
    }

    /** Both ends of a connection. */
    record Pair(TcpStream client, TcpStream server) implements AutoCloseable {
        static Pair connected() throws Exception {
            return connected("127.0.0.1:0");
        }

        static Pair connected(String where) throws Exception {
            try (var listener = TcpListener.bind(where).await()) {
                var client = soon(TcpStream.connect(listener.localAddress()));
                return new Pair(client, soon(listener.accept()));
            }
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    /** Waits, but not for ever. */
    static <T extends @Nullable Object> T soon(Future<T> future) throws Exception {
        return future.timeout(LIMIT).await();
    }

    static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    static String text(ByteBuffer read) {
        return StandardCharsets.UTF_8.decode(read.flip()).toString();
    }

    /** Writes until the other side's and this side's buffers are full. */
    static int fill(TcpStream stream) throws IOException {
        var block = ByteBuffer.allocateDirect(256 * 1024);
        int total = 0;
        while (true) {
            int n = stream.tryWrite(block.clear());
            if (n == TcpStream.WOULD_BLOCK) {
                return total;
            }
            total += n;
        }
    }
}
