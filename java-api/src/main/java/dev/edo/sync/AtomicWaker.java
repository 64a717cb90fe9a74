package dev.edo.sync;

import dev.edo.future.Waker;
import dev.edo.internal.LeadingPad;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A place for the waker of one waiter, who may come and go while any number of threads wake it.
 *
 * <p>Algorithm: the waiter and whoever has something for it each do two things, with a fence
 * between.
 *
 * <pre>
 *   waiter, {@link #register}           anybody else, {@link #wake}
 *   R1 store the waker                  W1 make the change (push, close: before the call)
 *   F2 full fence                       F1 full fence
 *   R3 look for the change again        W3 take the waker out, if there is one; call it
 * </pre>
 *
 * <p>Invariants: no wake-up is lost. F1 and F2 are in one order: if F1 comes first, R3 sees the
 * change of W1; else W3 sees the waker of R1, or that somebody else took it after R1, and who takes
 * it out calls it. R1 is left out where the waker is there already: then it was there at R1, which
 * is as if it had been stored. A waker is taken by one atomic exchange, so nobody is woken twice
 * for one registration. Registering is for one thread at a time.
 *
 * <p>Origin: Tokio's {@code sync/task/atomic_waker.rs}. Its REGISTERING and WAKING bits guard the
 * memory of the waker; here the garbage collector does, so one reference is the whole state.
 */
final class AtomicWaker extends LeadingPad {
    private static final VarHandle WAKER;

    static {
        try {
            WAKER = MethodHandles.lookup().findVarHandle(AtomicWaker.class, "waker", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("FieldMayBeFinal") // written through WAKER
    private volatile @Nullable Waker waker;

    /** Waits: what happens from now on calls this waker; what happened before, the caller looks for now. */
    void register(Waker newest) {
        if (waker != newest) {
            WAKER.setRelease(this, newest);
        }
        VarHandle.fullFence(); // F2, for F1 in wake
    }

    /** Calls the waiter, if there is one, after the caller's change. */
    void wake() {
        VarHandle.fullFence(); // F1, for F2 in register
        if (waker != null) {
            var woken = take();
            if (woken != null) {
                woken.wake();
            }
        }
    }

    /** The waiter goes away, or somebody else takes it upon itself to wake it. */
    @Nullable Waker take() {
        return (Waker) WAKER.getAndSet(this, null);
    }

    /** {@return whether somebody waits} */
    boolean isRegistered() {
        return waker != null;
    }
}
