package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.AsyncRead;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the standard input: polled where that is possible, by a thread of its own elsewhere.
 *
 * <p>Invariants: once the thread has begun to read, it is the only way, because it may hold bytes.
 */
final class StdinReader implements AsyncRead {
    private static final int BLOCK_BYTES = 8192;

    private final StdioDescriptor descriptor;
    private final StdinThread thread;
    private final StdioWait wait = new StdioWait(Interest.READABLE.bits());
    private @Nullable ByteBuffer block;

    StdinReader(StdioDescriptor descriptor, StdinThread thread) {
        this.descriptor = descriptor;
        this.thread = thread;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException(); // before anything is taken from the kernel
        }
        Registration registration = null;
        if (!thread.hasBegun()) {
            var entry = descriptor.entry(cx);
            if (entry == null) {
                return IoResult.PENDING;
            }
            registration = entry.registration();
        }
        if (registration == null) {
            return thread.pollRead(cx, dst);
        }
        while (true) {
            long event = wait.pollEvent(registration, cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = receive(dst);
            if (n != 0) {
                return n;
            }
            registration.clearReadiness(event, Interest.READABLE.bits());
        }
    }

    /** {@return how many bytes; 0 where there are none, -1 at the end} */
    private int receive(ByteBuffer dst) throws IOException {
        if (dst.isDirect()) {
            int n = descriptor.second().read(dst, dst.position(), dst.limit());
            if (n > 0) {
                dst.position(dst.position() + n);
            }
            return n;
        }
        var direct = block;
        if (direct == null) {
            direct = ByteBuffer.allocateDirect(BLOCK_BYTES);
            block = direct;
        }
        int n = descriptor.second().read(direct, 0, Math.min(BLOCK_BYTES, dst.remaining()));
        if (n > 0) {
            dst.put(direct.limit(n).position(0));
            direct.clear();
        }
        return n;
    }

    @Override
    public void cancelRead(Waker waker) {
        wait.forget(waker);
        thread.cancelRead(waker);
    }

    @Override
    public String toString() {
        return "stdin";
    }
}
