package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import dev.edo.net.PipeReceiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The end of a pipe that is read from. */
final class PipeReceiverImpl extends PipeEnd implements PipeReceiver {
    /** Registers an end, or closes it. */
    PipeReceiverImpl(NativePipe pipe) throws IOException {
        super(pipe, Interest.READABLE);
    }

    static PipeReceiverImpl open(Path path, boolean readWrite, boolean unchecked) throws IOException {
        return new PipeReceiverImpl(open(path, Interest.READABLE, readWrite, unchecked));
    }

    /** Takes a descriptor of the caller's; where that fails, it stays the caller's. */
    static PipeReceiverImpl ofFd(int fd, boolean unchecked) throws IOException {
        var pipe = borrow(fd, Interest.READABLE, unchecked);
        var end = new PipeReceiverImpl(pipe);
        end.take(pipe, unchecked);
        return end;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return io().pollRead(cx, dst);
    }

    @Override
    public int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        return io().pollRead(cx, dsts);
    }

    @Override
    public int tryRead(ByteBuffer dst) throws IOException {
        return io().tryRead(dst);
    }

    @Override
    public int tryRead(ByteBuffer[] dsts) throws IOException {
        return io().tryRead(dsts);
    }

    @Override
    public void cancelRead(Waker waker) {
        io().cancelRead(waker);
    }

    @Override
    public boolean pollReadReady(Context cx) throws IOException {
        return io().pollReadReady(cx) != Registration.PENDING;
    }

    @Override
    public IoFuture<@Nullable Void> readable() {
        return able();
    }

    @Override
    public String toString() {
        return describe("PipeReceiver");
    }
}
