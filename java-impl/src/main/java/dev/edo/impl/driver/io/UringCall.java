package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.WakeList;
import dev.edo.internal.DroppedResources;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.spi.FileRing;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An operation in flight, its memory, and who waits for its end.
 *
 * <p>Algorithm: one word.
 *
 * <pre>
 *   null, waker -- poll      --&gt; waker      in flight, somebody waits
 *   null, waker -- ended     --&gt; ENDED      the result is there; wakes the waker
 *   ENDED       -- poll      --&gt; TAKEN      whoever polled has the result, and the memory until close
 *   TAKEN       -- close     --&gt; CLOSED     gives the memory back
 *   ENDED       -- close     --&gt; CLOSED     also closes what was opened
 *   null, waker -- close     --&gt; GIVEN_UP   asks the kernel to end it early
 *   GIVEN_UP    -- ended     --&gt; CLOSED     as close of ENDED
 *   null, waker -- abandoned --&gt; ABANDONED  the runtime has ended before; wakes the waker
 *   ABANDONED   -- ended     --&gt; CLOSED     as close of ENDED
 * </pre>
 *
 * <p>Invariants: the memory is the kernel's until {@code ended}, which runs once, by whoever took the end from the
 * ring. Until then the ring's table keeps this alive. {@code result} is written before ENDED.
 */
final class UringCall implements FileRing.Call {
    private static final Object ENDED = "ended";
    private static final Object TAKEN = "taken";
    private static final Object CLOSED = "closed";
    private static final Object GIVEN_UP = "given up";
    private static final Object ABANDONED = "abandoned";

    private final Uring ring;
    private final ByteBuffer memory;
    private final boolean opens;
    private final @Nullable Runnable atEnd;
    private final AtomicReference<@Nullable Object> state = new AtomicReference<>();
    private int result;

    /** Closes what was opened, if this is forgotten before anybody takes that; null where nothing was. */
    private DroppedResources.@Nullable Trace opened;

    /** In the table; written before the kernel hears of this, by whoever begins it. */
    int number;

    /**
     * An operation that nobody knows yet.
     *
     * @param memory this one's from now on
     * @param opens whether the result is a descriptor
     * @param atEnd is run once it has ended
     */
    UringCall(Uring ring, ByteBuffer memory, boolean opens, @Nullable Runnable atEnd) {
        this.ring = ring;
        this.memory = memory;
        this.opens = opens;
        this.atEnd = atEnd;
    }

    ByteBuffer memory() {
        return memory;
    }

    private static boolean isInFlight(@Nullable Object seen) {
        return seen == null || seen instanceof Waker;
    }

    @Override
    public int poll(Context cx) throws RuntimeShutdownException {
        if (!cx.pollProceed()) {
            return PENDING;
        }
        var waker = cx.waker();
        for (;;) {
            var seen = state.get();
            if (isInFlight(seen)) {
                if (seen == waker || state.compareAndSet(seen, waker)) {
                    return PENDING;
                }
            } else if (seen == ABANDONED) {
                throw new RuntimeShutdownException("the runtime was shut down, and the kernel has not ended what was in"
                        + " flight on its ring");
            } else if (seen != ENDED) {
                throw new IllegalStateException("polled again after it was " + seen);
            } else if (state.compareAndSet(ENDED, TAKEN)) {
                forgetOpened();
                cx.madeProgress();
                return result;
            }
        }
    }

    @Override
    public void forget(Waker waker) {
        boolean unused = state.compareAndSet(waker, null);
    }

    @Override
    public void copyTo(byte[] target, int offset, int length) {
        if (state.get() != TAKEN) {
            throw new IllegalStateException("nothing to be copied: " + state);
        }
        memory.get(0, target, offset, length);
    }

    /** The kernel is done with it; called once, by whoever took the end from the ring. */
    void ended(int ofKernel) {
        if (atEnd != null) {
            try {
                atEnd.run();
            } catch (RuntimeException | Error e) {
                System.getLogger(UringCall.class.getName()).log(System.Logger.Level.ERROR,
                        "what was to be done at the end of an operation failed", e);
            }
        }
        result = ofKernel;
        for (;;) {
            var seen = state.get();
            if (!isInFlight(seen)) {
                state.set(CLOSED);
                dispose();
                return;
            }
            if (opens && ofKernel >= 0 && opened == null) {
                opened = DroppedResources.watch(this, ofKernel, () -> Uring.closeDescriptor(ofKernel));
            }
            if (state.compareAndSet(seen, ENDED)) {
                if (seen instanceof Waker waker) {
                    WakeList.wake(waker);
                }
                return;
            }
        }
    }

    /** The runtime has ended, the kernel is not done with it, and nobody waits for that any more. */
    void abandon() {
        for (;;) {
            var seen = state.get();
            if (!isInFlight(seen)) {
                return;
            }
            if (state.compareAndSet(seen, ABANDONED)) {
                if (seen instanceof Waker waker) {
                    WakeList.wake(waker);
                }
                return;
            }
        }
    }

    @Override
    public void close() {
        for (;;) {
            var seen = state.get();
            if (isInFlight(seen)) {
                if (state.compareAndSet(seen, GIVEN_UP)) {
                    ring.cancel(this);
                    return;
                }
            } else if (seen == TAKEN || seen == ENDED) {
                if (state.compareAndSet(seen, CLOSED)) {
                    if (seen == ENDED) {
                        dispose();
                    } else {
                        ring.giveBack(memory);
                    }
                    return;
                }
            } else {
                return;
            }
        }
    }

    private void forgetOpened() {
        if (opened != null) {
            opened.forget();
        }
    }

    /** Of what nobody has taken. */
    private void dispose() {
        forgetOpened();
        if (opens && result >= 0) {
            Uring.closeDescriptor(result);
        }
        ring.giveBack(memory);
    }

    @Override
    public String toString() {
        return "UringCall[number=" + number + ", " + state.get() + "]";
    }
}
