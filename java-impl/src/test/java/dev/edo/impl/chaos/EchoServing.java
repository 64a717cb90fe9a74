package dev.edo.impl.chaos;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.IoResult;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One connection of the echo server, in both styles. */
final class EchoServing implements Future<@Nullable Void> {
    private final TcpStream stream;
    private final ByteBuffer buffer;
    private boolean writing;

    EchoServing(TcpStream stream, ByteBuffer buffer) {
        this.stream = stream;
        this.buffer = buffer;
    }

    /** Echoes until the end of the stream, then closes. */
    static void inDirectStyle(TcpStream stream, ByteBuffer buffer) throws IOException {
        try (stream) {
            while (stream.read(buffer).await() >= 0) {
                stream.writeAll(buffer.flip()).await();
                buffer.clear();
            }
        }
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        try {
            return step(cx) ? ended() : Poll.pending();
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    private Poll<@Nullable Void> ended() {
        stream.close();
        return Poll.ready();
    }

    /** {@return whether the client sent its last byte and got it back} */
    private boolean step(Context cx) throws IOException {
        for (;;) {
            if (writing) {
                if (stream.pollWrite(cx, buffer) == IoResult.PENDING) {
                    return false;
                }
                if (!buffer.hasRemaining()) {
                    buffer.clear();
                    writing = false;
                }
            } else {
                int count = stream.pollRead(cx, buffer);
                if (count == IoResult.PENDING) {
                    return false;
                }
                if (count == IoResult.END_OF_STREAM) {
                    return true;
                }
                buffer.flip();
                writing = true;
            }
        }
    }

    @Override
    public void cancel() {
        stream.close();
    }
}
