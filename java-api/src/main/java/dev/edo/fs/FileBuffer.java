package dev.edo.fs;

import dev.edo.spi.FileRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/**
 * The bytes between a file and whoever uses it: read ahead, or on their way into the file.
 *
 * <p>Origin: {@code Buf} in Tokio's io/blocking.rs.
 */
final class FileBuffer {
    private byte[] bytes = {};
    private int start;
    private int end;

    int remaining() {
        return end - start;
    }

    /** {@return how many bytes were in here} */
    int clear() {
        int n = end - start;
        start = 0;
        end = 0;
        return n;
    }

    /** Gives as much as there is room for. */
    int copyTo(ByteBuffer dst) {
        int n = Math.min(end - start, dst.remaining());
        dst.put(bytes, start, n);
        start += n;
        return n;
    }

    /** Takes the first bytes, in the place of what was in here; the sources stay as they are. */
    void copyFrom(ByteBuffer[] srcs, int length) {
        reserve(length);
        int filled = 0;
        for (var src : srcs) {
            int n = Math.min(src.remaining(), length - filled);
            src.get(src.position(), bytes, filled, n);
            filled += n;
        }
        start = 0;
        end = length;
    }

    /** Takes what the kernel has read, in the place of what was in here. */
    void copyFrom(FileRing.Call read, int length) {
        reserve(length);
        read.copyTo(bytes, 0, length);
        start = 0;
        end = length;
    }

    private void reserve(int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
    }

    /** {@return how many bytes were read, -1 at the end of the file} */
    int readFrom(BlockingFile file, int mostBytes) throws IOException {
        start = 0;
        end = 0;
        reserve(mostBytes);
        int n = file.read(ByteBuffer.wrap(bytes, 0, mostBytes));
        end = Math.max(n, 0);
        return n;
    }

    /** Writes all of it, and tells of each piece; this is empty afterwards, even where that fails. */
    void writeTo(BlockingFile file, IntConsumer written) throws IOException {
        var src = ByteBuffer.wrap(bytes, start, end - start);
        try {
            while (src.hasRemaining()) {
                written.accept(file.write(src));
            }
        } finally {
            clear();
        }
    }
}
