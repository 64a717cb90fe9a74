package dev.edo.impl.driver.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.runtime.RuntimeShutdownException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * One registered descriptor, as sockets see it.
 *
 * <p>The two poll methods have one waker each: of several tasks that poll the same direction only
 * the last is woken. {@link #readiness} serves any number of tasks.
 *
 * <p><em>Errors:</em> after {@link #close()} every look for readiness fails with {@link
 * ClosedChannelException}, after the driver was shut down with an {@link IOException} that says so.
 * Who waits at that moment is woken and fails then.
 *
 * @see <a href="https://github.com/tokio-rs/tokio/blob/master/tokio/src/runtime/io/registration.rs">Tokio's
 *     Registration</a>
 */
public final class Registration implements AutoCloseable {
    /** What the poll methods return for: not ready, the waker is registered. */
    public static final long PENDING = ReadinessWord.PENDING;

    private final IoDriver driver;
    private final ScheduledIo io;
    private final boolean hasEnd;

    Registration(IoDriver driver, ScheduledIo io) {
        this(driver, io, true);
    }

    private Registration(IoDriver driver, ScheduledIo io, boolean hasEnd) {
        this.driver = driver;
        this.io = io;
        this.hasEnd = hasEnd;
    }

    /**
     * The same registration, to be used instead of this one, of a descriptor without an end, as a socket of datagrams
     * is: there the closed states are cleared like any other.
     */
    public Registration withoutEnd() {
        return new Registration(driver, io, false);
    }

    /**
     * Looks for readiness to read: readable, closed by the peer, or an error. Takes part in the
     * budget.
     *
     * @param cx whom to wake, and the budget
     * @return the event word when ready, {@link #PENDING} otherwise
     * @throws IOException when this was closed or the driver shut down
     */
    public long pollReadReady(Context cx) throws IOException {
        return pollReady(cx, Direction.READ);
    }

    /**
     * Looks for readiness to write: writable, closed, or an error. Takes part in the budget.
     *
     * @param cx whom to wake, and the budget
     * @return the event word when ready, {@link #PENDING} otherwise
     * @throws IOException when this was closed or the driver shut down
     */
    public long pollWriteReady(Context cx) throws IOException {
        return pollReady(cx, Direction.WRITE);
    }

    /**
     * Forgets a waker that a poll for reading registered, unless another has taken its place.
     *
     * @param waker the one that needs no waking any more
     */
    public void cancelRead(Waker waker) {
        io.forgetReader(waker);
    }

    /**
     * Forgets a waker that a poll for writing registered, unless another has taken its place.
     *
     * @param waker the one that needs no waking any more
     */
    public void cancelWrite(Waker waker) {
        io.forgetWriter(waker);
    }

    /** Wakes whoever waits for reading and was told to wait: something else than readiness has changed. */
    public void wakeReaders() {
        io.wakeReaders();
    }

    /** Wakes whoever waits for writing and was told to wait: something else than readiness has changed. */
    public void wakeWriters() {
        io.wakeWriters();
    }

    /**
     * Looks for readiness and registers nobody.
     *
     * @param mask the bits that count
     * @return the event word when one of them is set now, {@link #PENDING} otherwise
     * @throws IOException when this was closed or the driver shut down
     */
    public long tryReady(int mask) throws IOException {
        return checked(io.readyEvent(mask));
    }

    /**
     * Waits for readiness; several tasks may.
     *
     * @param interest what for; that it can never come any more ends the wait as well
     * @return completes with the event word
     */
    public Readiness readiness(int interest) {
        int mask = ReadyMask.ofInterest(interest);
        if (mask == 0) {
            throw new IllegalArgumentException("interest=0x" + Integer.toHexString(interest)
                    + " names nothing to wait for; use READABLE, WRITABLE, PRIORITY or ERROR");
        }
        return new Readiness(this, io, mask);
    }

    /**
     * After EAGAIN or a short read or write: takes these bits away, if no newer event came in
     * since. The closed states stay if there is an end; an error that the event told of goes with the rest.
     *
     * @param event the event word that led to the operation
     * @param mask the bits to take away
     */
    public void clearReadiness(long event, int mask) {
        io.clearReadiness(event, mask, hasEnd);
    }

    /**
     * Deregisters from the kernel at once and wakes whoever waits; the slot is released later.
     * Idempotent; when it returns, the kernel has been told, whichever call did it. The caller
     * closes the descriptor afterwards.
     */
    @Override
    public void close() {
        driver.deregister(io);
    }

    ScheduledIo scheduledIo() {
        return io;
    }

    /** {@return why there is no readiness here} */
    IOException gone() {
        return io.isClosed() ? new ClosedChannelException() : driverGone("cannot wait for fd=" + io.fd);
    }

    static RuntimeShutdownException driverGone(String what) {
        return new RuntimeShutdownException(what + ": I/O driver was shut down: the runtime this socket belongs"
                + " to has been closed");
    }

    private long pollReady(Context cx, Direction direction) throws IOException {
        if (!cx.pollProceed()) {
            return PENDING;
        }
        long event = checked(io.pollReadiness(cx, direction.mask, direction));
        if (event != PENDING) {
            cx.madeProgress();
        }
        return event;
    }

    private long checked(long event) throws IOException {
        if (event == ReadinessWord.SHUTDOWN) {
            throw gone();
        }
        return event;
    }
}
