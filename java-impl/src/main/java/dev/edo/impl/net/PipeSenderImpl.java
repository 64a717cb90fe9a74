package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import dev.edo.net.PipeSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The end of a pipe that is written to. */
final class PipeSenderImpl extends PipeEnd implements PipeSender {
    /** Registers an end, or closes it. */
    PipeSenderImpl(NativePipe pipe) throws IOException {
        super(pipe, Interest.WRITABLE);
    }

    static PipeSenderImpl open(Path path, boolean readWrite, boolean unchecked) throws IOException {
        return new PipeSenderImpl(open(path, Interest.WRITABLE, readWrite, unchecked));
    }

    /** Takes a descriptor of the caller's; where that fails, it stays the caller's. */
    static PipeSenderImpl ofFd(int fd, boolean unchecked) throws IOException {
        var pipe = borrow(fd, Interest.WRITABLE, unchecked);
        var end = new PipeSenderImpl(pipe);
        end.take(pipe, unchecked);
        return end;
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        return io().pollWrite(cx, src);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        return io().pollWrite(cx, srcs);
    }

    @Override
    public int tryWrite(ByteBuffer src) throws IOException {
        return io().tryWrite(src);
    }

    @Override
    public int tryWrite(ByteBuffer[] srcs) throws IOException {
        return io().tryWrite(srcs);
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    /** What was written is in the pipe. */
    @Override
    public boolean pollFlush(Context cx) {
        return true;
    }

    /** Only closing tells the other end. */
    @Override
    public boolean pollShutdown(Context cx) {
        return true;
    }

    @Override
    public void cancelWrite(Waker waker) {
        io().cancelWrite(waker);
    }

    @Override
    public boolean pollWriteReady(Context cx) throws IOException {
        return io().pollWriteReady(cx) != Registration.PENDING;
    }

    @Override
    public IoFuture<@Nullable Void> writable() {
        return able();
    }

    @Override
    public String toString() {
        return describe("PipeSender");
    }
}
