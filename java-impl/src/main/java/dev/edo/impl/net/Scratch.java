package dev.edo.impl.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap memory for the duration of one socket call: bytes of heap buffers on their way, the vector of a
 * scattered or gathered call, the address of a datagram, and errno.
 *
 * <p>Algorithm: a pool of at most {@link #POOL_SIZE}, each slot taken by an exchange and given back by
 * a CAS. It is not thread-local because a virtual thread's locals are its own, not its carrier's. A
 * thread looks at few slots, starting at one of its own; where they are empty it makes a new scratch,
 * and what finds no free slot on its way back is left to the garbage collector. No more are in use at
 * once than threads are inside a socket call.
 */
final class Scratch {
    /** The most that one call copies for heap buffers. */
    static final int BYTES = 64 * 1024;

    /** The most buffers that one scattered or gathered call takes. */
    static final int VECTORS = 64;

    static final long VECTOR_BYTES = 16;

    private static final int PROBES = 4;
    private static final int POOL_SIZE =
            Math.clamp(Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4L, 8, 128);
    private static final AtomicReferenceArray<@Nullable Scratch> POOL = new AtomicReferenceArray<>(POOL_SIZE);

    /** {@link #BYTES} long; its position and limit are left alone. */
    final ByteBuffer bytes;

    /** Where {@link #bytes} lies. */
    final long bytesAddress;

    /** An array of {@link #VECTORS} {@code struct iovec}: a pointer and a size each. */
    final MemorySegment vectors;

    /** Room for any address; in whole words. */
    static final int NAME_BYTES = 128;

    /** The address of a datagram, as {@link SockaddrLayout} and {@link UnixAddresses} draw it. */
    final MemorySegment name;

    /** How long {@link #name} is, for the system: an int. */
    final MemorySegment nameLength;

    /** What {@link SocketCalls} captures errno in. */
    final MemorySegment callState;

    private Scratch() {
        var arena = Arena.ofAuto();
        var memory = arena.allocate(BYTES, 64);
        bytes = memory.asByteBuffer();
        bytesAddress = memory.address();
        vectors = arena.allocate(VECTORS * VECTOR_BYTES, Long.BYTES);
        name = arena.allocate(NAME_BYTES, Long.BYTES);
        nameLength = arena.allocate(ValueLayout.JAVA_INT);
        callState = arena.allocate(SocketCalls.CALL_STATE);
    }

    static Scratch take() {
        int at = home();
        for (int probe = 0; probe < PROBES; probe++) {
            var scratch = POOL.getAndSet(at + probe & POOL_SIZE - 1, null);
            if (scratch != null) {
                return scratch;
            }
        }
        return new Scratch();
    }

    void giveBack() {
        int at = home();
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = at + probe & POOL_SIZE - 1;
            if (POOL.getPlain(slot) == null && POOL.compareAndSet(slot, null, this)) {
                return;
            }
        }
    }

    /** Sets an entry of {@link #vectors}. */
    void vector(int index, long address, long length) {
        vectors.setAtIndex(ValueLayout.JAVA_LONG, 2L * index, address);
        vectors.setAtIndex(ValueLayout.JAVA_LONG, 2L * index + 1, length);
    }

    private static int home() {
        long id = Thread.currentThread().threadId();
        return (int) (id * 0x9E3779B97F4A7C15L >>> 48);
    }
}
