package dev.edo.examples.miniredis;

import dev.edo.net.TcpStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The answers to all commands that came with one read, written at once where they fit into the
 * buffer.
 */
final class Reply {
    private static final int BUFFER_BYTES = 16 << 10;
    /** A type byte, a number, the end of the line. */
    private static final int HEADER_BYTES = 1 + Decimal.MAX_BYTES + 2;

    private static final byte[] NIL = ascii("$-1\r\n");

    private final TcpStream stream;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

    Reply(TcpStream stream) {
        this.stream = stream;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Appends what is RESP already. */
    void raw(byte[] resp) throws IOException {
        put(resp);
    }

    void nil() throws IOException {
        put(NIL);
    }

    void integer(long value) throws IOException {
        header(':', value);
    }

    void array(int elements) throws IOException {
        header('*', elements);
    }

    void bulk(byte[] value) throws IOException {
        header('$', value.length);
        put(value);
        endOfLine();
    }

    /** Appends a word of the command itself. */
    void bulk(Command command, int word) throws IOException {
        int length = command.length(word);
        if (length > BUFFER_BYTES) {
            bulk(command.bytes(word));
            return;
        }
        header('$', length);
        ensure(length);
        command.append(word, out);
        endOfLine();
    }

    void error(String message) throws IOException {
        var text = message.replace('\r', ' ').replace('\n', ' ');
        put(("-" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void flush() throws IOException {
        if (out.position() > 0) {
            stream.writeAll(out.flip()).await();
            out.clear();
        }
    }

    private void header(char type, long number) throws IOException {
        ensure(HEADER_BYTES);
        out.put((byte) type);
        Decimal.append(number, out);
        out.put((byte) '\r').put((byte) '\n');
    }

    private void endOfLine() throws IOException {
        ensure(2);
        out.put((byte) '\r').put((byte) '\n');
    }

    private void put(byte[] bytes) throws IOException {
        if (bytes.length <= BUFFER_BYTES) {
            ensure(bytes.length);
            out.put(bytes);
        } else {
            flush();
            stream.writeAll(ByteBuffer.wrap(bytes)).await();
        }
    }

    private void ensure(int room) throws IOException {
        if (out.remaining() < room) {
            flush();
        }
    }
}
