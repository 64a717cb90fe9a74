package dev.edo.stream;

import dev.edo.future.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a {@link StreamMap}, and the waker that its stream is polled with.
 *
 * <p>{@code queued}: whether this is among the ready branches or on the stack of the woken ones; set by any
 * thread, cleared by the poller before it polls. Exchanges on both sides, so that who finds it set knows
 * that the coming poll sees everything written before. {@code below}: written by who pushes this, read by
 * the poller, both ordered by the stack's head. The other fields are the poller's; {@code stream} is read by
 * wakers, too, for whom a stale value means a superfluous wake-up.
 */
final class Branch<K, T> implements Waker {
    private static final VarHandle QUEUED;

    static {
        try {
            QUEUED = MethodHandles.lookup().findVarHandle(Branch.class, "queued", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final K key;

    /** The branch that was on top of the stack before this one. */
    @Nullable Branch<K, T> below;

    private final WokenBranches<K, T> woken;

    /** Null once this was taken out of the map. */
    private @Nullable Stream<? extends T> stream;

    private volatile boolean queued = true;

    Branch(K key, Stream<? extends T> stream, WokenBranches<K, T> woken) {
        this.key = key;
        this.stream = stream;
        this.woken = woken;
    }

    @Nullable Stream<? extends T> stream() {
        return stream;
    }

    /** Takes the stream out: this branch will not be polled any more. */
    @Nullable Stream<? extends T> detach() {
        var taken = stream;
        stream = null;
        return taken;
    }

    /** Marks this as queued, and tells whether it was not: the caller must queue it then. */
    boolean claim() {
        return !(boolean) QUEUED.getAndSet(this, true);
    }

    /** From now on, a wake-up queues this again. */
    void beforePoll() {
        QUEUED.getAndSet(this, false);
    }

    @Override
    public void wake() {
        if (stream != null && claim()) {
            woken.push(this);
        }
    }
}
