package dev.edo.impl.scheduler.multithread;

import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who sleeps and who searches for work; decides whom a new task wakes.
 *
 * <p>Protocol: {@code sleepers} has a bit per worker that is asleep, {@code searching} counts workers that look for
 * something to steal. All accesses are volatile and so in one total order, and so is the count of the inject queue; the
 * workers' queues are written with release stores and read with acquire loads, so a full fence stands between a push
 * there and the notifier's first look here, and another one between a searcher's last change here and its second look
 * at the queues.
 * <ul>
 * <li><em>Notify</em>, after a task was queued: where somebody searches, nobody is woken, for the searcher will find
 *     the task or, as the last one to give up, look again. Otherwise searching goes from 0 to 1 on behalf of the
 *     worker to be woken; then a sleeper's bit is cleared and that worker unparked: it wakes up as a searcher. The
 *     worker that sleeps in the driver is the last choice, so that somebody goes on to wait for I/O.
 * <li><em>Found work</em>: a worker stops being a searcher before it runs what it found. The last one looks at all
 *     queues once more and notifies if there is anything, for those who saw it search have woken nobody.
 * <li><em>Park</em>: the worker sets its bit first and then stops being a searcher. The last searcher to stop looks
 *     at all queues once more and notifies if there is anything. So does a worker that was refused as a searcher and
 *     finds, its bit set, that those it was refused for have stopped: they may have found work and not look again.
 *     So of a notifier that saw a searcher and that searcher, the searcher sees the task, or wakes somebody who
 *     does; of a notifier that saw neither searcher nor sleeper and a worker about to sleep, the worker sees it.
 * <li><em>A notifier that raised searching and then found no sleeper</em> has to do what a last searcher does: if it
 *     lowers the count to 0, look again.
 * <li><em>A worker that the driver woke</em> clears its own bit. If a notifier was faster, the worker counts as
 *     searching, for the notifier counted it.
 * <li>At most half of the workers search at a time.
 * </ul>
 *
 * <p>Origin: Tokio's {@code multi_thread/idle.rs} keeps the sleepers in a list behind a mutex. Here notify must not
 * block, since the JDK calls it with a pinned virtual thread; the count of unparked workers follows from the bits.
 * There a worker that was refused does not look again, and a task may wait beside it for the end of another one;
 * and the last searcher that found work wakes another worker even if there is nothing left to do.
 */
final class Idle extends LeadingPad {
    /** What {@link #notifyOne} decided. */
    static final int NOBODY = -1;

    /** Nobody to wake, and the caller has to look at the queues again as the last searcher does. */
    static final int LOOK_AGAIN = -2;

    /** Words before and behind the bits, so that nothing else is written in their cache lines. */
    private static final int PAD = 16;

    private static final VarHandle SLEEPERS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SEARCHING;

    static {
        try {
            SEARCHING = MethodHandles.lookup().findVarHandle(Idle.class, "searching", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] sleepers;
    private final int words;
    private final int workers;

    @SuppressWarnings("FieldMayBeFinal") // written through SEARCHING
    private volatile int searching;

    Idle(int workers) {
        this.workers = workers;
        this.words = (workers + 63) / 64;
        this.sleepers = new long[PAD + words + PAD];
    }

    /**
     * Picks a worker to wake for a task that has just been queued: its index, NOBODY or LOOK_AGAIN.
     *
     * @param reluctant the worker that is picked only if no other one sleeps, or NOBODY
     */
    int notifyOne(int reluctant) {
        VarHandle.fullFence(); // between the push and the look for searchers; pairs with the one in lookAgain
        return notifyOneOfPushed(reluctant);
    }

    /** The same for a task in the inject queue, whose push ends with a volatile access and needs no fence behind it. */
    int notifyOneOfPushed(int reluctant) {
        if (searching != 0 || nobodySleeps() || !SEARCHING.compareAndSet(this, 0, 1)) {
            return NOBODY;
        }
        int worker = claimSleeper(reluctant);
        if (worker >= 0) {
            return worker;
        }
        return changeSearching(-1) == 0 && lookAgain() ? LOOK_AGAIN : NOBODY;
    }

    private static boolean lookAgain() {
        VarHandle.fullFence(); // between the change here and the look at the queues; pairs with the one in notifyOne
        return true;
    }

    private boolean nobodySleeps() {
        for (int word = 0; word < words; word++) {
            if (sleepersVolatile(word) != 0) {
                return false;
            }
        }
        return true;
    }

    private int claimSleeper(int reluctant) {
        for (int word = 0; word < words; word++) {
            long willing = reluctant >> 6 == word ? ~(1L << reluctant) : -1L;
            for (long bits = sleepersVolatile(word) & willing; bits != 0; bits = sleepersVolatile(word) & willing) {
                int worker = word * 64 + Long.numberOfTrailingZeros(bits);
                if (claim(worker)) {
                    return worker;
                }
            }
        }
        return reluctant >= 0 && claim(reluctant) ? reluctant : NOBODY;
    }

    /** Clears the bit of a worker that sleeps; false when it does not, or no longer. */
    private boolean claim(int worker) {
        return !unparkSelf(worker);
    }

    /** The worker is about to sleep; true where nobody searches now and it has to look at all queues again. */
    boolean park(int worker, boolean isSearching) {
        long ignored = (long) SLEEPERS.getAndBitwiseOr(sleepers, PAD + (worker >> 6), 1L << worker);
        return (isSearching ? changeSearching(-1) : searching) == 0 && lookAgain();
    }

    /** The worker woke up by itself; true where a notifier had already picked it, so that it is a searcher. */
    boolean unparkSelf(int worker) {
        long bit = 1L << worker;
        return ((long) SLEEPERS.getAndBitwiseAnd(sleepers, PAD + (worker >> 6), ~bit) & bit) == 0;
    }

    boolean isParked(int worker) {
        return (sleepersVolatile(worker >> 6) & 1L << worker) != 0;
    }

    /** A worker without work wants to search; false where enough others do. */
    boolean startSearching() {
        if (2 * searching >= workers) {
            return false;
        }
        changeSearching(1);
        return true;
    }

    /** A searcher found work; true where it was the last one, which has to look at all queues again. */
    boolean stopSearching() {
        return changeSearching(-1) == 0 && lookAgain();
    }

    private long sleepersVolatile(int word) {
        return (long) SLEEPERS.getVolatile(sleepers, PAD + word);
    }

    private int changeSearching(int by) {
        return (int) SEARCHING.getAndAdd(this, by) + by;
    }

    int searchingCount() {
        return searching;
    }
}
