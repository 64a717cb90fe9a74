package dev.edo.impl.task.local;

import dev.edo.future.Waker;
import dev.edo.internal.LinkedWaits;
import org.jspecify.annotations.Nullable;

/**
 * The futures of a local set that are waited for. One of them is woken when there is something to run, the one that
 * was polled last; where that one ends, another one is told that it is its turn.
 *
 * <p>The list has a lock: the owner polls and ends the waits, but one that is given up may be so on any thread.
 * {@code last} is written under it, and read without.
 *
 * <p>Origin: the waker of Tokio's {@code LocalSet}, which has one place for all of its futures.
 */
final class LocalWaits {
    private final LinkedWaits<LocalWait> waits = new LinkedWaits<>();
    private volatile @Nullable Waker last;

    /** Whom to wake when there is something to run, if anybody waits. */
    @Nullable Waker last() {
        return last;
    }

    /** A wait is polled; on the owner's thread. */
    void add(LocalWait wait, Waker waker) {
        if (wait.waker() == waker && last == waker) {
            return; // as it was: nobody else takes from a wait that is polled
        }
        waits.lock();
        waits.add(wait, waker);
        last = waker;
        waits.unlock();
    }

    /** A wait has ended, or was given up; does nothing when it was not polled, or had ended before. */
    void remove(LocalWait wait) {
        Waker other = null;
        waits.lock();
        var own = waits.remove(wait);
        if (own != null && last == own) {
            other = successorOf(own);
        }
        waits.unlock();
        if (other != null) {
            other.wake();
        }
    }

    /** Whom to tell; nobody where the same waker stands for another wait, too, or where there is none. */
    private @Nullable Waker successorOf(Waker own) {
        for (var wait = waits.first(); wait != null; wait = wait.next()) {
            if (wait.waker() == own) {
                return null;
            }
        }
        var first = waits.first();
        var successor = first == null ? null : first.waker();
        last = successor;
        return successor;
    }
}
