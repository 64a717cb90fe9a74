package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Waker;
import dev.edo.internal.WakeFailure;
import org.jspecify.annotations.Nullable;

/**
 * Lets a fixed number of tasks wait for each other. It can be used again as soon as it has opened.
 *
 * <pre>{@code
 * var barrier = new Barrier(10);
 * for (int i = 0; i < 10; i++) {
 *     Edo.spawn(() -> {
 *         prepare();
 *         if (barrier.waitForAll().await().isLeader()) {
 *             System.out.println("all are ready");
 *         }
 *         go();
 *     });
 * }
 * }</pre>
 *
 * <p><em>Ordering:</em> what any of them did before it arrived is seen by all after it opened.
 *
 * <p>Algorithm: under a spin lock, each counts itself in and enters the list; the last one raises
 * the generation, takes the list and wakes it. A waiter whose generation is over is through.
 *
 * <p>Origin: Tokio's {@code sync/barrier.rs}. There a waiter that is dropped has arrived all the
 * same, and a branch of a {@code select!} in a loop arrives again with every turn; here one that is
 * cancelled takes its arrival back.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.Barrier.html">tokio::sync::Barrier</a>
 */
public final class Barrier {
    private final WaitList waiters = new WaitList();
    private final int parties;

    /** Written under the lock. */
    private volatile long generation;

    /** Under the lock. */
    private int arrived;

    /**
     * A barrier.
     *
     * @param parties how many open it; with 0 or 1 nobody waits
     * @throws IllegalArgumentException when negative
     */
    public Barrier(int parties) {
        if (parties < 0) {
            throw new IllegalArgumentException("parties=" + parties + " is negative; want 1 or more");
        }
        this.parties = Math.max(1, parties);
    }

    /**
     * Arrives, and waits until all have.
     *
     * <p><em>Cancel safety:</em> who is cancelled before the barrier has opened did not arrive: the
     * others go on waiting for one more.
     *
     * @return the future that arrives at its first poll, and tells whether it was the last
     */
    @CheckReturnValue
    public InfallibleFuture<BarrierWaitResult> waitForAll() {
        return new BarrierWait(this);
    }

    /** {@return how many open it} */
    public int parties() {
        return parties;
    }

    long generation() {
        return generation;
    }

    /** Counts a waiter in. True if it was the last, which has let all others go. */
    boolean arrive(BarrierWait waiter) {
        @Nullable Waiter chain = null;
        waiters.lock();
        boolean last = ++arrived == parties;
        if (last) {
            arrived = 0;
            generation = generation + 1;
            chain = waiters.takeAll();
        } else {
            waiter.joined(generation);
            waiters.add(waiter);
        }
        waiters.unlock();
        WakeFailure.raise(Waiter.wakeChain(chain, null));
        return last;
    }

    /** A later poll, with a new waker. True if the barrier has opened. */
    boolean replaceWaker(BarrierWait waiter, Waker waker) {
        waiters.lock();
        boolean open = waiter.isThrough();
        if (!open) {
            waiter.waker = waker;
        }
        waiters.unlock();
        return open;
    }

    /** Takes an arrival back, unless the barrier has opened. */
    void leave(BarrierWait waiter) {
        waiters.lock();
        if (!waiter.isThrough()) {
            arrived--;
            waiters.remove(waiter);
            waiter.waker = null;
        }
        waiters.unlock();
    }

    @Override
    public String toString() {
        return "Barrier[parties=" + parties + "]";
    }
}
