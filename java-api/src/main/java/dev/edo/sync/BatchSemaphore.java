package dev.edo.sync;

import dev.edo.future.Waker;
import dev.edo.internal.WakeFailure;
import org.jspecify.annotations.Nullable;

/**
 * The semaphore below {@link Semaphore}, {@link Mutex}, {@code RwLock}, {@code OnceCell} and the
 * bounded channel: a caller may take any number of permits at once, and whoever asks first is served
 * first, however much it asks for.
 *
 * <p>Algorithm: one word, which is where the subclass wants it, has the free permits and two bits.
 *
 * <pre>
 *  63 ................. 2   1   0
 * +----------------------+---+---+
 * |     free permits     | W | C |   W: somebody may wait   C: closed
 * +----------------------+---+---+
 * </pre>
 *
 * <p>Where there are enough, they are taken by one compare-and-set. Otherwise the {@link Acquire}
 * takes the lock, takes what is there, and enters the list with the rest as its {@code remaining}.
 * What is there includes what {@linkplain #cameBack came back past the word} and was not swept up
 * yet; usually nothing does.
 * Where W is not set, released permits are added to the word by one compare-and-set. Otherwise they
 * go, under the lock, to the oldest waiter first; a waiter whose {@code remaining} is 0 leaves the
 * list and is woken: the permits are its own before it runs. Only what no waiter wants goes into
 * the word, and takes W away.
 *
 * <p>Invariants: W and C change under the lock only. W is set while the list is not empty: by the
 * same compare-and-set that takes the last free permits for a waiter to be, so that whoever
 * releases without the lock either came first, and its permits were taken, or sees W. While W is
 * set the word has no free permits and nobody without the lock changes it, so nobody overtakes; and
 * only the oldest waiter can have some of its permits. Hence closing is done in constant time: give
 * back what the oldest has, and let go of the list. Where nobody waits, what is swept up counts as such
 * when it is in the word, and not before: so whoever finds all swept up, then too little in the word,
 * and then that nothing more has come back, knows that there was too little.
 *
 * <p>Ordering: the change of the word that takes a permit pairs with the one that added it; a
 * permit that goes to a waiter is published by the release store that makes its {@code remaining}
 * 0, which its poll reads without the lock.
 *
 * <p>Origin: Tokio's {@code sync/batch_semaphore.rs}, where every release takes the lock. It departs
 * in {@link #close}, too: there a waiter that has all its permits but was not polled yet fails, here
 * it has them, and what a waiter in the list had is back when {@code close} returns. So after
 * closing, the sum of free permits and permits that somebody holds or will be told to hold is exact,
 * which a channel's receiver relies on.
 */
abstract sealed class BatchSemaphore permits PlainPermits, ChannelPermits {
    /** The most permits there can be. */
    static final long MAX_PERMITS = Long.MAX_VALUE >> 3;

    private static final long CLOSED = 1;
    private static final long WAITING = 1 << 1;
    private static final int PERMIT_SHIFT = 2;
    /** How many waiters are served in one turn of the lock. */
    private static final int WAKE_BATCH = 32;

    private final WaitList waiters = new WaitList();

    // --- the word

    /** {@return the word of an open semaphore with as many free permits} */
    static long openWord(long permits) {
        return checkPermits(permits) << PERMIT_SHIFT;
    }

    /** {@return the word; a volatile read} */
    abstract long word();

    /** Changes the word, if it is as expected. */
    abstract boolean compareAndSetWord(long expected, long next);

    // --- what comes back past the word

    /** {@return how many permits have ever come back past the word; only grows} */
    long cameBack() {
        return 0;
    }

    /** {@return how many of those were put into the word, or are for waiters; only grows} */
    long swept() {
        return 0;
    }

    /** Under the lock, and not once this is closed: so many are in the word by now, or for waiters. */
    void setSwept(long cameBack) {}

    /** Under the lock: what comes back past the word from now on is for a waiter. */
    void somebodyWaits() {}

    /** Under the lock: W was taken away. */
    void nobodyWaits() {}

    // --- permits

    /**
     * Runs all that runs under the lock once, because linking may park, which it must not do there. Each
     * subclass has it done with one that has one permit.
     */
    static void linkCallSites(BatchSemaphore semaphore) {
        var waiter = semaphore.acquire(2);
        semaphore.takeOrWait(waiter);
        semaphore.release(2);
        semaphore.leave(waiter);
        semaphore.close();
    }

