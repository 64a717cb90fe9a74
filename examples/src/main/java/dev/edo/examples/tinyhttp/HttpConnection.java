package dev.edo.examples.tinyhttp;

import dev.edo.net.TcpStream;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.Timeout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One connection. All requests that came with one read are answered with one write; in the steady
 * state nothing is allocated per request.
 */
final class HttpConnection {
    static final int BUFFER_BYTES = 16 << 10;

    /** How long a client that was told to go may still send. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final TcpStream stream;
    private final Responses responses;
    private final Request request = new Request();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long bodyBytesLeft;

    HttpConnection(TcpStream stream, Responses responses) {
        this.stream = stream;
        this.responses = responses;
    }

    /** Serves until the client ends it, asks for the end, or sends what is no request. */
    void run() throws Exception {
        while (stream.read(in).await() >= 0) {
            boolean goOn;
            try {
                goOn = answerAll(in.flip());
            } catch (BadRequest e) {
                append(e.answer());
                goOn = false;
            }
            flush();
            if (!goOn) {
                sayGoodbye();
                return;
            }
        }
    }

    /** Answers what is in the buffer; returns false after a request that is the client's last. */
    private boolean answerAll(ByteBuffer received) throws BadRequest, IOException {
        for (;;) {
            int skipped = (int) Math.min(bodyBytesLeft, received.remaining());
            received.position(received.position() + skipped);
            bodyBytesLeft -= skipped;
            if (!received.hasRemaining() || !request.parse(received)) {
                break;
            }
            bodyBytesLeft = request.bodyBytes();
            append(responses.to(request));
            if (!request.keepAlive()) {
                return false;
            }
        }
        received.compact();
        if (!received.hasRemaining()) {
            throw new BadRequest(Responses.HEAD_TOO_LARGE);
        }
        return true;
    }

    private void append(byte[] response) throws IOException {
        if (out.remaining() < response.length) {
            flush();
        }
        out.put(response);
    }

    private void flush() throws IOException {
        stream.writeAll(out.flip()).await();
        out.clear();
    }

    /** Closing with unread data would reset the connection, and the client might miss the answer. */
    private void sayGoodbye() throws Exception {
        stream.shutdownOutput().await();
        var end = Instant.now().plus(FAREWELL);
        try {
            // What is ready wins over a timeout, so the clock is asked as well.
            while (Instant.now().compareTo(end) < 0 && Timeout.at(end, stream.read(in.clear())).await() >= 0) {
                // it has been told
            }
        } catch (Elapsed e) {
            // it does not listen
        }
    }
}
