package dev.edo.examples.echo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes the bytes of each request. Eight bytes name the connection and the request; the rest is cut
 * from a pseudo-random pattern at a place that changes from request to request. So a byte that is
 * lost, repeated or taken from another connection shows.
 *
 * <p>Immutable: one for all connections.
 */
final class Payload {
    private static final int NAME_BYTES = Long.BYTES;
    /** A prime, so that the places repeat only after this many requests. */
    private static final int PLACES = 251;

    private final int length;
    private final byte[] pattern;

    Payload(int length) {
        this.length = length;
        pattern = new byte[length + PLACES];
        long state = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < pattern.length; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            pattern[i] = (byte) (state >>> 32);
        }
    }

    int length() {
        return length;
    }

    /** Overwrites the buffer with a request, ready to be sent. */
    void fill(ByteBuffer request, int connection, long sequence) {
        int place = (int) ((sequence * 31 + connection) % PLACES);
        request.clear().put(0, pattern, place, length);
        long name = sequence + connection * 0x9E3779B97F4A7C15L;
        if (length >= NAME_BYTES) {
            request.order(ByteOrder.LITTLE_ENDIAN).putLong(0, name);
        } else {
            for (int i = 0; i < length; i++) {
                request.put(i, (byte) (name >>> (Byte.SIZE * i)));
            }
        }
        request.limit(length);
    }
}