    static long checkPermits(long permits) {
        if (permits < 0 || permits > MAX_PERMITS) {
            throw new IllegalArgumentException("permits=" + permits
                    + " is out of range; a semaphore has and hands out 0 to " + MAX_PERMITS + " permits");
        }
        return permits;
    }

    /** {@return how many permits are free; nobody waits where it is not 0} */
    long availablePermits() {
        return inWord();
    }

    /** {@return how many free permits the word has} */
    final long inWord() {
        return word() >>> PERMIT_SHIFT;
    }

    /** {@return whether {@link #close} was called} */
    final boolean isClosed() {
        return (word() & CLOSED) != 0;
    }

    /**
     * Takes permits if there are enough.
     *
     * @param n how many
     * @return whether they are the caller's
     */
    final Acquisition tryAcquire(long n) {
        checkPermits(n);
        var taken = takePermits(n);
        return taken == Acquisition.UNAVAILABLE ? tryAcquireSwept(n) : taken;
    }

    /** The word had too few: unless they had come back past it, or were being put there. */
    private Acquisition tryAcquireSwept(long n) {
        while (true) {
            long swept = swept();
            var taken = takePermits(n);
            if (taken != Acquisition.UNAVAILABLE || cameBack() == swept) {
                return taken;
            }
            waiters.lock();
            boolean othersWait = !waiters.isEmpty();
            collect();
            waiters.unlock();
            if (othersWait) {
                return Acquisition.UNAVAILABLE;
            }
        }
    }

    /**
     * A wait for permits; does nothing until it is polled.
     *
     * @param n how many
     * @return to be polled, and to be cancelled if not polled to its end
     */
    final Acquire acquire(long n) {
        return new Acquire(this, n);
    }

    /**
     * Gives permits to whoever waits, oldest first, and makes the rest free. Also after
     * {@link #close}.
     *
     * @param n how many
     * @throws IllegalStateException when there would be more than {@link #MAX_PERMITS}
     */
    final void release(long n) {
        checkPermits(n);
        if (n == 0) {
            return;
        }
        while (true) {
            long word = word();
            if ((word & WAITING) != 0) {
                waiters.lock();
                releaseLocked(n);
                return;
            }
            if ((word >>> PERMIT_SHIFT) + n > MAX_PERMITS) {
                throw tooMany(n);
            }
            if (compareAndSetWord(word, word + (n << PERMIT_SHIFT))) {
                return;
            }
        }
    }

    private static IllegalStateException tooMany(long n) {
        return new IllegalStateException("releasing " + n + " permits would make more than " + MAX_PERMITS
                + " free; release what was acquired, once");
    }

    /**
     * Takes free permits away for ever; those that somebody holds stay.
     *
     * @param n how many at most
     * @return how many
     */
    final long forgetPermits(long n) {
        checkPermits(n);
        while (true) {
            long word = word();
            long taken = Math.min(n, word >>> PERMIT_SHIFT);
            if (taken == 0 || compareAndSetWord(word, word - (taken << PERMIT_SHIFT))) {
                return taken;
            }
        }
    }

    /**
     * Makes all who wait, and all who come, fail. Who has permits keeps them, also one that was
     * given them and has not noticed yet. Idempotent.
     */
    final void close() {
        waiters.lock();
        if (isClosed()) {
            waiters.unlock();
            return;
        }
        long returned = 0;
        if (waiters.first() instanceof Acquire oldest) {
            returned = oldest.giveUpPart();
        }
        while (true) {
            long word = word();
            if (compareAndSetWord(word, ((word & ~WAITING) + (returned << PERMIT_SHIFT)) | CLOSED)) {
                break;
            }
        }
        nobodyWaits();
        var chain = waiters.takeAll();
        waiters.unlock();
        WakeFailure.raise(Waiter.wakeChain(chain, null));
    }

    private Acquisition takePermits(long n) {
        while (true) {
            long word = word();
            if ((word & CLOSED) != 0) {
                return Acquisition.CLOSED;
            }
            if (word >>> PERMIT_SHIFT < n) {
                return Acquisition.UNAVAILABLE;
            }
            if (compareAndSetWord(word, word - (n << PERMIT_SHIFT))) {
                return Acquisition.ACQUIRED;
            }
        }
    }

