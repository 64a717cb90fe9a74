package dev.edo.sync;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed once, by whoever needs it first; the others wait for that.
 *
 * <pre>{@code
 * static final OnceCell<Pool> POOL = new OnceCell<>();
 *
 * // stackless
 * Future<Reply> reply = POOL.getOrInit(() -> Pool.connect(url)).then(pool -> pool.ask(question));
 *
 * // direct style
 * var pool = POOL.getOrCompute(() -> Pool.connect(url).await());
 * }</pre>
 *
 * <p>Where computing fails or is cancelled, the cell stays empty and whoever waits longest computes
 * next. A computation must not need the value of its own cell: it would wait for itself for ever.
 *
 * <p><em>Ordering:</em> what was done before the value was there is seen by who gets it.
 *
 * <p>Algorithm: who has the one permit of the slot computes; the slot gets its value before its
 * semaphore is closed, so who is refused finds a value. A slot has one value in its life;
 * {@link #take()} puts an empty slot in its place.
 *
 * <p>Origin: Tokio's {@code sync/once_cell.rs}. Since exceptions are part of every future,
 * {@code get_or_try_init} is {@link #getOrInit} here.
 *
 * @param <T> the type of the value
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/sync/struct.OnceCell.html">tokio::sync::OnceCell</a>
 */
public final class OnceCell<T> {
    private static final VarHandle SLOT;

    static {
        try {
            SLOT = MethodHandles.lookup().findVarHandle(OnceCell.class, "slot", OnceSlot.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("FieldMayBeFinal") // written through SLOT
    private volatile OnceSlot<T> slot = new OnceSlot<>();

    /** An empty cell. */
    public OnceCell() {}

    /**
     * A cell that has its value.
     *
     * @param value not null
     */
    public OnceCell(T value) {
        slot.set(Objects.requireNonNull(value, "value"));
    }

    /** {@return the slot that it has now} */
    OnceSlot<T> slot() {
        return slot;
    }

    /** {@return the value, or null where there is none yet} */
    public @Nullable T get() {
        return slot.get();
    }

    /** {@return whether there is a value} */
    public boolean isInitialized() {
        return slot.get() != null;
    }

    /**
     * Sets the value, if there is none and nobody computes one. Does not wait.
     *
     * @param value not null
     * @return what came of it
     */
    public SetOutcome set(T value) {
        return slot.set(Objects.requireNonNull(value, "value"));
    }

    /**
     * Gets the value; computes it where nobody has, and waits where somebody does.
     *
     * <p><em>Cancel safety:</em> cancelling gives up the place in the queue; while it computes, it
     * cancels the computation and lets the next one compute.
     *
     * <p><em>Errors:</em> fails with what the computation fails with, and for that caller only.
     *
     * @param init makes the future that computes the value, which must not be null; called at most
     *     once, by a poll
     * @return the future of the value
     */
    @CheckReturnValue
    public Future<T> getOrInit(Supplier<? extends Future<? extends T>> init) {
        return new OnceInit<>(this, Objects.requireNonNull(init, "init"));
    }

    /**
     * Gets the value in direct style: computes it on the calling thread where nobody has, and waits
     * where somebody does.
     *
     * @param body computes the value, which must not be null; may await
     * @return the value
     * @throws IllegalStateException inside a stackless task, whose worker must not be blocked
     * @throws java.util.concurrent.CancellationException when interrupted or aborted while waiting
     * @throws Exception what the body threw; the cell is then left to the next one
     */
    public T getOrCompute(Callable<? extends T> body) throws Exception {
        Objects.requireNonNull(body, "body");
        var current = slot;
        var found = current.get();
        if (found == null) {
            found = new OncePermit<>(current).await();
        }
        if (found != null) {
            return found;
        }
        T computed;
        try {
            computed = OnceSlot.requireValue(body.call());
        } catch (Throwable e) {
            current.giveUp();
            throw e;
        }
        current.complete(computed);
        return computed;
    }

    /**
     * Takes the value out and leaves the cell empty. A computation that is running is not
     * disturbed, and nothing is taken.
     *
     * @return the value, or null where there is none
     */
    public @Nullable T take() {
        while (true) {
            var current = slot;
            var found = current.get();
            if (found == null || SLOT.compareAndSet(this, current, new OnceSlot<T>())) {
                return found;
            }
        }
    }

    @Override
    public String toString() {
        var value = slot.get();
        return "OnceCell[" + (value == null ? "empty" : value) + "]";
    }
}
