package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.impl.driver.io.Registration;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A view of an evented socket of datagrams. Has the methods that the sockets of the API have alike, whatever kind of
 * socket it is.
 *
 * @param <A> the type of the addresses
 */
abstract class SocketDatagrams<A> implements AutoCloseable {
    final EventedDatagrams<A> io;

    SocketDatagrams(EventedDatagrams<A> io) {
        this.io = io;
    }

    // ---- sending ----

    public IoFuture<Integer> send(ByteBuffer src) {
        return DatagramFuture.send(io, Objects.requireNonNull(src, "src"), null);
    }

    public int pollSend(Context cx, ByteBuffer src) throws IOException {
        return io.pollSend(cx, src, null);
    }

    public int trySend(ByteBuffer src) throws IOException {
        return io.trySend(src, null);
    }

    public boolean pollSendReady(Context cx) throws IOException {
        return io.evented().pollWriteReady(cx) != Registration.PENDING;
    }

    // ---- receiving ----

    public IoFuture<Integer> recv(ByteBuffer dst) {
        return DatagramFuture.receive(io, writable(dst), false);
    }

    public int pollRecv(Context cx, ByteBuffer dst) throws IOException {
        return io.pollReceive(cx, dst, false);
    }

    public int tryRecv(ByteBuffer dst) throws IOException {
        return io.tryReceive(dst, false);
    }

    public IoFuture<A> recvFrom(ByteBuffer dst) {
        return DatagramFuture.receiveFrom(io, writable(dst), false);
    }

    public @Nullable A pollRecvFrom(Context cx, ByteBuffer dst) throws IOException {
        return io.pollReceiveFrom(cx, writable(dst), false);
    }

    public @Nullable A tryRecvFrom(ByteBuffer dst) throws IOException {
        return io.tryReceiveFrom(writable(dst), false);
    }

    public boolean pollRecvReady(Context cx) throws IOException {
        return io.evented().pollReadReady(cx) != Registration.PENDING;
    }

    /** Null means something else further down, and waiting for what cannot be taken makes no sense. */
    static ByteBuffer writable(ByteBuffer dst) {
        NativeSocket.requireWritable(dst);
        return dst;
    }

    // ---- the socket ----

    public void cancelRecv(Waker waker) {
        io.evented().cancelRead(waker);
    }

    public void cancelSend(Waker waker) {
        io.evented().cancelWrite(waker);
    }

    public int fd() throws IOException {
        return io.evented().fd();
    }

    public <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException {
        return io.evented().tryIo(interest, operation);
    }

    public <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation) {
        return io.evented().asyncIo(interest, operation);
    }

    public @Nullable IOException takeError() throws IOException {
        return io.socket().takeError();
    }

    @Override
    public void close() {
        io.evented().close();
    }
}
