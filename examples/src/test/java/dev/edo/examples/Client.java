package dev.edo.examples;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A blocking client that talks in text; a read that gets no answer fails after a while. */
public final class Client implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();

    public Client(InetSocketAddress server) throws IOException {
        socket.connect(server);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the sending side; receiving goes on. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next so many bytes. */
    public String receive(int bytes) throws IOException {
        var received = socket.getInputStream().readNBytes(bytes);
        if (received.length < bytes) {
            throw new EOFException("expected bytes=" + bytes + ", got " + text(received));
        }
        return text(received);
    }

    /** The next line, without its end. */
    public String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b; (b = socket.getInputStream().read()) != '\n'; ) {
            if (b < 0) {
                throw new EOFException("expected a line, got " + text(line.toByteArray()));
            }
            line.write(b);
        }
        return text(line.toByteArray());
    }

    /** All that comes until the server ends the connection. */
    public String rest() throws IOException {
        return text(socket.getInputStream().readAllBytes());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
