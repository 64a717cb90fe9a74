package dev.edo.examples.tinyhttp;

import dev.edo.future.Future;
import dev.edo.net.TcpStream;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.Timeout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection. All requests that came with one read are answered with one write; in the steady
 * state nothing is allocated per request, only for each wait. No wait is without an end, see {@link Limits}.
 */
final class HttpConnection {
    static final int BUFFER_BYTES = 16 << 10;

    /** How long a client that was told to go may still send. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final TcpStream stream;
    private final Responses responses;
    private final Limits limits;
    private final Request request = new Request();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long bodyBytesLeft;
    /** Until when the next request must begin; null before the pause, and from when its head was there. */
    private @Nullable Instant idleEnd;
    /** Until when the rest of a request must be there of which a part is; null where there is none. */
    private @Nullable Instant requestEnd;

    HttpConnection(TcpStream stream, Responses responses, Limits limits) {
        this.stream = stream;
        this.responses = responses;
        this.limits = limits;
    }

    /** Serves until the client ends it, asks for the end, sends what is no request, or lets it wait for too long. */
    void run() throws Exception {
        try {
            while (read() >= 0) {
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
        } catch (Elapsed e) {
            if (requestEnd != null) {
                append(Responses.REQUEST_TIMEOUT);
                flush();
                sayGoodbye();
            }
        }
    }

    /** Reads on. What is ready wins over a timeout, so the clock is asked as well. */
    private int read() throws Exception {
        var now = Instant.now();
        var end = in.position() > 0 || bodyBytesLeft > 0 ? endOfRequest(now) : endOfPause(now);
        var read = now.compareTo(end) < 0 ? stream.read(in) : Future.<Integer>pending();
        return Timeout.at(end, read).await();
    }

    private Instant endOfRequest(Instant now) {
        var end = requestEnd;
        if (end == null) {
            end = now.plus(limits.request());
            requestEnd = end;
        }
        return end;
    }

    /** Empty lines neither begin a request nor buy time. */
    private Instant endOfPause(Instant now) {
        requestEnd = null;
        var end = idleEnd;
        if (end == null) {
            end = now.plus(limits.idle());
            idleEnd = end;
        }
        return end;
    }

    /** Answers what is in the buffer; returns false after a request that is the client's last. */
    private boolean answerAll(ByteBuffer received) throws Exception {
        for (;;) {
            int skipped = (int) Math.min(bodyBytesLeft, received.remaining());
            received.position(received.position() + skipped);
            bodyBytesLeft -= skipped;
            if (skipped > 0 && bodyBytesLeft == 0) {
                requestEnd = null;
            }
            if (!received.hasRemaining() || !request.parse(received)) {
                break;
            }
            bodyBytesLeft = request.bodyBytes();
            idleEnd = null;
            requestEnd = null;
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

    private void append(byte[] response) throws Exception {
        if (out.remaining() < response.length) {
            flush();
        }
        out.put(response);
    }

    private void flush() throws Exception {
        try {
            Timeout.of(limits.response(), stream.writeAll(out.flip())).await();
        } catch (Elapsed e) {
            throw new IOException("the client does not take its answers", e);
        }
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
