package dev.edo.examples;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.IoResult;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An echo server whose tasks have no stack: each poll goes on where the last one had to wait. */
final class EchoStackless {
    void main() {
        Edo.run(() -> {
            try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                var server = Edo.spawn(accepting(listener));
                check(TcpStream.connect(listener.localAddress()).await());
                server.abort();
            }
        });
    }

    /**
     * A future can be a lambda. This one never completes: it is pending until somebody connects,
     * each time.
     */
    private static Future<@Nullable Void> accepting(TcpListener listener) {
        return cx -> {
            while (listener.pollAccept(cx) instanceof Poll.Ready<TcpStream>(var stream)) {
                Edo.spawn(new Connection(stream));
            }
            return Poll.pending();
        };
    }

    /**
     * A future with state is a class. This one reads, writes all that it read, and begins again.
     */
    static final class Connection implements Future<@Nullable Void> {
        private enum State { READING, WRITING, CLOSED }

        private final TcpStream stream;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        private State state = State.READING;

        Connection(TcpStream stream) {
            this.stream = stream;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws IOException {
            try {
                return goOn(cx);
            } catch (IOException e) {
                stream.close(); // a future that has failed is not cancelled as well
                throw e;
            }
        }

        private Poll<@Nullable Void> goOn(Context cx) throws IOException {
            for (;;) {
                switch (state) {
                    case READING -> {
                        int count = stream.pollRead(cx, buffer);
                        if (count == IoResult.PENDING) {
                            return Poll.pending(); // the stream will wake the task, which polls again
                        }
                        buffer.flip();
                        state = count == IoResult.END_OF_STREAM ? State.CLOSED : State.WRITING;
                    }
                    case WRITING -> {
                        if (stream.pollWrite(cx, buffer) == IoResult.PENDING) {
                            return Poll.pending();
                        }
                        if (!buffer.hasRemaining()) {
                            buffer.clear();
                            state = State.READING;
                        }
                    }
                    case CLOSED -> {
                        stream.close();
                        return Poll.ready();
                    }
                }
            }
        }

        /** The task was aborted, or the runtime shut down. */
        @Override
        public void cancel() {
            stream.close();
        }
    }

    /** A client in direct style, to see that the server is right. */
    private static void check(TcpStream stream) throws IOException {
        try (stream) {
            for (String word : new String[] {"hello", "stackless", "world"}) {
                var bytes = word.getBytes(StandardCharsets.UTF_8);
                stream.writeAll(ByteBuffer.wrap(bytes)).await();
                var reply = ByteBuffer.allocate(bytes.length);
                stream.readExact(reply).await();
                if (!reply.flip().equals(ByteBuffer.wrap(bytes))) {
                    throw new IOException("sent " + word + ", got " + StandardCharsets.UTF_8.decode(reply));
                }
                IO.println(word + " came back");
            }
        }
    }
}
