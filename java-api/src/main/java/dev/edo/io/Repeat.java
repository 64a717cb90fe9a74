package dev.edo.io;

import dev.edo.future.Context;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A source of one byte again and again. */
final class Repeat implements AsyncRead {
    private static final int BLOCK_BYTES = 1024;

    private final byte[] block = new byte[BLOCK_BYTES];

    Repeat(byte value) {
        Arrays.fill(block, value);
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) {
        int wanted = dst.remaining();
        if (wanted == 0) {
            return 0;
        }
        if (!cx.pollProceed()) {
            return IoResult.PENDING;
        }
        cx.madeProgress();
        while (dst.hasRemaining()) {
            dst.put(block, 0, Math.min(dst.remaining(), BLOCK_BYTES));
        }
        return wanted;
    }
}
