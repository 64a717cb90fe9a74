package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.DirectAddress;
import dev.edo.io.IoOperation;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the descriptor of one end of a pipe: makes the calls on it, and closes it exactly once.
 *
 * <p>Algorithm: the state counts the calls in flight, so that the number of the descriptor is not given back while a
 * call may still use it. It is the word that {@link SocketDescriptor} draws, which has to extend a class of Netty's that
 * takes nothing but sockets.
 */
final class NativePipe implements StreamDescriptor {
    private static final int CLOSED = 1 << 30;
    private static final int RELEASED = 1 << 31;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(NativePipe.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int fd;

    /** For messages. */
    private final String what;

    private volatile int state;

    /** Written by who makes this, or closes it, while that counts as a call; read by who ends the last one. */
    private volatile boolean isKeptOpen;

    /**
     * Takes a descriptor that does not block.
     *
     * @param what for messages: what this is
     */
    NativePipe(int fd, String what) {
        this.fd = fd;
        this.what = what;
    }

    @Override
    public int intValue() {
        return fd;
    }

    // ---- life ----

    private void begin() throws ClosedSocketException {
        if (((int) STATE.getAndAdd(this, 1) & CLOSED) != 0) {
            end();
            throw closed();
        }
    }

    private void end() {
        if ((int) STATE.getAndAdd(this, -1) - 1 == CLOSED
                && STATE.compareAndSet(this, CLOSED, CLOSED | RELEASED)) {
            release();
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

    /** The descriptor is somebody else's, and stays open. */
    void keepOpen() {
        isKeptOpen = true;
    }

    /**
     * Gives the descriptor to the caller, between beginning and finishing to close. Where calls are in flight it is a
     * duplicate: the new owner may close it at once, and the next file that is opened would have the number that they
     * use.
     */
    int giveAway() throws IOException {
        if (state != CLOSED + 1) {
            return DescriptorFlags.duplicate(fd);
        }
        isKeptOpen = true;
        return fd;
    }

    /** From now on closing this closes the descriptor. */
    void own() {
        isKeptOpen = false;
    }

    @Override
    public void finishClose() {
        end();
    }

    @Override
    public boolean isClosed() {
        return (state & CLOSED) != 0;
    }

    @Override
    public ClosedSocketException closed() {
        return new ClosedSocketException(this + " is closed");
    }

    private void release() {
        if (isKeptOpen) {
            return;
        }
        int result = PipeCalls.close(fd);
        if (result < 0) {
            System.getLogger(NativePipe.class.getName()).log(System.Logger.Level.WARNING,
                    "closing " + this + " failed: errno=" + -result);
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

    // ---- data ----

    /** Made so by either side, a pipe keeps packets apart: a read ends behind each. */
    @Override
    public boolean shortReadTakesAll() {
        return false;
    }

    @Override
    public int receive(ByteBuffer dst) throws IOException {
        NativeSocket.requireWritable(dst);
        var scratch = Scratch.take();
        try {
            begin();
            try {
                return readResult(received(dst, scratch));
            } finally {
                end();
            }
        } finally {
            scratch.giveBack();
        }
    }

    /** {@return how many bytes, 0 at the end, or -errno} */
    private int received(ByteBuffer dst, Scratch scratch) {
        int n;
        if (dst.isDirect()) {
            // SAFETY: dst is reachable until the fence, so its memory is alive unless its arena was closed, which
            // ofPosition() checks; what remains of it from its position on belongs to it.
            n = PipeCalls.read(fd, DirectAddress.ofPosition(dst), dst.remaining(), scratch);
            Reference.reachabilityFence(dst);
        } else {
            // SAFETY: the scratch is this thread's own until it is given back, and BYTES long.
            n = PipeCalls.read(fd, scratch.bytesAddress, Math.min(dst.remaining(), Scratch.BYTES), scratch);
            if (n > 0) {
                dst.put(dst.position(), scratch.bytes, 0, n);
            }
        }
        if (n > 0) {
            dst.position(dst.position() + n);
        }
        return n;
    }

    @Override
    public int receive(BufferVector vector) throws IOException {
        begin();
        try {
            int n = SocketCalls.readv(fd, vector.count(), vector.scratch());
            vector.received(n);
            return readResult(n);
        } finally {
            end();
        }
    }

    @Override
    public int send(ByteBuffer src) throws IOException {
        var scratch = Scratch.take();
        try {
            begin();
            try {
                return writeResult(sent(src, scratch));
            } finally {
                end();
            }
        } finally {
            scratch.giveBack();
        }
    }

    /** {@return how many bytes, or -errno} */
    private int sent(ByteBuffer src, Scratch scratch) {
        int n;
        if (src.isDirect()) {
            // SAFETY: as in received.
            n = PipeCalls.write(fd, DirectAddress.ofPosition(src), src.remaining(), scratch);
            Reference.reachabilityFence(src);
        } else {
            int length = Math.min(src.remaining(), Scratch.BYTES);
            scratch.bytes.put(0, src, src.position(), length);
            // SAFETY: as in received.
            n = PipeCalls.write(fd, scratch.bytesAddress, length, scratch);
        }
        if (n > 0) {
            src.position(src.position() + n);
        }
        return n;
    }

    @Override
    public int send(BufferVector vector) throws IOException {
        begin();
        try {
            int n = PipeCalls.writev(fd, vector.count(), vector.scratch());
            vector.sent(n);
            return writeResult(n);
        } finally {
            end();
        }
    }

    private int readResult(int result) throws IOException {
        return result > 0 ? result : result == 0 ? IoResult.END_OF_STREAM : failed("read from ", result);
    }

    private int writeResult(int result) throws IOException {
        return result >= 0 ? result : failed("write to ", result);
    }

    /** {@return WOULD_BLOCK where that is all} */
    private int failed(String operation, int result) throws IOException {
        if (-result == Errno.AGAIN) {
            return IoResult.WOULD_BLOCK;
        }
        throw SystemError.ofPipe(operation + this, -result);
    }

    @Override
    public String toString() {
        return what + " (fd=" + fd + ")";
    }
}
