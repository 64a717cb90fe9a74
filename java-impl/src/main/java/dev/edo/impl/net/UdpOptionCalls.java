package dev.edo.impl.net;

import dev.edo.net.UdpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The options of a UDP socket, be it bound or not. */
interface UdpOptionCalls extends OptionCalls, UdpOptions {
    @Override
    default boolean broadcast() throws IOException {
        return ask(MulticastOptions::broadcast);
    }

    @Override
    default void setBroadcast(boolean on) throws IOException {
        set(socket -> MulticastOptions.setBroadcast(socket, on));
    }

    @Override
    default boolean multicastLoopV4() throws IOException {
        return ask(MulticastOptions::loopV4);
    }

    @Override
    default void setMulticastLoopV4(boolean on) throws IOException {
        set(socket -> MulticastOptions.setLoopV4(socket, on));
    }

    @Override
    default int multicastTtlV4() throws IOException {
        return ask(MulticastOptions::ttlV4);
    }

    @Override
    default void setMulticastTtlV4(int hops) throws IOException {
        set(socket -> MulticastOptions.setTtlV4(socket, hops));
    }

    @Override
    default boolean multicastLoopV6() throws IOException {
        return ask(MulticastOptions::loopV6);
    }

    @Override
    default void setMulticastLoopV6(boolean on) throws IOException {
        set(socket -> MulticastOptions.setLoopV6(socket, on));
    }

    @Override
    default void joinMulticastV4(InetAddress group, InetAddress networkInterface) throws IOException {
        set(socket -> MulticastOptions.joinV4(socket, group, networkInterface));
    }

    @Override
    default void leaveMulticastV4(InetAddress group, InetAddress networkInterface) throws IOException {
        set(socket -> MulticastOptions.leaveV4(socket, group, networkInterface));
    }

    @Override
    default void joinMulticastV6(InetAddress group, int interfaceIndex) throws IOException {
        set(socket -> MulticastOptions.joinV6(socket, group, interfaceIndex));
    }

    @Override
    default void leaveMulticastV6(InetAddress group, int interfaceIndex) throws IOException {
        set(socket -> MulticastOptions.leaveV6(socket, group, interfaceIndex));
    }

    @Override
    default int ttl() throws IOException {
        return ask(SocketOptions::ttl);
    }

    @Override
    default void setTtl(int hops) throws IOException {
        set(socket -> SocketOptions.setTtl(socket, hops));
    }

    @Override
    default int tos() throws IOException {
        return ask(SocketOptions::tos);
    }

    @Override
    default void setTos(int tos) throws IOException {
        set(socket -> SocketOptions.setTos(socket, tos));
    }

    @Override
    default int tclass() throws IOException {
        return ask(SocketOptions::tclass);
    }

    @Override
    default void setTclass(int tclass) throws IOException {
        set(socket -> SocketOptions.setTclass(socket, tclass));
    }

    @Override
    default @Nullable String device() throws IOException {
        return ask(SocketOptions::device);
    }

    @Override
    default void bindDevice(@Nullable String name) throws IOException {
        set(socket -> SocketOptions.bindDevice(socket, name));
    }

    @Override
    default int sendBufferSize() throws IOException {
        return ask(SocketOptions::sendBufferSize);
    }

    @Override
    default void setSendBufferSize(int bytes) throws IOException {
        set(socket -> SocketOptions.setSendBufferSize(socket, bytes));
    }

    @Override
    default int recvBufferSize() throws IOException {
        return ask(SocketOptions::recvBufferSize);
    }

    @Override
    default void setRecvBufferSize(int bytes) throws IOException {
        set(socket -> SocketOptions.setRecvBufferSize(socket, bytes));
    }

    @Override
    default InetSocketAddress localAddress() throws IOException {
        return ask(NativeSocket::local);
    }

    @Override
    default @Nullable IOException takeError() throws IOException {
        return ask(NativeSocket::takeError);
    }
}
