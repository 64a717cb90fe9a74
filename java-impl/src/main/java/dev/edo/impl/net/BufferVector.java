package dev.edo.impl.net;

import dev.edo.impl.natives.DirectAddress;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * Several buffers as the vector of one scattered or gathered call. Heap buffers are put into, and taken
 * out of, the scratch's bytes; where those are used up the vector ends, which makes the call a short
 * one.
 */
final class BufferVector implements AutoCloseable {
    private final ByteBuffer[] buffers;
    private final Scratch scratch = Scratch.take();

    /** How many buffers, empty ones included, the entries stand for. */
    private int covered;

    private int count;
    private int copied;
    private long bytes;

    private BufferVector(ByteBuffer[] buffers) {
        this.buffers = buffers;
    }

    static BufferVector toReceive(ByteBuffer[] dsts) {
        for (var dst : dsts) {
            NativeSocket.requireWritable(dst);
        }
        return of(dsts, false);
    }

    static BufferVector toSend(ByteBuffer[] srcs) {
        return of(srcs, true);
    }

    static boolean hasRemaining(ByteBuffer[] buffers) {
        for (var buffer : buffers) {
            if (buffer.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    private static BufferVector of(ByteBuffer[] buffers, boolean send) {
        var vector = new BufferVector(buffers);
        try {
            vector.fill(send);
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
        return vector;
    }

    private void fill(boolean send) {
        for (; covered < buffers.length && count < Scratch.VECTORS; covered++) {
            var buffer = buffers[covered];
            int length = buffer.remaining();
            if (length == 0) {
                continue;
            }
            if (bytes + length > Integer.MAX_VALUE) {
                return;
            }
            if (buffer.isDirect()) {
                add(DirectAddress.ofPosition(buffer), length);
                continue;
            }
            int part = Math.min(length, Scratch.BYTES - copied);
            if (part == 0) {
                return;
            }
            if (send) {
                scratch.bytes.put(copied, buffer, buffer.position(), part);
            }
            add(scratch.bytesAddress + copied, part);
            copied += part;
            if (part < length) {
                covered++;
                return;
            }
        }
    }

    private void add(long address, int length) {
        scratch.vector(count++, address, length);
        bytes += length;
    }

    Scratch scratch() {
        return scratch;
    }

    /** {@return how many entries there are} */
    int count() {
        return count;
    }

    /** {@return how many bytes the entries stand for} */
    long bytes() {
        return bytes;
    }

    /** Moves the buffers by what came in. */
    void received(int n) {
        advance(n, true);
    }

    /** Moves the buffers by what went out. */
    void sent(int n) {
        advance(n, false);
    }

    private void advance(int n, boolean copyOut) {
        int left = n;
        int from = 0;
        for (int i = 0; i < covered && left > 0; i++) {
            var buffer = buffers[i];
            int part = Math.min(left, buffer.remaining());
            if (!buffer.isDirect()) {
                part = Math.min(part, Scratch.BYTES - from);
                if (copyOut) {
                    buffer.put(buffer.position(), scratch.bytes, from, part);
                }
                from += part;
            }
            buffer.position(buffer.position() + part);
            left -= part;
        }
    }

    @Override
    public void close() {
        // SAFETY: the buffers' memory was in use until here.
        Reference.reachabilityFence(buffers);
        scratch.giveBack();
    }
}
