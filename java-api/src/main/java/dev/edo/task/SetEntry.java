package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.internal.OwnedWaker;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link JoinSet}: the waker of the task's handle, which puts itself on the set's ready
 * list.
 *
 * <p>{@code previous}, {@code next}, {@code key} and {@code result} belong to the set's owner, and so does
 * {@code listed}, which others read.
 *
 * @param <T> the type of the task's result
 */
final class SetEntry<T extends @Nullable Object> extends ReadyList.Node implements OwnedWaker, Context {
    final JoinHandle<? extends T> task;

    @Nullable SetEntry<T> previous;
    @Nullable SetEntry<T> next;

    /** The key in a {@link JoinMap}, else null. */
    @Nullable Object key;

    /** Whether it is in the set. Who finds this as the waker of the task sees what was written before that. */
    boolean listed;

    private final ReadyList<SetEntry<T>> ready;
    private @Nullable JoinResult<T> result;

    SetEntry(ReadyList<SetEntry<T>> ready, JoinHandle<? extends T> task) {
        this.ready = ready;
        this.task = task;
    }

    @Override
    public void wake() {
        if (claim()) {
            ready.push(this);
        }
    }

    @Override
    public Waker waker() {
        return this;
    }

    /** The set gives the wait up when it takes this out; any other caller is somebody else, who waited before. */
    @Override
    public boolean isCallers() {
        return !listed;
    }

    /** Has this woken at the end of the task, which may be now; the owner's. */
    void watch() {
        result = JoinResult.poll(task, this);
        if (result != null) {
            wake();
        }
    }

    /** Asks how the task ended; false where this was woken for nothing, and waits again. The owner's. */
    boolean settle() {
        if (result == null) {
            result = JoinResult.poll(task, this);
            if (result == null) {
                unclaim(); // the poll came before this, so the next one may be the one that sees the end
                watch();
                return false;
            }
        }
        return true;
    }

    /** How the task ended; it has settled. */
    JoinResult<T> result() {
        return Objects.requireNonNull(result);
    }
}
