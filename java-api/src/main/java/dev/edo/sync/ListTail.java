package dev.edo.sync;

import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The list of messages of a channel, and its senders' end: any number of senders, one receiver, no
 * lock.
 *
 * <p>Algorithm: a sender claims a position by one atomic addition, finds the block that has its
 * slot, and writes the message there. Blocks are linked; {@code blockTail} is where senders start
 * to look. The first sender that walks beyond a block which is final moves {@code blockTail} over
 * it, and then notes in the block the position claimed last. When the receiver has got so far, it
 * appends the block again.
 *
 * <pre>
 *   word:  63 .............. 2    1     0
 *         +------------------+-----+-----+
 *         |  next position   |  R  |  S  |   S: sealed   R: the receiver did, or would have
 *         +------------------+-----+-----+
 *
 *   oldest           head                blockTail
 *     |               |                     |
 *   [given back] -> [read here] -> ... -> [written here] -> [empty] -> null
 * </pre>
 *
 * <p>Sealing sets S. The position in the word at that moment is where the list ends: claims after
 * it are refused, never touch a block, and tell the sender so by the claim itself. So sending costs
 * one atomic update, and the receiver knows the end exactly. Whoever sees S waits until the end has
 * been published, which is the sealer's next step; so after a refused send, or a second close,
 * everybody knows the end.
 *
 * <p>Invariants:
 * <ul>
 *   <li>{@code blockTail} never leaves a block that is not final: a sender that has claimed a slot there
 *       may be looking for it still.
 *   <li>A block is reset only when no sender has it. A sender reads {@code blockTail} after its claim.
 *       Where it reads block B, B was not left then; the position noted in B was read after B was left,
 *       so it is above the claim. The receiver waits until it has received all below it, the claim's
 *       message among them, and writing that is the last thing the sender did. The additions to the
 *       word, and the moves and reads of {@code blockTail}, are sequentially consistent.
 *   <li>For the same reason a block that a sender walks over does not change its start or its successor.
 * </ul>
 *
 * <p>Origin: Tokio's {@code sync/mpsc/list.rs}. It departs in the end: there, closing claims a
 * position and sets a bit in its block, and a counter beside the list tells whether the receiver
 * has closed it.
 */
final class ListTail extends LeadingPad {
    private static final long SEALED = 1;
    private static final long BY_RECEIVER = 1 << 1;
    private static final int POSITION_SHIFT = 2;
    private static final long ONE_POSITION = 1L << POSITION_SHIFT;
    /** How many blocks the receiver tries to append an abandoned one to, before it lets it go. */
    private static final int REUSE_TRIES = 3;

    private static final VarHandle WORD;
    private static final VarHandle BLOCK_TAIL;
    private static final VarHandle PERMITS;

