package dev.edo.examples.echo;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * One connection's request and what has come back of it. Sends nothing itself: the bytes to write
 * are in {@link #unsent()}, the bytes read are given to {@link #receive}.
 */
final class EchoExchange {
    private final Payload payload;
    private final int connection;
    /** Position: what was sent. The content stays until the whole reply was compared with it. */
    private final ByteBuffer request;

    private final ByteBuffer expected;
    private long sequence;
    private boolean intact;

    EchoExchange(Payload payload, int connection) {
        this.payload = payload;
        this.connection = connection;
        request = ByteBuffer.allocateDirect(payload.length());
        expected = request.duplicate();
        request.limit(0);
        expected.limit(0);
    }

    /** Makes the next request. */
    void begin() {
        payload.fill(request, connection, sequence++);
        expected.clear();
        intact = true;
    }

    /** {@return the request's bytes that were not written yet; writing moves the position} */
    ByteBuffer unsent() {
        return request;
    }

    /** {@return whether a request was begun whose reply is not complete} */
    boolean isOpen() {
        return expected.hasRemaining();
    }

    /**
     * {@return whether each byte that was received since {@link #begin} is the one that was sent}
     */
    boolean isIntact() {
        return intact;
    }

    /**
     * Compares what came back.
     *
     * @param received position to limit, all of it
     * @return whether the reply is complete now
     * @throws ProtocolException when more bytes came back than were sent
     */
    boolean receive(ByteBuffer received) throws ProtocolException {
        int length = received.remaining();
        int sent = request.position() - expected.position();
        if (length > sent) {
            throw new ProtocolException("the server sent " + length + " bytes where " + sent + " were due");
        }
        int end = expected.limit();
        expected.limit(expected.position() + length);
        if (received.mismatch(expected) >= 0) {
            intact = false;
        }
        expected.position(expected.limit()).limit(end);
        return expected.position() == end;
    }
}
