package dev.edo.io;

import dev.edo.future.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A stream that two halves use, one at a time.
 *
 * <p>Algorithm: a lock that nobody waits for on a thread. A half that finds it taken stores its
 * waker, tries again and then returns pending; who unlocks looks for a waker after that. Both are
 * sequentially consistent, so one of them sees the other. The same holds for the request to forget
 * a waker, which must not wait either: it is stored, and carried out by whoever gets the lock next,
 * before it does anything else.
 *
 * <p>Invariants: a waker is called only when the lock is free. A half's request to forget a waker
 * is carried out before that half's next poll, so it cannot hit the waker of that poll. A second
 * request may replace the first only where no poll of that half came through in between; what is
 * left of the first is a superfluous wake-up.
 *
 * <p>Origin: Tokio's io/split.rs, which has a mutex that blocks the thread.
 *
 * @param <S> the stream
 */
final class SharedStream<S extends AsyncRead & AsyncWrite> {
    private static final VarHandle LOCKED;
    private static final VarHandle READER;
    private static final VarHandle WRITER;
    private static final VarHandle READ_FORGET;
    private static final VarHandle WRITE_FORGET;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LOCKED = lookup.findVarHandle(SharedStream.class, "locked", boolean.class);
            READER = lookup.findVarHandle(SharedStream.class, "reader", Waker.class);
            WRITER = lookup.findVarHandle(SharedStream.class, "writer", Waker.class);
            READ_FORGET = lookup.findVarHandle(SharedStream.class, "readForget", Waker.class);
            WRITE_FORGET = lookup.findVarHandle(SharedStream.class, "writeForget", Waker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final S stream;
    private volatile boolean locked;
    private volatile boolean spent;

    /** The half that waits for the lock. */
    private volatile @Nullable Waker reader;

    private volatile @Nullable Waker writer;

    /** The waker that the stream shall forget. */
    private volatile @Nullable Waker readForget;

    private volatile @Nullable Waker writeForget;

    SharedStream(S stream) {
        this.stream = stream;
    }

    S stream() {
        if (spent) {
            throw new IllegalStateException("these halves were put together again; use the stream");
        }
        return stream;
    }

    /** Takes the stream away from the halves. */
    S unsplit() {
        var whole = stream();
        spent = true;
        return whole;
    }

    /** {@return whether the reading half may go on; false: the waker will be called} */
    boolean lockToRead(Waker waker) {
        if (!tryLock()) {
            reader = waker;
            if (!tryLock()) {
                return false;
            }
            reader = null;
        }
        forgetOrUnlock();
        return true;
    }

    /** {@return whether the writing half may go on; false: the waker will be called} */
    boolean lockToWrite(Waker waker) {
        if (!tryLock()) {
            writer = waker;
            if (!tryLock()) {
                return false;
            }
            writer = null;
        }
        forgetOrUnlock();
        return true;
    }

    private boolean tryLock() {
        return LOCKED.compareAndSet(this, false, true);
    }

    void unlock() {
        locked = false;
        try {
            forgetIfFree();
        } finally { // the stream may throw
            wakeBoth();
        }
    }

    /** With the lock given back: a half may have found it taken, also the one whose earlier wait was just given up. */
    private void wakeBoth() {
        try {
            wake(READER, reader);
        } finally {
            wake(WRITER, writer);
        }
    }

    private void wake(VarHandle field, @Nullable Waker seen) {
        if (seen != null) {
            var waiting = (Waker) field.getAndSet(this, null);
            if (waiting != null) {
                waiting.wake();
            }
        }
    }

    void cancelRead(Waker waker) {
        READER.compareAndSet(this, waker, null);
        readForget = waker;
        forgetAndWake();
    }

    void cancelWrite(Waker waker) {
        WRITER.compareAndSet(this, waker, null);
        writeForget = waker;
        forgetAndWake();
    }

    private void forgetAndWake() {
        boolean held = true; // where the stream throws, too
        try {
            held = forgetIfFree();
        } finally {
            if (held) {
                wakeBoth();
            }
        }
    }

    /** {@return whether the lock was held in between} */
    private boolean forgetIfFree() {
        boolean held = false;
        while ((readForget != null || writeForget != null) && tryLock()) {
            held = true;
            try {
                forget();
            } finally {
                locked = false;
            }
        }
        return held;
    }

    /** With the lock, which is given back where the stream throws. */
    private void forgetOrUnlock() {
        boolean forgotten = false;
        try {
            forget();
            forgotten = true;
        } finally {
            if (!forgotten) {
                unlock();
            }
        }
    }

    /** With the lock. */
    private void forget() {
        if (readForget != null) {
            var waker = (Waker) READ_FORGET.getAndSet(this, null);
            if (waker != null) {
                stream.cancelRead(waker);
            }
        }
        if (writeForget != null) {
            var waker = (Waker) WRITE_FORGET.getAndSet(this, null);
            if (waker != null) {
                stream.cancelWrite(waker);
            }
        }
    }
}
