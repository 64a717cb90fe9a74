package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import dev.edo.net.UdpSocket;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A view of its evented socket. */
final class UdpSocketImpl extends SocketDatagrams<InetSocketAddress> implements UdpSocket, UdpOptionCalls {
    /** epoll tells of an error that came by ICMP as of the end of a stream. */
    private static final Ready WITHOUT_END = Ready.ALL.subtract(Ready.READ_CLOSED).subtract(Ready.WRITE_CLOSED);

    private UdpSocketImpl(EventedDatagrams<InetSocketAddress> io) {
        super(io);
    }

    static UdpSocket bind(InetSocketAddress address) throws IOException {
        var driver = RuntimeHandle.current().io();
        var socket = NativeDatagrams.make(address.getAddress() instanceof Inet6Address);
        try {
            socket.bindTo(address);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        return of(socket, driver);
    }

    /** Takes a socket that is bound, or closes it. */
    static UdpSocket of(NativeDatagrams bound, IoDriver driver) throws IOException {
        return new UdpSocketImpl(EventedDatagrams.register(bound, driver));
    }

    private NativeDatagramSocket<InetSocketAddress> raw() {
        return io.socket();
    }

    private static InetSocketAddress resolved(InetSocketAddress target) {
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("target=" + target + " is not resolved; use Lookup.host(...)");
        }
        return target;
    }

    @Override
    public IoFuture<@Nullable Void> connect(String hostPort) {
        return connect(Addresses.of(hostPort));
    }

    @Override
    public IoFuture<@Nullable Void> connect(List<InetSocketAddress> addresses) {
        return connect(Addresses.of(addresses));
    }

    private IoFuture<@Nullable Void> connect(Addresses addresses) {
        return new FirstAddressFuture<@Nullable Void>("connect", addresses, address -> {
            raw().connectTo(address);
            return null;
        });
    }

    @Override
    public IoFuture<Ready> ready(Interest interest) {
        return new SocketReadyFuture(io.evented(), interest, WITHOUT_END);
    }

    @Override
    public IoFuture<@Nullable Void> readable() {
        return new SocketAbleFuture(io.evented(), Interest.READABLE);
    }

    @Override
    public IoFuture<@Nullable Void> writable() {
        return new SocketAbleFuture(io.evented(), Interest.WRITABLE);
    }

    // ---- sending ----

    @Override
    public IoFuture<Integer> sendTo(ByteBuffer src, InetSocketAddress target) {
        return DatagramFuture.send(io, Objects.requireNonNull(src, "src"), resolved(target));
    }

    @Override
    public int pollSendTo(Context cx, ByteBuffer src, InetSocketAddress target) throws IOException {
        return io.pollSend(cx, src, resolved(target));
    }

    @Override
    public int trySendTo(ByteBuffer src, InetSocketAddress target) throws IOException {
        return io.trySend(src, resolved(target));
    }

    // ---- peeking ----

    @Override
    public IoFuture<Integer> peek(ByteBuffer dst) {
        return DatagramFuture.receive(io, writable(dst), true);
    }

    @Override
    public int pollPeek(Context cx, ByteBuffer dst) throws IOException {
        return io.pollReceive(cx, dst, true);
    }

    @Override
    public int tryPeek(ByteBuffer dst) throws IOException {
        return io.tryReceive(dst, true);
    }

    @Override
    public IoFuture<InetSocketAddress> peekFrom(ByteBuffer dst) {
        return DatagramFuture.receiveFrom(io, writable(dst), true);
    }

    @Override
    public @Nullable InetSocketAddress pollPeekFrom(Context cx, ByteBuffer dst) throws IOException {
        return io.pollReceiveFrom(cx, writable(dst), true);
    }

    @Override
    public @Nullable InetSocketAddress tryPeekFrom(ByteBuffer dst) throws IOException {
        return io.tryReceiveFrom(writable(dst), true);
    }

    @Override
    public IoFuture<InetSocketAddress> peekSender() {
        return DatagramFuture.receiveFrom(io, null, true);
    }

    @Override
    public @Nullable InetSocketAddress pollPeekSender(Context cx) throws IOException {
        return io.pollReceiveFrom(cx, null, true);
    }

    @Override
    public @Nullable InetSocketAddress tryPeekSender() throws IOException {
        return io.tryReceiveFrom(null, true);
    }

    // ---- the socket ----

    @Override
    public <T extends @Nullable Object> T ask(Question<T> question) throws IOException {
        try {
            return question.of(raw());
        } finally {
            Reference.reachabilityFence(io.evented());
        }
    }

    @Override
    public InetSocketAddress peerAddress() throws IOException {
        return ask(NativeSocket::peerAddress);
    }

    @Override
    public String toString() {
        return "UdpSocket[" + raw() + (raw().isClosed() ? ", closed]" : "]");
    }
}
