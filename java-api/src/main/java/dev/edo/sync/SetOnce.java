package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.InfallibleFuture;
import dev.edo.future.Waker;
import dev.edo.internal.WakeFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that is set once, and that tasks wait for until it is.
 *
 * <pre>{@code
 * var address = new SetOnce<Address>();
 *
 * // whoever finds out
 * address.set(found);
 *
 * // whoever needs it
 * connect(address.waitForValue().await());
 * }</pre>
 *
 * <p>Unlike {@link OnceCell} it does not know how to compute its value.
 *
 * <p><em>Ordering:</em> what was done before {@link #set} is seen by who gets the value.
 *
 * <p>Algorithm: the value is written under the spin lock of the list, and read without it.
 *
 * @param <T> the type of the value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.SetOnce.html">tokio::sync::SetOnce</a>
 */
public final class SetOnce<T> {
    private final WaitList waiters = new WaitList();

    /** Written once, under the lock. */
    private volatile @Nullable T value;

    /** One that is not set. */
    public SetOnce() {}

    /**
     * One that is set.
     *
     * @param value what to
     */
    public SetOnce(T value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * Sets the value, if nobody has, and lets all go on who wait for it.
     *
     * @param value not null
     * @return whether it was set by this call; if not, there is another value
     */
    public boolean set(T value) {
        Objects.requireNonNull(value, "value");
        if (this.value != null) {
            return false;
        }
        waiters.lock();
        if (this.value != null) {
            waiters.unlock();
            return false;
        }
        this.value = value;
        var chain = waiters.takeAll();
        waiters.unlock();
        WakeFailure.raise(Waiter.wakeChain(chain, null));
        return true;
    }

    /** {@return the value, or null while it is not set} */
    public @Nullable T get() {
        return value;
    }

    /** {@return whether it is set} */
    public boolean isInitialized() {
        return value != null;
    }

    /**
     * Waits until it is set.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return the future of the value
     */
    @CheckReturnValue
    public InfallibleFuture<T> waitForValue() {
        return new SetOnceWait<>(this);
    }

    /** Enters the list; or the value, which came first. */
    @Nullable T getOrWait(SetOnceWait<T> waiter) {
        waiters.lock();
        var found = value;
        if (found == null) {
            waiters.add(waiter);
        }
        waiters.unlock();
        return found;
    }

    /** A later poll, with a new waker; or the value, which came first. */
    @Nullable T replaceWaker(SetOnceWait<T> waiter, Waker waker) {
        waiters.lock();
        var found = value;
        if (found == null) {
            waiter.waker = waker;
        }
        waiters.unlock();
        return found;
    }

    /** A waiter gives up. */
    void leave(SetOnceWait<T> waiter) {
        waiters.lock();
        if (value == null) {
            waiters.remove(waiter);
            waiter.waker = null;
        }
        waiters.unlock();
    }

    @Override
    public String toString() {
        var current = value;
        return "SetOnce[" + (current == null ? "unset" : current) + "]";
    }
}
