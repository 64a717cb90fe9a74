package dev.edo.examples.echo;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one thread of the load generator measured, and the buffer it reads replies into. Written by
 * that thread; {@link #replies()} may be read by others meanwhile, the rest when the run is over.
 */
final class LoadTally {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram lag = new LatencyHistogram();
    /** Written by this tally's thread alone; opaque, because nothing else is published by it. */
    private final AtomicLong replies = new AtomicLong();

    private final AtomicLong mismatches = new AtomicLong();
    private long measuredReplies;

    /** {@return the buffer, empty; its content is gone with the next poll} */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    LatencyHistogram latency() {
        return latency;
    }

    /** {@return how late requests of an open loop were sent by connections that were free} */
    LatencyHistogram lag() {
        return lag;
    }

    void countReply(boolean measured, boolean intact) {
        replies.setOpaque(replies.getPlain() + 1);
        if (measured) {
            measuredReplies++;
        }
        if (!intact) {
            mismatches.setOpaque(mismatches.getPlain() + 1);
        }
    }

    long replies() {
        return replies.getOpaque();
    }

    long mismatches() {
        return mismatches.getOpaque();
    }

    long measuredReplies() {
        return measuredReplies;
    }
}
