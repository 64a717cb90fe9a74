package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.io.AsyncIo;
import dev.edo.internal.DroppedResources;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A socket, or an end of a pipe, that is registered with an I/O driver: its calls wait instead of failing with EAGAIN.
 *
 * <p>Algorithm: readiness is edge-triggered. A call is tried while the readiness word says so; EAGAIN,
 * and a call that moved less than it could, take the readiness away unless a newer event has come in
 * since. A short read says nothing where the other side has closed: the end of the stream is still to
 * be read; nor on a Unix socket, which cuts reads where the other side sent a descriptor. Every try is preceded by a look at the budget, so a socket that is always ready cannot keep
 * its task from yielding.
 *
 * <p>Shutdown: closing deregisters first, which wakes whoever waits, and then gives the descriptor back. {@link
 * DroppedResources} closes what nobody can reach any more. Streams, halves and futures reach this object, not the other
 * way round, and each call holds it until its system call is over.
 *
 * <p>Origin: Tokio's io/poll_evented.rs.
 */
final class EventedSocket {
    private static final int READABLE = Ready.READABLE.bits();
    private static final int WRITABLE = Ready.WRITABLE.bits();
    private static final int READ_MASK = READABLE | Ready.READ_CLOSED.bits() | Ready.ERROR.bits();
    private static final int WRITE_MASK = WRITABLE | Ready.WRITE_CLOSED.bits() | Ready.ERROR.bits();

    private final StreamDescriptor socket;
    private final Registration registration;
    private final Trace trace;

    private EventedSocket(StreamDescriptor socket, Registration registration) {
        this.socket = socket;
        this.registration = registration;
        this.trace = new Trace(this, socket, registration);
        trace.watch();
    }

    /** What closes a socket that nobody can reach any more. */
    private static final class Trace extends DroppedResources.Trace {
        private final StreamDescriptor socket;
        private final Registration registration;

        Trace(EventedSocket evented, StreamDescriptor socket, Registration registration) {
            super(evented, socket.intValue());
            this.socket = socket;
            this.registration = registration;
        }

        @Override
        protected void close() {
            EventedSocket.close(socket, registration);
        }
    }

