package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import dev.edo.net.TcpReadHalf;
import dev.edo.net.TcpStream;
import dev.edo.net.TcpWriteHalf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The reading half. Closing it shuts the reading side down, which the other end does not notice, but
 * which wakes who waits here: it then finds the end of the stream and, behind that, this half closed.
 */
final class TcpReadHalfImpl implements TcpReadHalf {
    private final SplitState split;

    TcpReadHalfImpl(SplitState split) {
        this.split = split;
    }

    private EventedSocket io() throws IOException {
        return split.open(SplitState.READ);
    }

    private int open(int n) throws IOException {
        if (n == IoResult.END_OF_STREAM) {
            split.check(SplitState.READ);
        }
        return n;
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        return open(io().pollRead(cx, dst));
    }

    @Override
    public int pollRead(Context cx, ByteBuffer[] dsts) throws IOException {
        return open(io().pollRead(cx, dsts));
    }

    @Override
    public int pollPeek(Context cx, ByteBuffer dst) throws IOException {
        return open(io().pollPeek(cx, dst));
    }

    @Override
    public IoFuture<Integer> peek(ByteBuffer dst) {
        return new PeekFuture(split.unchecked(), dst, split);
    }

    @Override
    public int tryRead(ByteBuffer dst) throws IOException {
        return open(io().tryRead(dst));
    }

    @Override
    public int tryRead(ByteBuffer[] dsts) throws IOException {
        return open(io().tryRead(dsts));
    }

    @Override
    public void cancelRead(Waker waker) {
        split.socket().cancelRead(waker);
    }

    @Override
    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(split.unchecked(), interest);
    }

    @Override
    public IoFuture<@Nullable Void> readable() {
        return new SocketAbleFuture(split.unchecked(), Interest.READABLE);
    }

    @Override
    public TcpStream reunite(TcpWriteHalf write) {
        if (!(write instanceof TcpWriteHalfImpl other) || other.split != split) {
            throw new IllegalArgumentException(
                    "these halves are not of the same stream: " + this + " and " + write);
        }
        return split.reunite();
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
    public void close() {
        if (split.begin(SplitState.READ)) {
            split.shutDown(SplitState.READ);
            split.finish();
        }
    }

    @Override
    public String toString() {
        return "TcpReadHalf[" + split + "]";
    }
}
