package dev.edo.examples.echo;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.IoResult;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One connection of the server in stackless style: what a poll left unwritten is in the buffer. */
final class EchoConnection implements Future<@Nullable Void> {
    private final TcpStream stream;
    private final ByteBuffer buffer;

    EchoConnection(TcpStream stream, int bufferBytes) {
        this.stream = stream;
        buffer = ByteBuffer.allocateDirect(bufferBytes).limit(0);
    }

    /** Reads and writes until one of the two has to wait. */
    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        try {
            for (;;) {
                while (buffer.hasRemaining()) {
                    if (stream.pollWrite(cx, buffer) == IoResult.PENDING) {
                        return Poll.pending();
                    }
                }
                int read = stream.pollRead(cx, buffer.clear());
                buffer.flip();
                if (read == IoResult.PENDING) {
                    return Poll.pending();
                }
                if (read < 0) {
                    stream.close();
                    return Poll.ready();
                }
            }
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    @Override
    public void cancel() {
        stream.close();
    }
}