    /** The first poll of a waiter: takes the permits, or enters the list with the waker that it has. */
    final Acquisition takeOrWait(Acquire waiter) {
        long n = waiter.requested();
        var taken = takePermits(n);
        if (taken != Acquisition.UNAVAILABLE) {
            return taken;
        }
        waiters.lock();
        collect();
        while (true) {
            long word = word();
            long free = word >>> PERMIT_SHIFT;
            if ((word & CLOSED) != 0) {
                taken = Acquisition.CLOSED;
                break;
            }
            long used = Math.min(free, n);
            long next = (word - (used << PERMIT_SHIFT)) | (used == n ? 0 : WAITING);
            if (next == word || compareAndSetWord(word, next)) {
                taken = used == n ? Acquisition.ACQUIRED : enter(waiter, used);
                break;
            }
        }
        waiters.unlock();
        return taken;
    }

    /** Under the lock, when W is set: enters the list, unless what came back up to now is enough. */
    private Acquisition enter(Acquire waiter, long taken) {
        long given = taken;
        if (waiters.isEmpty()) {
            somebodyWaits();
            long back = cameBack();
            long late = back - swept();
            long missing = waiter.requested() - taken;
            if (late >= missing) {
                addToWord(late - missing);
                setSwept(back);
                return Acquisition.ACQUIRED;
            }
            setSwept(back);
            given += late;
        }
        waiter.assign(given);
        waiters.add(waiter);
        return Acquisition.UNAVAILABLE;
    }

    /** Under the lock: makes what came back past the word free, unless somebody waits for it. */
    private void collect() {
        if (waiters.isEmpty() && !isClosed()) {
            long back = cameBack();
            long unswept = back - swept();
            if (unswept != 0) {
                addToWord(unswept);
                setSwept(back);
            }
        }
    }

    /** Hands what came back past the word to whoever waits. */
    final void handOnSwept() {
        waiters.lock();
        collect();
        long handedOn = 0;
        if (!waiters.isEmpty()) { // nor is this closed, then
            long back = cameBack();
            handedOn = back - swept();
            setSwept(back);
        }
        releaseLocked(handedOn);
    }

    final void lock() {
        waiters.lock();
    }

    final void unlock() {
        waiters.unlock();
    }

    /** A later poll of a waiter. */
    final Acquisition pollQueued(Acquire waiter, Waker waker) {
        if (waiter.isServed()) {
            return Acquisition.ACQUIRED;
        }
        waiters.lock();
        var found = served(waiter);
        if (found == Acquisition.UNAVAILABLE) {
            waiter.waker = waker;
        }
        waiters.unlock();
        return found;
    }

    /** A waiter leaves; the permits that it was given go to the next. */
    final void leave(Acquire waiter) {
        waiters.lock();
        if (served(waiter) == Acquisition.UNAVAILABLE) {
            waiters.remove(waiter);
            waiter.waker = null;
        }
        long returned = waiter.assigned();
        if (returned == 0) {
            waiters.unlock();
        } else {
            releaseLocked(returned);
        }
    }

    /** Of a waiter that has entered the list, under the lock; still there if the answer is unavailable. */
    private Acquisition served(Acquire waiter) {
        if (waiter.isServed()) {
            return Acquisition.ACQUIRED;
        }
        return isClosed() ? Acquisition.CLOSED : Acquisition.UNAVAILABLE;
    }

    /** Called with the lock, which it gives back. */
    private void releaseLocked(long n) {
        long rest = n;
        boolean overflow = false;
        @Nullable Throwable failure = null;
        while (true) {
            @Nullable Waiter chain = null;
            @Nullable Waiter end = null;
            for (int served = 0; rest > 0 && served < WAKE_BATCH; served++) {
                if (!(waiters.first() instanceof Acquire oldest)) {
                    overflow = !addToWord(rest);
                    rest = 0;
                    break;
                }
                long given = Math.min(rest, oldest.remaining());
                rest -= given;
                if (given < oldest.remaining()) {
                    oldest.assign(given);
                    break;
                }
                waiters.remove(oldest);
                if (end == null) {
                    chain = oldest;
                } else {
                    end.next = oldest;
                }
                end = oldest;
                oldest.assign(given);
            }
            waiters.unlock();
            failure = Waiter.wakeChain(chain, failure);
            if (rest == 0) {
                break;
            }
            waiters.lock();
        }
        WakeFailure.raise(failure);
        if (overflow) {
            throw tooMany(n);
        }
    }

    /** Under the lock, when nobody waits. */
    private boolean addToWord(long n) {
        while (true) {
            long word = word();
            if ((word >>> PERMIT_SHIFT) + n > MAX_PERMITS) {
                return false;
            }
            if (compareAndSetWord(word, (word & ~WAITING) + (n << PERMIT_SHIFT))) {
                nobodyWaits();
                return true;
            }
        }
    }

    @Override
    public final String toString() {
        return "permits=" + availablePermits() + (isClosed() ? ", closed" : "");
    }
}
