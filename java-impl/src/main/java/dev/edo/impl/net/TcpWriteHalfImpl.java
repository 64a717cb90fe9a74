package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import dev.edo.net.TcpWriteHalf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The writing half. */
final class TcpWriteHalfImpl implements TcpWriteHalf {
    final SplitState split;

    TcpWriteHalfImpl(SplitState split) {
        this.split = split;
    }

    private EventedSocket io() throws IOException {
        return split.open(SplitState.WRITE);
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        var socket = io();
        try {
            return waiting(socket.pollWrite(cx, src));
        } catch (IOException e) {
            throw cause(e);
        }
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer[] srcs) throws IOException {
        var socket = io();
        try {
            return waiting(socket.pollWrite(cx, srcs));
        } catch (IOException e) {
            throw cause(e);
        }
    }

    /** Who forgets this half wakes whom it finds waiting; who begins to wait too late for that finds it closed. */
    private int waiting(int n) throws IOException {
        if (n == IoResult.PENDING) {
            split.check(SplitState.WRITE);
        }
        return n;
    }

    /** A half that is closed meanwhile is why a write fails with EPIPE. */
    private IOException cause(IOException e) throws IOException {
        split.check(SplitState.WRITE);
        return e;
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

    /** The kernel sends what it was given by itself. */
    @Override
    public boolean pollFlush(Context cx) throws IOException {
        split.check(SplitState.WRITE);
        return true;
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        io().socket().shutdownWrite();
        return true;
    }

    @Override
    public void cancelWrite(Waker waker) {
        split.socket().cancelWrite(waker);
    }

    @Override
    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(split.unchecked(), interest);
    }

    @Override
    public IoFuture<@Nullable Void> writable() {
        return new SocketAbleFuture(split.unchecked(), Interest.WRITABLE);
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        return io().socket().local();
    }

    @Override
    public InetSocketAddress peerAddress() throws IOException {
        return io().socket().peerAddress();
    }

    @Override
    public void forget() {
        if (split.begin(SplitState.WRITE)) {
            split.socket().wakeWriter(); // no event of the kernel will
            split.finish();
        }
    }

    @Override
    public void close() {
        if (split.begin(SplitState.WRITE)) {
            split.shutDown(SplitState.WRITE);
            split.finish();
        }
    }

    @Override
    public String toString() {
        return "TcpWriteHalf[" + split + "]";
    }
}
