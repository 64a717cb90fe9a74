package dev.edo.io;

import dev.edo.future.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the content of a buffer. */
final class MemoryReader implements AsyncBufRead, AsyncSeek {
    private final ByteBuffer content;
    private final int first;
    private final int end;

    MemoryReader(ByteBuffer content) {
        this.content = content.duplicate();
        this.first = content.position();
        this.end = content.limit();
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) {
        if (!dst.hasRemaining()) {
            return 0;
        }
        if (!cx.pollProceed()) {
            return IoResult.PENDING;
        }
        cx.madeProgress();
        int n = Math.min(content.remaining(), dst.remaining());
        if (n == 0) {
            return IoResult.END_OF_STREAM;
        }
        dst.put(dst.position(), content, content.position(), n).position(dst.position() + n);
        content.position(content.position() + n);
        return n;
    }

    @Override
    public @Nullable ByteBuffer pollFillBuf(Context cx) {
        return content.duplicate();
    }

    @Override
    public void consume(int bytes) {
        if (bytes < 0 || bytes > content.remaining()) {
            throw new IllegalArgumentException("consume bytes=" + bytes + ": only " + content.remaining()
                    + " are left; consume no more than fillBuf() returned");
        }
        content.position(content.position() + bytes);
    }

    @Override
    public void startSeek(SeekFrom position) throws IOException {
        long size = end - first;
        long target = switch (position) {
            case SeekFrom.Start(long bytes) -> bytes;
            case SeekFrom.End(long bytes) -> saturatedAdd(size, bytes);
            case SeekFrom.Current(long bytes) -> saturatedAdd(content.position() - first, bytes);
        };
        if (target < 0) {
            throw new IOException("seek to " + position + " is before the start");
        }
        if (target > size) {
            throw new IOException("seek to " + position + " is beyond the end, size=" + size + " bytes");
        }
        content.position(first + (int) target);
    }

    private static long saturatedAdd(long position, long bytes) {
        return bytes > Long.MAX_VALUE - position ? Long.MAX_VALUE : position + bytes;
    }

    @Override
    public long pollComplete(Context cx) {
        return content.position() - first;
    }
}
