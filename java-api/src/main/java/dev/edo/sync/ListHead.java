package dev.edo.sync;

import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's end of a channel's list. The other end, and the whole of it, is {@link ListTail}.
 *
 * <p>Invariants: {@code head} has the slot of {@code position}, or is the block before it while
 * that has not been appended. {@code oldest} is the first block that was not given back; it is
 * never beyond {@code head}.
 */
final class ListHead extends LeadingPad {
    private static final long OPEN = Long.MAX_VALUE;
    private static final int SPINS_BEFORE_YIELD = 128;
    private static final VarHandle POSITION;
    private static final VarHandle END;

    static {
        try {
            var lookup = MethodHandles.lookup();
            POSITION = lookup.findVarHandle(ListHead.class, "position", long.class);
            END = lookup.findVarHandle(ListHead.class, "end", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Of the next message; written by the receiver. */
    private long position;

    /** The position after the last message there will be; written once, by whoever seals the list. */
    private volatile long end;

    private Block head;
    private Block oldest;

    /** The flag of {@link ChannelPermits}, which the receiver looks at after each message; not the list's. */
    private volatile boolean senderWaits;

    ListHead(Block first) {
        head = first;
        oldest = first;
        END.setRelease(this, OPEN); // nobody knows the list yet
    }

    /** {@return the next message, or null if it is not there: not sent, or being sent} */
    @Nullable Object poll(ListTail tail) {
        long at = position;
        if (!head.startsAt(Block.startOf(at)) && !advance()) {
            return null;
        }
        if (oldest != head) {
            reclaim(tail, at);
        }
        var message = head.takeAcquire(at);
        if (message != null) {
            POSITION.setRelease(this, at + 1);
        }
        return message;
    }

    private boolean advance() {
        var next = head.nextAcquire();
        if (next == null) {
            return false;
        }
        head = next;
        return true;
    }

    private void reclaim(ListTail tail, long received) {
        while (oldest != head && oldest.isAbandoned(received)) {
            var block = oldest;
            var next = block.nextAcquire();
            if (next == null) {
                throw new AssertionError("a block that the receiver has left has no successor");
            }
            oldest = next;
            block.reset();
            tail.reuse(block);
        }
    }

    /** {@return the position of the next message; all before it were received} */
    long positionAcquire() {
        return (long) POSITION.getAcquire(this);
    }

    boolean isSenderWaiting() {
        return senderWaits;
    }

    void setSenderWaiting(boolean waits) {
        senderWaits = waits;
    }

    /** {@return whether the list is sealed, and all its messages were received} */
    boolean isAtEnd() {
        return end == positionAcquire();
    }

    /** {@return the position after the last message, or the greatest number while the list is open} */
    long end() {
        return end;
    }

    void setEnd(long position) {
        end = position;
    }

    /** By whoever has seen that the list is sealed: waits for the sealer's next step. */
    void awaitEnd() {
        for (int spins = 1; end == OPEN; spins++) {
            if (spins % SPINS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
