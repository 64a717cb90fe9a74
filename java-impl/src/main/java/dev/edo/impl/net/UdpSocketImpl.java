package dev.edo.impl.net;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import dev.edo.net.UdpSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A view of its evented socket. */
final class UdpSocketImpl extends SocketDatagrams<InetSocketAddress> implements UdpSocket {
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
        return new UdpSocketImpl(EventedDatagrams.register(socket, driver));
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
    public InetSocketAddress localAddress() throws IOException {
        return raw().local();
    }

    @Override
    public InetSocketAddress peerAddress() throws IOException {
        return raw().peerAddress();
    }

    // ---- options ----

    @Override
    public boolean broadcast() throws IOException {
        return MulticastOptions.broadcast(raw());
    }

    @Override
    public void setBroadcast(boolean on) throws IOException {
        MulticastOptions.setBroadcast(raw(), on);
    }

    @Override
    public boolean multicastLoopV4() throws IOException {
        return MulticastOptions.loopV4(raw());
    }

    @Override
    public void setMulticastLoopV4(boolean on) throws IOException {
        MulticastOptions.setLoopV4(raw(), on);
    }

    @Override
    public int multicastTtlV4() throws IOException {
        return MulticastOptions.ttlV4(raw());
    }

    @Override
    public void setMulticastTtlV4(int hops) throws IOException {
        MulticastOptions.setTtlV4(raw(), hops);
    }

    @Override
    public boolean multicastLoopV6() throws IOException {
        return MulticastOptions.loopV6(raw());
    }

    @Override
    public void setMulticastLoopV6(boolean on) throws IOException {
        MulticastOptions.setLoopV6(raw(), on);
    }

    @Override
    public void joinMulticastV4(InetAddress group, InetAddress networkInterface) throws IOException {
        MulticastOptions.joinV4(raw(), group, networkInterface);
    }

    @Override
    public void leaveMulticastV4(InetAddress group, InetAddress networkInterface) throws IOException {
        MulticastOptions.leaveV4(raw(), group, networkInterface);
    }

    @Override
    public void joinMulticastV6(InetAddress group, int interfaceIndex) throws IOException {
        MulticastOptions.joinV6(raw(), group, interfaceIndex);
    }

    @Override
    public void leaveMulticastV6(InetAddress group, int interfaceIndex) throws IOException {
        MulticastOptions.leaveV6(raw(), group, interfaceIndex);
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
    public int tos() throws IOException {
        return SocketOptions.tos(raw());
    }

    @Override
    public void setTos(int tos) throws IOException {
        SocketOptions.setTos(raw(), tos);
    }

    @Override
    public int tclass() throws IOException {
        return SocketOptions.tclass(raw());
    }

    @Override
    public void setTclass(int tclass) throws IOException {
        SocketOptions.setTclass(raw(), tclass);
    }

    @Override
    public @Nullable String device() throws IOException {
        return SocketOptions.device(raw());
    }

    @Override
    public void bindDevice(@Nullable String name) throws IOException {
        SocketOptions.bindDevice(raw(), name);
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
    public String toString() {
        return "UdpSocket[" + raw() + (raw().isClosed() ? ", closed]" : "]");
    }
}
