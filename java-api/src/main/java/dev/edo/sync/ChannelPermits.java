package dev.edo.sync;

import java.lang.invoke.VarHandle;

/**
 * The permits of a bounded channel. A message holds one, and the receiver gives it back by the very
 * step that takes the message out of the list: the number of messages received is the number of
 * permits that came back past the word. So the receiver does not write the word, for which the
 * senders would have to fetch it anew with each message; they sweep up what came back when the word
 * has too little.
 *
 * <p>The word lies beside the one that a sender changes next, so that both come in one cache line, and
 * the flag beside what the receiver writes.
 *
 * <p>Algorithm: {@code swept} is how many of the messages received have been counted into the word,
 * or handed to a waiter. The receiver and the first sender that has to wait each do two things, with
 * a fence between.
 *
 * <pre>
 *   sender, under the lock              receiver, {@link #received}
 *   S1 raise the flag                   R1 take the message: the position grows (before the call)
 *   S2 full fence                       R2 full fence
 *   S3 sweep once more; enter the list  R3 look at the flag; if raised: lock, sweep, hand on
 * </pre>
 *
 * <p>Invariants: no permit is lost between the two. If R2 comes first, S3 sees the position of R1;
 * else R3 sees the flag, and the lock makes the receiver wait until the sender is in the list. The
 * flag is raised while somebody is in the list, and lowered with the word's W only. {@code swept} is
 * written under the lock, and not once this is closed: from then on the free permits are those in
 * the word and those not swept, and both only grow. It is written after the word, because a sender
 * that finds all swept and too little in the word takes the channel for full.
 *
 * <p>Origin: Edo's own. In Tokio's {@code sync/mpsc/bounded.rs} the receiver releases a permit of the
 * semaphore with each message.
 */
final class ChannelPermits extends BatchSemaphore {
    static {
        linkCallSites(new ChannelPermits(1, new ListTail()));
    }

    private final ListTail tail;
    private final ListHead head;
    private volatile long swept;

    /**
     * Of a channel that nobody knows yet.
     *
     * @param capacity its permits
     * @param tail the list of its messages
     */
    ChannelPermits(int capacity, ListTail tail) {
        this.tail = tail;
        head = tail.head();
        tail.setPermits(openWord(capacity));
    }

    @Override
    long word() {
        return tail.permits();
    }

    @Override
    boolean compareAndSetWord(long expected, long next) {
        return tail.compareAndSetPermits(expected, next);
    }

    /** After the receiver took messages out of the list. */
    void received() {
        VarHandle.fullFence(); // R2, for S2
        if (head.isSenderWaiting()) {
            handOnSwept();
        }
    }

    /** {@return how many permits are free; also those that the receiver is about to hand to a waiter} */
    @Override
    long availablePermits() {
        lock(); // in the middle of a sweep they are counted twice
        long free;
        long inWord;
        do {
            inWord = inWord();
            free = inWord + head.positionAcquire() - swept;
        } while (inWord() != inWord);
        unlock();
        return free;
    }

    /** {@return whether this is closed, and nobody holds a permit or will be told to} */
    boolean isClosedAndBack(int capacity) {
        return isClosed() && inWord() + head.positionAcquire() - swept == capacity;
    }

    @Override
    long cameBack() {
        return head.positionAcquire();
    }

    @Override
    long swept() {
        return swept;
    }

    @Override
    void setSwept(long cameBack) {
        swept = cameBack;
    }

    @Override
    void somebodyWaits() {
        head.setSenderWaiting(true); // S1
        VarHandle.fullFence(); // S2, for R2
    }

    @Override
    void nobodyWaits() {
        head.setSenderWaiting(false);
    }
}
