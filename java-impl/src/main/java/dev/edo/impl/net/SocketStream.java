package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.Ready;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The whole of a connection: a view of its evented socket, until it is split. Has the methods that the streams of the
 * API have alike, whatever kind of socket it is.
 */
abstract class SocketStream implements AsyncRead, AsyncWrite, AutoCloseable {
    private static final VarHandle SOCKET;

    static {
        try {
            SOCKET = MethodHandles.lookup().findVarHandle(SocketStream.class, "socket", EventedSocket.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null when the halves have it. Read plainly: who splits a stream does not let others go on with it. */
    private @Nullable EventedSocket socket;

    SocketStream(EventedSocket socket) {
        this.socket = socket;
    }

    final EventedSocket io() {
        return present(socket);
    }

    private static EventedSocket present(@Nullable EventedSocket own) {
        if (own == null) {
            throw new IllegalStateException("this stream was split; use its halves, or reunite them");
        }
        return own;
    }

    /** Takes the socket away from this stream, for its halves. */
    final SplitState take() {
        return new SplitState(present((EventedSocket) SOCKET.getAndSet(this, null)));
    }

    final NativeSocket raw() {
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

    public int tryRead(ByteBuffer dst) throws IOException {
        return io().tryRead(dst);
    }

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

    public int tryWrite(ByteBuffer src) throws IOException {
        return io().tryWrite(src);
    }

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

    public boolean pollReadReady(Context cx) throws IOException {
        return io().pollReadReady(cx) != Registration.PENDING;
    }

    public boolean pollWriteReady(Context cx) throws IOException {
        return io().pollWriteReady(cx) != Registration.PENDING;
    }

    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(io(), interest);
    }

    public IoFuture<@Nullable Void> readable() {
        return new SocketAbleFuture(io(), Interest.READABLE);
    }

    public IoFuture<@Nullable Void> writable() {
        return new SocketAbleFuture(io(), Interest.WRITABLE);
    }

    @Override
    public boolean isWriteVectored() {
        return true;
    }

    public int fd() throws IOException {
        return io().fd();
    }

    public <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException {
        return io().tryIo(interest, operation);
    }

    public <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation) {
        return io().asyncIo(interest, operation);
    }

    public @Nullable IOException takeError() throws IOException {
        return raw().takeError();
    }

    @Override
    public void close() {
        var own = socket;
        if (own != null) {
            own.close();
        }
    }

    /** {@return the name of a kind of stream, with what is known of this one} */
    final String describe(String kind) {
        var own = socket;
        return kind + (own == null ? "[split]" : "[" + own.socket() + "]");
    }
}
