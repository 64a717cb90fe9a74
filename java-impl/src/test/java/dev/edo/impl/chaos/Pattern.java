package dev.edo.impl.chaos;

import java.nio.ByteBuffer;

/** The bytes of one connection: each position has a value of its own, which also depends on the connection. */
final class Pattern {
    private final long seed;

    Pattern(long seed) {
        this.seed = seed * 0x9E3779B97F4A7C15L;
    }

    /** Fills the rest of a buffer with what comes from this position on. */
    void fill(ByteBuffer buffer, long position) {
        for (long at = position; buffer.hasRemaining(); at++) {
            buffer.put(at(at));
        }
    }

    /** Checks the rest of a buffer, which came from this position on. */
    void check(ByteBuffer buffer, long position) {
        for (long at = position; buffer.hasRemaining(); at++) {
            byte got = buffer.get();
            if (got != at(at)) {
                throw new AssertionError("byte " + at + " came back as " + got + " instead of " + at(at));
            }
        }
    }

    private byte at(long position) {
        return (byte) (seed + position * 7 + (position >>> 8) * 13 >>> 3);
    }
}
