package dev.edo.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A link of a channel's list: the messages of {@link #SLOTS} consecutive positions.
 *
 * <p>Algorithm: a slot is written once by the sender that claimed its position, and emptied by the
 * receiver. A message is there when its slot is not null; a slot before the receiver's position was
 * written, too. So a block is <em>final</em>, that is, all its slots were written, when each of
 * them is the one or the other.
 *
 * <p>Life: appended to a block; written and read; left behind by the list's tail, which notes up to
 * which position there may be senders that still walk over this block ({@code observedTail}); left
 * behind by the receiver; and, once the receiver has reached that position, reset and appended
 * again.
 *
 * <p>Origin: Tokio's {@code sync/mpsc/block.rs}. It departs in the ready bits: a reference that is
 * not null is its own ready bit, which spares an atomic update of a word that all senders share per
 * message. Its TX_CLOSED bit is {@link ListHead}'s end.
 */
final class Block {
    /** How many messages fit; a power of two. */
    static final int SLOTS = 32;

    private static final long OFFSET_MASK = SLOTS - 1;
    private static final long NOT_RELEASED = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle NEXT;
    private static final VarHandle OBSERVED_TAIL;

    static {
        try {
            var lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Block.class, "next", Block.class);
            OBSERVED_TAIL = lookup.findVarHandle(Block.class, "observedTail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Object[] slots = new Object[SLOTS];

    /** The position of the first slot; written before the block is appended. */
    private long start;

    private @Nullable Block next;
    private long observedTail = NOT_RELEASED;

    Block(long start) {
        this.start = start;
    }

    /** {@return the position of the first slot of the block that has this position} */
    static long startOf(long position) {
        return position & ~OFFSET_MASK;
    }

    /** {@return the index of a position within its block} */
    static int offsetOf(long position) {
        return (int) (position & OFFSET_MASK);
    }

    long start() {
        return start;
    }

    boolean startsAt(long position) {
        return start == position;
    }

    /** {@return how many blocks further this position's block is} */
    long blocksTo(long blockStart) {
        return (blockStart - start) / SLOTS;
    }

    /** By the sender that claimed the position. */
    void writeRelease(long position, Object message) {
        SLOT.setRelease(slots, offsetOf(position), message);
    }

    /** By the receiver: empties the slot. */
    @Nullable Object takeAcquire(long position) {
        int offset = offsetOf(position);
        Object message = SLOT.getAcquire(slots, offset);
        if (message != null) {
            slots[offset] = null; // published by the receiver's position
        }
        return message;
    }

    /** {@return whether this position's message is there} */
    boolean hasAcquire(long position) {
        return SLOT.getAcquire(slots, offsetOf(position)) != null;
    }

    @Nullable Block nextAcquire() {
        return (Block) NEXT.getAcquire(this);
    }

    /**
     * Appends a block to this one, if there is none.
     *
     * @return the one that is there already, or null when the block was appended
     */
    @Nullable Block tryAppend(Block block) {
        block.start = start + SLOTS;
        return (Block) NEXT.compareAndExchange(this, null, block);
    }

    /** The tail has left this block, which is final; senders with a claim before this may still be here. */
    void releaseTail(long tailPosition) {
        OBSERVED_TAIL.setRelease(this, tailPosition);
    }

    /** {@return whether no sender is here any more, where all before this position were received} */
    boolean isAbandoned(long received) {
        long observed = (long) OBSERVED_TAIL.getAcquire(this);
        return observed != NOT_RELEASED && observed <= received;
    }

    /** Makes an abandoned block, whose slots are empty, like new. */
    void reset() {
        next = null;
        observedTail = NOT_RELEASED;
    }
}
