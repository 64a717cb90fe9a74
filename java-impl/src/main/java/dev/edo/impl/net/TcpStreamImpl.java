package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.Ready;
import dev.edo.net.TcpHalves;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The whole of a connection: a view of its evented socket, until it is split. */
final class TcpStreamImpl implements TcpStream {
    private static final VarHandle SOCKET;

    static {
        try {
            SOCKET = MethodHandles.lookup().findVarHandle(TcpStreamImpl.class, "socket", EventedSocket.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null when the halves have it. Read plainly: who splits a stream does not let others go on with it. */
    private @Nullable EventedSocket socket;

    TcpStreamImpl(EventedSocket socket) {
        this.socket = socket;
    }

    private EventedSocket io() {
        return present(socket);
    }

    private static EventedSocket present(@Nullable EventedSocket own) {
        if (own == null) {
            throw new IllegalStateException("this stream was split; use its halves, or reunite them");
        }
        return own;
    }

    private NativeSocket raw() {
        return io().socket();
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
    public int pollPeek(Context cx, ByteBuffer dst) throws IOException {
        return io().pollPeek(cx, dst);
    }

    @Override
    public IoFuture<Integer> peek(ByteBuffer dst) {
        return new PeekFuture(io(), dst, null);
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

    /** The kernel sends what it was given by itself. */
    @Override
    public boolean pollFlush(Context cx) {
        return true;
    }

    @Override
    public boolean pollShutdown(Context cx) throws IOException {
        raw().shutdownWrite();
        return true;
    }

    @Override
    public void cancelRead(Waker waker) {
        var own = socket;
        if (own != null) {
            own.cancelRead(waker);
        }
    }

    @Override
    public void cancelWrite(Waker waker) {
        var own = socket;
        if (own != null) {
            own.cancelWrite(waker);
        }
    }

    @Override
    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(io(), interest);
    }

    @Override
    public IoFuture<@Nullable Void> readable() {
        return new SocketAbleFuture(io(), Interest.READABLE);
    }

    @Override
    public IoFuture<@Nullable Void> writable() {
        return new SocketAbleFuture(io(), Interest.WRITABLE);
    }

    @Override
    public boolean pollReadReady(Context cx) throws IOException {
        return io().pollReadReady(cx) != Registration.PENDING;
    }

    @Override
    public boolean pollWriteReady(Context cx) throws IOException {
        return io().pollWriteReady(cx) != Registration.PENDING;
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    @Override
    public int fd() throws IOException {
        return io().fd();
    }

    @Override
    public <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException {
        return io().tryIo(interest, operation);
    }

    @Override
    public <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation) {
        return io().asyncIo(interest, operation);
    }

    @Override
    public TcpHalves split() {
        var own = present((EventedSocket) SOCKET.getAndSet(this, null));
        var state = new SplitState(own);
        return new TcpHalves(new TcpReadHalfImpl(state), new TcpWriteHalfImpl(state));
    }

    @Override
    public InetSocketAddress localAddress() throws IOException {
        return raw().local();
    }

    @Override
    public InetSocketAddress peerAddress() throws IOException {
        return raw().peerAddress();
    }

    @Override
    public @Nullable IOException takeError() throws IOException {
        return raw().takeError();
    }

    @Override
    public boolean nodelay() throws IOException {
        return SocketOptions.nodelay(raw());
    }

    @Override
    public void setNodelay(boolean on) throws IOException {
        SocketOptions.setNodelay(raw(), on);
    }

    @Override
    public boolean keepalive() throws IOException {
        return SocketOptions.keepalive(raw());
    }

    @Override
    public void setKeepalive(boolean on) throws IOException {
        SocketOptions.setKeepalive(raw(), on);
    }

    @Override
    public @Nullable Duration linger() throws IOException {
        return SocketOptions.linger(raw());
    }

    @Override
    public void setLinger(@Nullable Duration limit) throws IOException {
        SocketOptions.setLinger(raw(), limit);
    }

    @Override
    public int sendBufferSize() throws IOException {
        return SocketOptions.sendBufferSize(raw());
    }

    @Override
    public void setSendBufferSize(int bytes) throws IOException {
        SocketOptions.setSendBufferSize(raw(), bytes);
    }

    @Override
    public int recvBufferSize() throws IOException {
        return SocketOptions.recvBufferSize(raw());
    }

    @Override
    public void setRecvBufferSize(int bytes) throws IOException {
        SocketOptions.setRecvBufferSize(raw(), bytes);
    }

    @Override
    public boolean quickack() throws IOException {
        return SocketOptions.quickack(raw());
    }

    @Override
    public void setQuickack(boolean on) throws IOException {
        SocketOptions.setQuickack(raw(), on);
    }

    @Override
    public int ttl() throws IOException {
        return SocketOptions.ttl(raw());
    }

    @Override
    public void setTtl(int hops) throws IOException {
        SocketOptions.setTtl(raw(), hops);
    }

    @Override
    public void close() {
        var own = socket;
        if (own != null) {
            own.close();
        }
    }

    @Override
    public String toString() {
        var own = socket;
        return own == null ? "TcpStream[split]" : "TcpStream[" + own.socket() + "]";
    }
}
