package dev.edo.bench.peer;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The least that a oneshot channel without a value can be. Stands in until the library has one. */
public final class Oneshot implements Future<@Nullable Void> {
    private static final VarHandle STATE;
    private static final Object SENT = new Object();

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Oneshot.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null, the waker of the receiver, or {@link #SENT}. */
    @SuppressWarnings("unused") // through STATE
    private @Nullable Object state;

    /** Completes the future. */
    public void send() {
        if (STATE.getAndSet(this, SENT) instanceof Waker waker) {
            waker.wake();
        }
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        Object seen = STATE.getAcquire(this);
        // Only the sender changes the state meanwhile, and then it has sent.
        return seen != SENT && STATE.compareAndSet(this, seen, cx.waker()) ? Poll.pending() : Poll.ready();
    }

    @Override
    public void cancel() {
        Object seen = STATE.getAcquire(this);
        if (seen != SENT) {
            STATE.compareAndSet(this, seen, null);
        }
    }
}
