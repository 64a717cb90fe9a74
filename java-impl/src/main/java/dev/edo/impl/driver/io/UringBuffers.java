package dev.edo.impl.driver.io;

import dev.edo.internal.SpinLock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a ring's operations: direct buffers, kept for the next operation that needs as much.
 *
 * <p>Algorithm: sizes are powers of two; of each size a few are kept, so that about a mebibyte of it stays. Larger
 * ones than {@link #LARGEST_KEPT_BYTES} are not kept: the JVM frees them with the buffer object.
 *
 * <p>Invariants: guarded by this lock. A buffer is in here or belongs to one operation.
 */
final class UringBuffers extends SpinLock {
    static final int LEAST_BYTES = 4096;
    static final int LARGEST_KEPT_BYTES = 2 * 1024 * 1024;
    private static final int KEPT_BYTES_PER_SIZE = 1024 * 1024;
    private static final int SIZES =
            Integer.numberOfTrailingZeros(LARGEST_KEPT_BYTES) - Integer.numberOfTrailingZeros(LEAST_BYTES) + 1;

    static {
        var first = new UringBuffers(); // links what runs under the lock
        first.give(first.take(1));
        first.give(first.take(1));
    }

    private final @Nullable ByteBuffer[][] kept = new @Nullable ByteBuffer[SIZES][];
    private final int[] keptCount = new int[SIZES];

    UringBuffers() {
        for (int i = 0; i < SIZES; i++) {
            kept[i] = new @Nullable ByteBuffer[Math.max(1, KEPT_BYTES_PER_SIZE / (LEAST_BYTES << i))];
        }
    }

    /** {@return a buffer of so many bytes or more, all of which are between its position and its limit} */
    ByteBuffer take(int bytes) {
        if (bytes > LARGEST_KEPT_BYTES) {
            return ByteBuffer.allocateDirect(bytes);
        }
        int size = sizeOf(bytes);
        ByteBuffer buffer = null;
        lock();
        try {
            int count = keptCount[size];
            if (count > 0) {
                keptCount[size] = count - 1;
                buffer = kept[size][count - 1];
                kept[size][count - 1] = null;
            }
        } finally {
            unlock();
        }
        return buffer != null ? buffer.clear() : ByteBuffer.allocateDirect(LEAST_BYTES << size);
    }

    /** Takes a buffer back, of which neither the kernel nor anybody else knows any more. */
    void give(ByteBuffer buffer) {
        int bytes = buffer.capacity();
        if (bytes > LARGEST_KEPT_BYTES) {
            return;
        }
        int size = sizeOf(bytes);
        lock();
        try {
            int count = keptCount[size];
            if (count < kept[size].length) {
                kept[size][count] = buffer;
                keptCount[size] = count + 1;
            }
        } finally {
            unlock();
        }
    }

    private static int sizeOf(int bytes) {
        int shift = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, LEAST_BYTES) - 1);
        return shift - Integer.numberOfTrailingZeros(LEAST_BYTES);
    }
}
