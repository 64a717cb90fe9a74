package dev.edo.impl.natives;

import java.lang.foreign.MemorySegment;

/**
 * Regions of off-heap memory that are reserved at once and committed by the kernel page by page:
 * what lies in them never moves, and what is never touched costs address space only.
 *
 * <p><b>Errors.</b> The native methods return a value that is not negative, or {@code -errno}.
 */
public final class NativeMemory {

    private NativeMemory() {
    }

    /**
     * Reserves zeroed memory, aligned to a page.
     *
     * @return its address, or {@code -errno}
     */
    public static native long reserve(long bytes);

    /** Gives a whole region back. Nobody may use it any more, nor its segments. */
    public static native int release(long address, long bytes);

    /**
     * A view of a region. It does not own the memory: see {@link #release}.
     *
     * @param address what {@link #reserve} returned
     */
    @SuppressWarnings("restricted")
    public static MemorySegment segment(long address, long bytes) {
        // SAFETY: the caller passes a region it owns and drops the segment before it releases it.
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
