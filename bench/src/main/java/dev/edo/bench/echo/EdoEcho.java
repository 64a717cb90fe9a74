package dev.edo.bench.echo;

import dev.edo.Edo;
import dev.edo.bench.peer.Workers;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.IoResult;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Echo on Edo, in both styles: one task and one buffer of 4 KiB for each connection. */
final class EdoEcho {
    private static final int BUFFER_BYTES = 4096;

    private EdoEcho() {}

    static void stackless(int port) throws Exception {
        var runtime = runtime();
        var listener = runtime.blockOn(() -> TcpListener.bind("127.0.0.1:" + port).await());
        runtime.spawn((Future<@Nullable Void>) cx -> {
            while (listener.pollAccept(cx) instanceof Poll.Ready<TcpStream>(var stream)) {
                stream.setNodelay(true);
                Edo.spawn(new Connection(stream));
            }
            return Poll.pending();
        });
    }

    static void direct(int port) throws Exception {
        var runtime = runtime();
        var listener = runtime.blockOn(() -> TcpListener.bind("127.0.0.1:" + port).await());
        runtime.spawn(() -> {
            for (;;) {
                var stream = listener.accept().await();
                stream.setNodelay(true);
                Edo.spawn(() -> serve(stream));
            }
        });
    }

    private static EdoRuntime runtime() {
        return EdoRuntime.builder().multiThread().workerThreads(Workers.COUNT).enableAll().build();
    }

    private static void serve(TcpStream stream) {
        try (stream) {
            var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            while (stream.read(buffer).await() >= 0) {
                stream.writeAll(buffer.flip()).await();
                buffer.clear();
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }

    private static final class Connection implements Future<@Nullable Void> {
        private final TcpStream stream;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private boolean writing;

        Connection(TcpStream stream) {
            this.stream = stream;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) {
            try {
                return echo(cx);
            } catch (IOException e) {
                return end(); // the other side has gone
            }
        }

        private Poll<@Nullable Void> echo(Context cx) throws IOException {
            for (;;) {
                if (!writing) {
                    int count = stream.pollRead(cx, buffer);
                    if (count == IoResult.PENDING) {
                        return Poll.pending();
                    }
                    if (count == IoResult.END_OF_STREAM) {
                        return end();
                    }
                    buffer.flip();
                    writing = true;
                }
                while (buffer.hasRemaining()) {
                    if (stream.pollWrite(cx, buffer) == IoResult.PENDING) {
                        return Poll.pending();
                    }
                }
                buffer.clear();
                writing = false;
            }
        }

        private Poll<@Nullable Void> end() {
            stream.close();
            return Poll.ready();
        }

        @Override
        public void cancel() {
            stream.close();
        }
    }
}