    static {
        try {
            var lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(ListTail.class, "word", long.class);
            BLOCK_TAIL = lookup.findVarHandle(ListTail.class, "blockTail", Block.class);
            PERMITS = lookup.findVarHandle(ListTail.class, "permits", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        linkCallSites();
    }

    @SuppressWarnings("FieldMayBeFinal") // written through WORD
    private volatile long word;

    @SuppressWarnings("FieldMayBeFinal") // written through BLOCK_TAIL
    private volatile Block blockTail;

    /** The word of {@link ChannelPermits}, which a sender changes right before its claim; not the list's. */
    @SuppressWarnings("FieldMayBeFinal") // written through PERMITS
    private volatile long permits;

    private final ListHead head;

    ListTail() {
        var first = new Block(0);
        BLOCK_TAIL.setRelease(this, first); // nobody knows the list yet
        head = new ListHead(first);
    }

    /** Runs once what senders do after their claim: linking may park, and then a receiver would spin. */
    private static void linkCallSites() {
        var list = new ListTail();
        for (int i = 0; i <= 2 * Block.SLOTS; i++) {
            list.push(list);
        }
        while (list.head.poll(list) != null) {}
        list.seal(false);
    }

    /** {@return the receiver's end} */
    ListHead head() {
        return head;
    }

    long permits() {
        return permits;
    }

    boolean compareAndSetPermits(long expected, long next) {
        return PERMITS.compareAndSet(this, expected, next);
    }

    /** Before anybody else knows the list. */
    void setPermits(long word) {
        PERMITS.setRelease(this, word);
    }

    /**
     * Adds a message.
     *
     * @return whether it will be received; not when the list is sealed
     */
    boolean push(Object message) {
        long claim = (long) WORD.getAndAdd(this, ONE_POSITION);
        if ((claim & SEALED) != 0) {
            head.awaitEnd();
            return false;
        }
        long position = claim >>> POSITION_SHIFT;
        long start = Block.startOf(position);
        var block = blockTail;
        if (!block.startsAt(start)) {
            block = walk(block, position, start);
        }
        block.writeRelease(position, message);
        return true;
    }

    /**
     * Lets no more messages in. Idempotent; whoever calls wakes the receiver.
     *
     * @param byReceiver whether it is the receiver who wants no more
     */
    void seal(boolean byReceiver) {
        long before = (long) WORD.getAndBitwiseOr(this, byReceiver ? SEALED | BY_RECEIVER : SEALED);
        if ((before & SEALED) == 0) {
            head.setEnd(before >>> POSITION_SHIFT);
        } else {
            head.awaitEnd();
        }
    }

    /** {@return whether the receiver has sealed the list, or has tried to after a sender did} */
    boolean isSealedByReceiver() {
        if (!isBeingSealedByReceiver()) {
            return false;
        }
        head.awaitEnd();
        return true;
    }

    /** As {@link #isSealedByReceiver}, but does not wait for the end, which may not be known yet. */
    boolean isBeingSealedByReceiver() {
        return (word & BY_RECEIVER) != 0;
    }

    /** {@return how many messages were sent, those that are being sent included, and not received} */
    long size() {
        long seen = word;
        if ((seen & SEALED) != 0) {
            head.awaitEnd();
        }
        return Math.max(0, Math.min(seen >>> POSITION_SHIFT, head.end()) - head.positionAcquire());
    }

    private Block walk(Block from, long position, long start) {
        var block = from;
        // Not all senders try to move the tail, only the first few in each block.
        boolean movesTail = block.blocksTo(start) > Block.offsetOf(position);
        while (!block.startsAt(start)) {
            var next = block.nextAcquire();
            if (next == null) {
                next = grow(block);
            }
            movesTail = movesTail && isFinal(block) && leave(block, next);
            block = next;
        }
        return block;
    }

    /** Moves the tail over a final block; false when somebody else did. */
    private boolean leave(Block block, Block next) {
        if (!BLOCK_TAIL.compareAndSet(this, block, next)) {
            return false;
        }
        long claimed = (long) WORD.getAndAdd(this, 0L);
        block.releaseTail(claimed >>> POSITION_SHIFT);
        return true;
    }

    private boolean isFinal(Block block) {
        long last = block.start() + Block.SLOTS;
        long at = Math.max(block.start(), head.positionAcquire());
        while (at < last) {
            if (block.hasAcquire(at)) {
                at++;
            } else {
                long received = head.positionAcquire();
                if (received <= at) {
                    return false;
                }
                at = received;
            }
        }
        return true;
    }

    /** Appends a new block to one that was the last; or further behind, if there is another by now. */
    private static Block grow(Block block) {
        var fresh = new Block(0);
        var next = block.tryAppend(fresh);
        if (next == null) {
            return fresh;
        }
        var last = next;
        while (true) {
            var behind = last.tryAppend(fresh);
            if (behind == null) {
                return next;
            }
            last = behind;
        }
    }

    /** By the receiver: appends an abandoned block near the end. */
    void reuse(Block block) {
        @Nullable Block at = blockTail;
        for (int tries = 0; at != null && tries < REUSE_TRIES; tries++) {
            at = at.tryAppend(block);
        }
    }
}
