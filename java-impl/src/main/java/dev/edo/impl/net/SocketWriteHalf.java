package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The writing half of a connection, whatever kind of socket it is. */
abstract class SocketWriteHalf implements AsyncWrite, AutoCloseable {
    final SplitState split;

    SocketWriteHalf(SplitState split) {
        this.split = split;
    }

    final EventedSocket io() throws IOException {
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

    /** Who closes this half wakes whom it finds waiting; who begins to wait too late for that finds it closed. */
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

    public int tryWrite(ByteBuffer src) throws IOException {
        return io().tryWrite(src);
    }

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

    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(split.unchecked(), interest, split, SplitState.WRITE);
    }

    public IoFuture<@Nullable Void> writable() {
        return new SocketAbleFuture(split.unchecked(), Interest.WRITABLE, split, SplitState.WRITE);
    }

    public void forget() {
        split.forget(SplitState.WRITE);
    }

    @Override
    public void close() {
        split.close(SplitState.WRITE);
    }
}
