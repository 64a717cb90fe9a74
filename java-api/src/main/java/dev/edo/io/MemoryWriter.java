package dev.edo.io;

import dev.edo.future.Context;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects what is written in memory. */
final class MemoryWriter implements AsyncWrite {
    private static final int BLOCK_BYTES = 8192;

    private final ByteArrayOutputStream content;

    MemoryWriter(ByteArrayOutputStream content) {
        this.content = content;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) {
        if (!cx.pollProceed()) {
            return IoResult.PENDING;
        }
        cx.madeProgress();
        int n = src.remaining();
        if (src.hasArray()) {
            content.write(src.array(), src.arrayOffset() + src.position(), n);
            src.position(src.limit());
            return n;
        }
        var block = new byte[Math.min(n, BLOCK_BYTES)];
        while (src.hasRemaining()) {
            int length = Math.min(src.remaining(), block.length);
            src.get(block, 0, length);
            content.write(block, 0, length);
        }
        return n;
    }

    @Override
    public boolean pollFlush(Context cx) {
        return true;
    }

    @Override
    public boolean pollShutdown(Context cx) {
        return true;
    }
}
