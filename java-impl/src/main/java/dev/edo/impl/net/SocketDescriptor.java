package dev.edo.impl.net;

import dev.edo.io.IoOperation;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a socket, which is closed exactly once, and never under a call that uses it.
 *
 * <p>Algorithm: the state counts the calls in flight, so that the number of the descriptor is not given
 * back while a call may still use it; otherwise the kernel might hand it to another socket in between,
 * and the call would hit that one. Netty's own state word cannot do this: it is checked on close, not
 * on calls.
 *
 * <pre>
 *   | released |  closed  | calls in flight |
 *   |    31    |    30    |     29 .. 0     |
 * </pre>
 *
 * A call adds 1, looks at the closed bit, and subtracts 1 at the end. Closing sets the closed bit and
 * counts as a call itself, so that its owner can deregister before the descriptor goes. Whoever makes
 * the count 0 under the closed bit turns it into released by CAS, and the one who succeeds closes the
 * descriptor. All calls are non-blocking, so a close is never late by more than a system call.
 *
 * <p>Invariants: after released no call sees the closed bit clear; released is set once.
 *
 * <p>Origin: the counting is what Go's internal/poll fdMutex does; Rust gets it from borrowing.
 */
abstract class SocketDescriptor extends Socket implements StreamDescriptor {
    private static final int CLOSED = 1 << 30;
    private static final int RELEASED = 1 << 31;
    private static final int CALLS = CLOSED - 1;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(SocketDescriptor.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int state;

    /** Owns the descriptor from here on. */
    SocketDescriptor(int fd) {
        super(fd);
    }

    /**
     * Begins a call.
     *
     * @throws ClosedSocketException when this was closed; there is nothing to end then
     */
    final void begin() throws ClosedSocketException {
        if (((int) STATE.getAndAdd(this, 1) & CLOSED) != 0) {
            end();
            throw closed();
        }
    }

    /** Ends a call. */
    final void end() {
        if ((int) STATE.getAndAdd(this, -1) - 1 == CLOSED
                && STATE.compareAndSet(this, CLOSED, CLOSED | RELEASED)) {
            release();
        }
    }

    @Override
    public <T> @Nullable T during(IoOperation<T> operation) throws IOException {
        begin();
        try {
            return operation.run();
        } finally {
            end();
        }
    }

    @Override
    public boolean beginClose() {
        while (true) {
            int current = state;
            if ((current & CLOSED) != 0) {
                return false;
            }
            if (STATE.compareAndSet(this, current, (current | CLOSED) + 1)) {
                return true;
            }
        }
    }

    @Override
    public void finishClose() {
        end();
    }

    /** Netty's closes at once. */
    @Override
    public void close() {
        StreamDescriptor.super.close();
    }

    @Override
    public boolean isClosed() {
        return (state & CLOSED) != 0;
    }

    /** {@return how many calls are in flight} */
    int callsInFlight() {
        return state & CALLS;
    }

    @Override
    public ClosedSocketException closed() {
        return new ClosedSocketException(this + " is closed");
    }

    private void release() {
        try {
            super.close();
        } catch (IOException e) {
            System.getLogger(SocketDescriptor.class.getName()).log(System.Logger.Level.WARNING,
                    "closing " + this + " failed: " + e.getMessage());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
