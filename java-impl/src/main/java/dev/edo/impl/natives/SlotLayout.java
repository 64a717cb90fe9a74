package dev.edo.impl.natives;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The layout of a slot: the off-heap home of one registered file descriptor's readiness. The twin
 * of {@code struct edo_slot} in {@code native/include/edo_abi.h}, compared with it by {@link Abi}.
 *
 * <p>The accessors take the segment of the whole region and the index of a slot in it. The memory
 * mode is in the name.
 *
 * <pre>
 *   readiness   | shutdown |  tick   | readiness |
 *               |    63    | 62 .. 16|  15 .. 0  |
 * </pre>
 *
 * <p><b>Ordering.</b> A waiter calls {@link #orWaiting} and then {@link #readinessVolatile}; C
 * changes readiness and then reads waiting. All four are sequentially consistent, so at least one
 * side sees the other ({@code edo_slot.c} tells the whole protocol).
 *
 * @see <a href="https://github.com/tokio-rs/tokio/blob/master/tokio/src/runtime/io/scheduled_io.rs">
 *     tokio::runtime::io::ScheduledIo</a>
 */
public final class SlotLayout {

    /** Bytes per slot. */
    public static final int SIZE = 128;
    /** A slot's address is a multiple of this: two slots share no pair of cache lines. */
    public static final int ALIGNMENT = 128;

    static final int READINESS = 0;
    static final int GENERATION = 8;
    static final int WAITING = 12;
    static final int INTEREST = 16;
    static final int FD = 20;

    static final int READINESS_BITS = 16;
    static final int TICK_BITS = 47;
    static final int GENERATION_BITS = 31;

    /** The readiness bits of a readiness word. */
    public static final long READINESS_MASK = (1L << READINESS_BITS) - 1;
    /** The values a tick can have; ticks count modulo this plus one. */
    public static final long TICK_MASK = (1L << TICK_BITS) - 1;
    /** The bit of a readiness word that says: the driver is gone. */
    public static final long SHUTDOWN = 1L << (READINESS_BITS + TICK_BITS);
    /** The values a generation can have. */
    public static final int GENERATION_MASK = (int) ((1L << GENERATION_BITS) - 1);

    /** There is something to read. */
    public static final int READABLE = 0x01;
    /** There is room to write. */
    public static final int WRITABLE = 0x02;
    /** The peer will send no more. */
    public static final int READ_CLOSED = 0x04;
    /** The peer takes no more. */
    public static final int WRITE_CLOSED = 0x08;
    /** There is urgent data. */
    public static final int PRIORITY = 0x10;
    /** There is an error to fetch. */
    public static final int ERROR = 0x20;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private SlotLayout() {
    }

    // SAFETY, for every accessor below: the segment spans the region that NativeMemory.reserve
    // gave, which its owner releases only after the last use; the VarHandle checks that the offset
    // is inside it and aligned, so a wrong index throws instead of touching foreign memory.

    private static long offset(int index, int field) {
        return (long) index * SIZE + field;
    }

    /** The readiness word, seq_cst: the second half of a waiter's handshake with C. */
    public static long readinessVolatile(MemorySegment slots, int index) {
        return (long) LONG.getVolatile(slots, offset(index, READINESS));
    }

    /** The readiness word, for a look before an operation. */
    public static long readinessAcquire(MemorySegment slots, int index) {
        return (long) LONG.getAcquire(slots, offset(index, READINESS));
    }

    /** Replaces the readiness word if it is still {@code expected}. */
    public static boolean casReadiness(
            MemorySegment slots, int index, long expected, long next) {
        return LONG.compareAndSet(slots, offset(index, READINESS), expected, next);
    }

    /** Adds bits, for example {@link #SHUTDOWN}. Returns the word before. */
    public static long orReadiness(MemorySegment slots, int index, long bits) {
        return (long) LONG.getAndBitwiseOr(slots, offset(index, READINESS), bits);
    }

    /** Overwrites the readiness word of a slot that nobody else knows. */
    public static void setReadinessVolatile(MemorySegment slots, int index, long word) {
        LONG.setVolatile(slots, offset(index, READINESS), word);
    }

    /** The generation, as its owner sees it. */
    public static int generationVolatile(MemorySegment slots, int index) {
        return (int) INT.getVolatile(slots, offset(index, GENERATION));
    }

    /** Sets the generation when the slot is freed. Pairs with C's acquire read in publish. */
    public static void setGenerationRelease(MemorySegment slots, int index, int generation) {
        INT.setRelease(slots, offset(index, GENERATION), generation);
    }

    /** The readiness bits that somebody waits for. */
    public static int waitingVolatile(MemorySegment slots, int index) {
        return (int) INT.getVolatile(slots, offset(index, WAITING));
    }

    /** Starts waiting: the first half of a waiter's handshake with C. Returns the bits before. */
    public static int orWaiting(MemorySegment slots, int index, int bits) {
        return (int) INT.getAndBitwiseOr(slots, offset(index, WAITING), bits);
    }

    /**
     * Keeps only the given bits. Returns the bits before: one that was removed here was not taken
     * by C, so C does not report it.
     */
    public static int andWaiting(MemorySegment slots, int index, int bits) {
        return (int) INT.getAndBitwiseAnd(slots, offset(index, WAITING), bits);
    }

    /** Overwrites the waiting bits of a slot that nobody else knows. */
    public static void setWaitingVolatile(MemorySegment slots, int index, int bits) {
        INT.setVolatile(slots, offset(index, WAITING), bits);
    }

    /** The bits registered with the kernel, for dumps. */
    public static int interestOpaque(MemorySegment slots, int index) {
        return (int) INT.getOpaque(slots, offset(index, INTEREST));
    }

    /** Notes the bits registered with the kernel. */
    public static void setInterestOpaque(MemorySegment slots, int index, int bits) {
        INT.setOpaque(slots, offset(index, INTEREST), bits);
    }

    /** The file descriptor, for dumps. */
    public static int fdOpaque(MemorySegment slots, int index) {
        return (int) INT.getOpaque(slots, offset(index, FD));
    }

    /** Notes the file descriptor. */
    public static void setFdOpaque(MemorySegment slots, int index, int fd) {
        INT.setOpaque(slots, offset(index, FD), fd);
    }

    /** The readiness bits of a readiness word. */
    public static int ready(long word) {
        return (int) (word & READINESS_MASK);
    }

    /** The tick of a readiness word. */
    public static long tick(long word) {
        return word >>> READINESS_BITS & TICK_MASK;
    }

    /** Whether a readiness word says that the driver is gone. */
    public static boolean isShutdown(long word) {
        return (word & SHUTDOWN) != 0;
    }

    /** The readiness word with this tick and these bits, not shut down. */
    public static long pack(long tick, int ready) {
        return (tick & TICK_MASK) << READINESS_BITS | ready & READINESS_MASK;
    }

    /** The generation that follows. */
    public static int nextGeneration(int generation) {
        return generation + 1 & GENERATION_MASK;
    }
}