    /** Registers a socket, or closes it. */
    static EventedSocket register(NativeSocket socket, IoDriver driver, Interest interest)
            throws IOException {
        try {
            return registered(socket, driver.register(socket.intValue(), interest.bits()));
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    /** Registers a socket of datagrams, or closes it. */
    static EventedSocket registerDatagrams(NativeSocket socket, IoDriver driver) throws IOException {
        return registerWithoutEnd(socket, driver, Interest.READABLE.add(Interest.WRITABLE));
    }

    /** Registers what is told of an end that another beginning may follow, or closes it. */
    static EventedSocket registerWithoutEnd(StreamDescriptor socket, IoDriver driver, Interest interest)
            throws IOException {
        try {
            return registered(socket, driver.register(socket.intValue(), interest.bits()).withoutEnd());
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    /** Takes a registration, or closes it. */
    private static EventedSocket registered(StreamDescriptor socket, Registration registration) {
        try {
            return new EventedSocket(socket, registration);
        } catch (RuntimeException | Error e) {
            registration.close();
            throw e;
        }
    }

    /** {@return the descriptor of what is a socket} */
    NativeSocket socket() {
        return (NativeSocket) socket;
    }

    /** {@return what owns the descriptor} */
    StreamDescriptor descriptor() {
        return socket;
    }

    // ---- reading ----

    int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        while (true) {
            long event = pollReadReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = receive(event, dst);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
        }
    }

    int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        if (!BufferVector.hasRemaining(dsts)) {
            return 0;
        }
        while (true) {
            long event = pollReadReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = receive(event, dsts);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
        }
    }

    int pollPeek(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        while (true) {
            long event = pollReadReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = peek(event, dst);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
        }
    }

    int tryRead(ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        long event = tryReady(READ_MASK);
        return event == Registration.PENDING ? IoResult.WOULD_BLOCK : receive(event, dst);
    }

    int tryRead(ByteBuffer[] dsts) throws IOException {
        if (!BufferVector.hasRemaining(dsts)) {
            return 0;
        }
        long event = tryReady(READ_MASK);
        return event == Registration.PENDING ? IoResult.WOULD_BLOCK : receive(event, dsts);
    }

    private int receive(long event, ByteBuffer dst) throws IOException {
        int length = dst.isDirect() ? dst.remaining() : Math.min(dst.remaining(), Scratch.BYTES);
        int n = socket.receive(dst);
        received(event, n, length);
        Reference.reachabilityFence(this);
        return n;
    }

    private int receive(long event, ByteBuffer[] dsts) throws IOException {
        try (var vector = BufferVector.toReceive(dsts)) {
            int n = socket.receive(vector);
            received(event, n, vector.bytes());
            Reference.reachabilityFence(this);
            return n;
        }
    }

    /** A peek at less than there was room for says nothing new: the bytes are still there. */
    int peek(long event, ByteBuffer dst) throws IOException {
        int n = socket().peek(dst);
        if (n == IoResult.WOULD_BLOCK) {
            registration.clearReadiness(event, READABLE);
        }
        Reference.reachabilityFence(this);
        return n;
    }

    private void received(long event, int n, long length) {
        if (n == IoResult.WOULD_BLOCK
                || 0 < n && n < length && (event & Ready.READ_CLOSED.bits()) == 0 && socket.shortReadTakesAll()) {
            registration.clearReadiness(event, READABLE);
        }
    }

    // ---- writing ----

    int pollWrite(Context cx, ByteBuffer src) throws IOException {
        if (!src.hasRemaining()) {
            return 0;
        }
        while (true) {
            long event = pollWriteReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = send(event, src);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
        }
    }

    int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        if (!BufferVector.hasRemaining(srcs)) {
            return 0;
        }
        while (true) {
            long event = pollWriteReady(cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = send(event, srcs);
            if (n != IoResult.WOULD_BLOCK) {
                return n;
            }
        }
    }

    int tryWrite(ByteBuffer src) throws IOException {
        if (!src.hasRemaining()) {
            return 0;
        }
        long event = tryReady(WRITE_MASK);
        return event == Registration.PENDING ? IoResult.WOULD_BLOCK : send(event, src);
    }

    int tryWrite(ByteBuffer[] srcs) throws IOException {
        if (!BufferVector.hasRemaining(srcs)) {
            return 0;
        }
        long event = tryReady(WRITE_MASK);
        return event == Registration.PENDING ? IoResult.WOULD_BLOCK : send(event, srcs);
    }

    private int send(long event, ByteBuffer src) throws IOException {
        int length = src.isDirect() ? src.remaining() : Math.min(src.remaining(), Scratch.BYTES);
        int n = socket.send(src);
        sent(event, n, length);
        Reference.reachabilityFence(this);
        return n;
    }

    private int send(long event, ByteBuffer[] srcs) throws IOException {
        try (var vector = BufferVector.toSend(srcs)) {
            int n = socket.send(vector);
            sent(event, n, vector.bytes());
            Reference.reachabilityFence(this);
            return n;
        }
    }

    private void sent(long event, int n, long length) {
        if (n < length) {
            registration.clearReadiness(event, WRITABLE);
        }
    }

    // ---- readiness ----

    long pollReadReady(Context cx) throws IOException {
        try {
            return registration.pollReadReady(cx);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    long pollWriteReady(Context cx) throws IOException {
        try {
            return registration.pollWriteReady(cx);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /** {@return what there is to read by now, or PENDING} */
    long tryReadReady() throws IOException {
        return tryReady(READ_MASK);
    }

    /** {@return what there is to write by now, or PENDING} */
    long tryWriteReady() throws IOException {
        return tryReady(WRITE_MASK);
    }

    private long tryReady(int mask) throws IOException {
        try {
            return registration.tryReady(mask);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /** {@return a future with a waiter of its own} */
    Readiness readiness(Interest interest) {
        return registration.readiness(interest.bits());
    }

    // ---- operations of the caller's

    int fd() throws IOException {
        if (socket.isClosed()) {
            throw socket.closed();
        }
        return socket.intValue();
    }

    <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException {
        try {
            return AsyncIo.tryIo(registration, interest, () -> socket.during(operation));
        } catch (ClosedChannelException e) {
            throw gone(e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation) {
        return new AsyncIo<>(registration, interest, () -> socket.during(operation), this::gone);
    }

    void cancelRead(Waker waker) {
        registration.cancelRead(waker);
    }

    void cancelWrite(Waker waker) {
        registration.cancelWrite(waker);
    }

    void wakeReaders() {
        registration.wakeReaders();
    }

    void wakeWriters() {
        registration.wakeWriters();
    }

    void clearReadable(long event) {
        registration.clearReadiness(event, READABLE);
    }

    void clearWritable(long event) {
        registration.clearReadiness(event, WRITABLE);
    }

    /** After a call that would have failed with the error that the event tells of. */
    void clearError(long event) {
        registration.clearReadiness(event, 0);
    }

    /** Translates what the registration fails with. */
    IOException gone(IOException e) {
        return socket.isClosed() ? socket.closed() : e;
    }

    void close() {
        close(socket, registration);
        trace.forget();
    }

    /**
     * Gives the descriptor of a pipe to the caller, instead of closing it.
     *
     * @return its number, which nothing here uses any more
     */
    int giveAway() throws IOException {
        var pipe = (NativePipe) socket;
        if (!pipe.beginClose()) {
            throw pipe.closed();
        }
        try {
            registration.close();
            return pipe.giveAway();
        } finally {
            pipe.finishClose();
            trace.forget();
        }
    }

    private static void close(StreamDescriptor socket, Registration registration) {
        if (socket.beginClose()) {
            try {
                registration.close();
            } finally {
                socket.finishClose();
            }
        }
    }
}
