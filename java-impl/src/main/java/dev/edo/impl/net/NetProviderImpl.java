package dev.edo.impl.net;

import dev.edo.future.IoFuture;
import dev.edo.net.Pipe;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpSocket;
import dev.edo.net.TcpStream;
import dev.edo.net.UdpSocket;
import dev.edo.net.UnboundUdpSocket;
import dev.edo.net.UnixDatagram;
import dev.edo.net.UnixDatagramPair;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixPair;
import dev.edo.net.UnixSocket;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import dev.edo.spi.NetProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Sockets for the API's static methods. */
public final class NetProviderImpl implements NetProvider {
    /** For the provider of everything. */
    public NetProviderImpl() {}

    @Override
    public IoFuture<TcpListener> bindTcp(String hostPort) {
        return new FirstAddressFuture<>("bind", Addresses.of(hostPort), TcpListenerImpl::bind);
    }

    @Override
    public IoFuture<TcpListener> bindTcp(List<InetSocketAddress> addresses) {
        return new FirstAddressFuture<>("bind", Addresses.of(addresses), TcpListenerImpl::bind);
    }

    @Override
    public IoFuture<TcpStream> connectTcp(String hostPort) {
        return new ConnectFuture(Addresses.of(hostPort), null);
    }

    @Override
    public IoFuture<TcpStream> connectTcp(List<InetSocketAddress> addresses) {
        return new ConnectFuture(Addresses.of(addresses), null);
    }

    @Override
    public TcpSocket newTcpSocket(boolean ipv6) throws IOException {
        return TcpSocketImpl.make(ipv6);
    }

    @Override
    public IoFuture<UdpSocket> bindUdp(String hostPort) {
        return new FirstAddressFuture<>("bind", Addresses.of(hostPort), UdpSocketImpl::bind);
    }

    @Override
    public IoFuture<UdpSocket> bindUdp(List<InetSocketAddress> addresses) {
        return new FirstAddressFuture<>("bind", Addresses.of(addresses), UdpSocketImpl::bind);
    }

    @Override
    public UnboundUdpSocket newUdpSocket(boolean ipv6) throws IOException {
        return UnboundUdpSocketImpl.make(ipv6);
    }

    @Override
    public IoFuture<List<InetSocketAddress>> lookupHost(String hostPort) {
        return Addresses.of(hostPort);
    }

    @Override
    public UnixListener bindUnix(UnixSocketAddress address) throws IOException {
        return UnixListenerImpl.bind(address);
    }

    @Override
    public IoFuture<UnixStream> connectUnix(UnixSocketAddress address) {
        return new UnixConnectFuture(UnixNames.named(address), null);
    }

    @Override
    public UnixPair pairUnix() throws IOException {
        return UnixStreamImpl.pair();
    }

    @Override
    public UnixDatagram bindUnixDatagram(UnixSocketAddress address) throws IOException {
        return UnixDatagramImpl.bind(address);
    }

    @Override
    public UnixDatagram unboundUnixDatagram() throws IOException {
        return UnixDatagramImpl.unbound();
    }

    @Override
    public UnixDatagramPair pairUnixDatagram() throws IOException {
        return UnixDatagramImpl.pair();
    }

    @Override
    public Pipe openPipe() throws IOException {
        return Pipes.open();
    }

    @Override
    public PipeSender openSender(Path fifo, boolean readWrite, boolean unchecked) throws IOException {
        return PipeSenderImpl.open(fifo, readWrite, unchecked);
    }

    @Override
    public PipeReceiver openReceiver(Path fifo, boolean readWrite, boolean unchecked) throws IOException {
        return PipeReceiverImpl.open(fifo, readWrite, unchecked);
    }

    @Override
    public PipeSender senderOfFd(int fd, boolean unchecked) throws IOException {
        return PipeSenderImpl.ofFd(fd, unchecked);
    }

    @Override
    public PipeReceiver receiverOfFd(int fd, boolean unchecked) throws IOException {
        return PipeReceiverImpl.ofFd(fd, unchecked);
    }

    @Override
    public UnixSocket newUnixSocket(boolean datagrams) throws IOException {
        return UnixSocketImpl.make(datagrams);
    }
}
