package dev.edo.impl.natives;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The layout of a poller's ready array: one entry for each slot that a wait has news for. The twin
 * of {@code struct edo_ready} in {@code native/include/edo_abi.h}, compared with it by {@link Abi}.
 *
 * <p>C writes the array during {@link NativePoller#waitEvents}; the thread that waited reads it
 * afterwards, and it is the only one: plain reads.
 */
public final class ReadyLayout {

    /** Bytes per entry. */
    public static final int SIZE = 8;

    static final int INDEX = 0;
    static final int READY = 4;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private ReadyLayout() {
    }

    /**
     * The ready array of a poller.
     *
     * @param poller the segment of the poller, from {@link PollerLayout#segment}
     */
    @SuppressWarnings("restricted")
    public static MemorySegment segment(MemorySegment poller) {
        // SAFETY: C allocated maxEvents entries at this address and frees them with the poller; the
        // owner of the poller uses neither after NativePoller.destroy.
        return MemorySegment.ofAddress(PollerLayout.ready(poller))
                .reinterpret((long) PollerLayout.maxEvents(poller) * SIZE);
    }

    /** The slot index of entry {@code i}. */
    public static int index(MemorySegment ready, int i) {
        // SAFETY: bounds are checked by the segment. Plain: see the class comment.
        return (int) INT.get(ready, (long) i * SIZE + INDEX);
    }

    /** The readiness bits that came with entry {@code i}. */
    public static int ready(MemorySegment ready, int i) {
        // SAFETY: as for index.
        return (int) INT.get(ready, (long) i * SIZE + READY);
    }
}
