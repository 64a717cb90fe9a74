package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Interest;
import dev.edo.io.Io;
import dev.edo.io.IoResult;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a standard output stream: polled where that is possible, on the blocking pool elsewhere.
 *
 * <p>Invariants: once the blocking pool was used, this goes on with it, because it may not be done
 * with what it was given.
 */
final class StdoutWriter implements AsyncWrite {
    private static final int BLOCK_BYTES = 8192;

    private final StdioDescriptor descriptor;
    private final FileDescriptor fallback;
    private @Nullable AsyncWrite blocking;
    private final StdioWait wait = new StdioWait(Interest.WRITABLE.bits());
    private @Nullable ByteBuffer block;

    StdoutWriter(StdioDescriptor descriptor, FileDescriptor fallback) {
        this.descriptor = descriptor;
        this.fallback = fallback;
    }

    /** A stream that leaves the descriptor open. */
    private static final class KeptOpen extends OutputStream {
        private final FileOutputStream out;

        KeptOpen(FileOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        Registration registration = null;
        if (blocking == null) {
            var entry = descriptor.entry(cx);
            if (entry == null) {
                return IoResult.PENDING;
            }
            registration = entry.registration();
        }
        if (registration == null) {
            return blocking().pollWrite(cx, src);
        }
        if (!src.hasRemaining()) {
            return 0;
        }
        while (true) {
            long event = wait.pollEvent(registration, cx);
            if (event == Registration.PENDING) {
                return IoResult.PENDING;
            }
            int n = send(src);
            if (n > 0) {
                return n;
            }
            registration.clearReadiness(event, Interest.WRITABLE.bits());
        }
    }

    private AsyncWrite blocking() {
        var writer = blocking;
        if (writer == null) {
            writer = Io.fromOutputStream(new KeptOpen(new FileOutputStream(fallback)));
            blocking = writer;
        }
        return writer;
    }

    /** {@return how many bytes; 0 where there is no room} */
    private int send(ByteBuffer src) throws IOException {
        int n;
        if (src.isDirect()) {
            n = descriptor.second().write(src, src.position(), src.limit());
        } else {
            var direct = block;
            if (direct == null) {
                direct = ByteBuffer.allocateDirect(BLOCK_BYTES);
                block = direct;
            }
            int length = Math.min(BLOCK_BYTES, src.remaining());
            direct.put(0, src, src.position(), length);
            n = descriptor.second().write(direct, 0, length);
        }
        if (n > 0) {
            src.position(src.position() + n);
        }
        return n;
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        var writer = blocking;
        return writer == null || writer.pollFlush(cx);
    }

    /** The descriptor stays open: it is the process's. */
    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        return pollFlush(cx);
    }

    @Override
    public void cancelWrite(Waker waker) {
        wait.forget(waker);
        var writer = blocking;
        if (writer != null) {
            writer.cancelWrite(waker);
        }
    }

    @Override
    public String toString() {
        return "standard output stream";
    }
}
