package dev.edo.impl.task.local;

import dev.edo.future.Waker;
import dev.edo.internal.SpinLock;
import org.jspecify.annotations.Nullable;

/**
 * The futures of a local set that are waited for. One of them is woken when there is something to run, the one that
 * was polled last; where that one ends, another one is told that it is its turn.
 *
 * <p>The links and wakers of all are guarded by the lock: the owner polls and ends them, but one that is given up may
 * be so on any thread. {@code last} is written under the lock, and read without.
 *
 * <p>Origin: the waker of Tokio's {@code LocalSet}, which has one place for all of its futures.
 */
final class LocalWaits {
    private final SpinLock lock = new SpinLock();
    private @Nullable LocalWait first;
    private volatile @Nullable Waker last;

    /** Whom to wake when there is something to run, if anybody waits. */
    @Nullable Waker last() {
        return last;
    }

    /** A wait is polled; on the owner's thread. */
    void add(LocalWait wait, Waker waker) {
        if (wait.waker == waker && last == waker) {
            return; // as it was: nobody else takes from a wait that is polled
        }
        lock.lock();
        if (wait.waker == null) {
            var next = first;
            wait.next = next;
            if (next != null) {
                next.previous = wait;
            }
            first = wait;
        }
        wait.waker = waker;
        last = waker;
        lock.unlock();
    }

    /** A wait has ended, or was given up; does nothing when it was not polled, or had ended before. */
    void remove(LocalWait wait) {
        Waker other = null;
        lock.lock();
        var own = wait.waker;
        if (own != null) {
            unlink(wait);
            if (last == own) {
                other = successorOf(own);
            }
        }
        lock.unlock();
        if (other != null) {
            other.wake();
        }
    }

    private void unlink(LocalWait wait) {
        var previous = wait.previous;
        var next = wait.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        wait.previous = null;
        wait.next = null;
        wait.waker = null;
    }

    /** Whom to tell; nobody where the same waker stands for another wait, too, or where there is none. */
    private @Nullable Waker successorOf(Waker own) {
        for (var wait = first; wait != null; wait = wait.next) {
            if (wait.waker == own) {
                return null;
            }
        }
        var successor = first == null ? null : first.waker;
        last = successor;
        return successor;
    }
}
