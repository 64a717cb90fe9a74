package dev.edo.spi;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.net.Pipe;
import dev.edo.net.PipeOptions;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Sockets, as an implementation provides them. */
public interface NetProvider {
    /**
     * Implements {@link TcpListener#bind(String)}.
     *
     * @param hostPort where
     * @return the listener
     */
    @CheckReturnValue
    IoFuture<TcpListener> bindTcp(String hostPort);

    /**
     * Implements {@link TcpListener#bind(List)}.
     *
     * @param addresses tried in this order
     * @return the listener
     */
    @CheckReturnValue
    IoFuture<TcpListener> bindTcp(List<InetSocketAddress> addresses);

    /**
     * Implements {@link TcpStream#connect(String)}.
     *
     * @param hostPort where to
     * @return the connection
     */
    @CheckReturnValue
    IoFuture<TcpStream> connectTcp(String hostPort);

    /**
     * Implements {@link TcpStream#connect(List)}.
     *
     * @param addresses tried in this order
     * @return the connection
     */
    @CheckReturnValue
    IoFuture<TcpStream> connectTcp(List<InetSocketAddress> addresses);

    /**
     * Implements {@link TcpSocket#newV4()} and {@link TcpSocket#newV6()}.
     *
     * @param ipv6 for which protocol
     * @return the socket
     * @throws IOException when the system refuses
     */
    TcpSocket newTcpSocket(boolean ipv6) throws IOException;

    /**
     * Implements {@link UdpSocket#bind(String)}.
     *
     * @param hostPort where
     * @return the socket
     */
    @CheckReturnValue
    IoFuture<UdpSocket> bindUdp(String hostPort);

    /**
     * Implements {@link UdpSocket#bind(List)}.
     *
     * @param addresses tried in this order
     * @return the socket
     */
    @CheckReturnValue
    IoFuture<UdpSocket> bindUdp(List<InetSocketAddress> addresses);

    /**
     * Implements {@link UnboundUdpSocket#newV4()} and {@link UnboundUdpSocket#newV6()}.
     *
     * @param ipv6 for which protocol
     * @return the socket
     * @throws IOException when the system refuses
     */
    UnboundUdpSocket newUdpSocket(boolean ipv6) throws IOException;

    /**
     * Implements {@link dev.edo.net.Lookup#host(String)}.
     *
     * @param hostPort the host
     * @return its addresses, at least one
     */
    @CheckReturnValue
    IoFuture<List<InetSocketAddress>> lookupHost(String hostPort);

    /**
     * Implements {@link UnixListener#bind(UnixSocketAddress)}.
     *
     * @param address where
     * @return the listener
     * @throws IOException when the system refuses
     */
    UnixListener bindUnix(UnixSocketAddress address) throws IOException;

    /**
     * Implements {@link UnixStream#connect(UnixSocketAddress)}.
     *
     * @param address where to
     * @return the connection
     */
    @CheckReturnValue
    IoFuture<UnixStream> connectUnix(UnixSocketAddress address);

    /**
     * Implements {@link UnixStream#pair()}.
     *
     * @return both ends
     * @throws IOException when the system refuses
     */
    UnixPair pairUnix() throws IOException;

    /**
     * Implements {@link UnixSocket#newStream()} and {@link UnixSocket#newDatagram()}.
     *
     * @param datagrams for which of them
     * @return the socket
     * @throws IOException when the system refuses
     */
    UnixSocket newUnixSocket(boolean datagrams) throws IOException;

    /**
     * Implements {@link UnixDatagram#bind(UnixSocketAddress)}.
     *
     * @param address where
     * @return the socket
     * @throws IOException when the system refuses
     */
    UnixDatagram bindUnixDatagram(UnixSocketAddress address) throws IOException;

    /**
     * Implements {@link UnixDatagram#unbound()}.
     *
     * @return the socket
     * @throws IOException when the system refuses
     */
    UnixDatagram unboundUnixDatagram() throws IOException;

    /**
     * Implements {@link UnixDatagram#pair()}.
     *
     * @return both ends
     * @throws IOException when the system refuses
     */
    UnixDatagramPair pairUnixDatagram() throws IOException;

    /**
     * Implements {@link Pipe#open()}.
     *
     * @return both ends
     * @throws IOException when the system refuses
     */
    Pipe openPipe() throws IOException;

    /**
     * Implements {@link PipeOptions#openSender(Path)}.
     *
     * @param fifo its path
     * @param readWrite whether to open both ends
     * @param unchecked whether it may be another kind of file
     * @return the end to write to
     * @throws IOException when the system refuses
     */
    PipeSender openSender(Path fifo, boolean readWrite, boolean unchecked) throws IOException;

    /**
     * Implements {@link PipeOptions#openReceiver(Path)}.
     *
     * @param fifo its path
     * @param readWrite whether to open both ends
     * @param unchecked whether it may be another kind of file
     * @return the end to read from
     * @throws IOException when the system refuses
     */
    PipeReceiver openReceiver(Path fifo, boolean readWrite, boolean unchecked) throws IOException;

    /**
     * Implements {@link PipeSender#fromFd(int)} and {@link PipeSender#fromFdUnchecked(int)}.
     *
     * @param fd a descriptor
     * @param unchecked whether not to look at it
     * @return the end to write to
     * @throws IOException when the system refuses
     */
    PipeSender senderOfFd(int fd, boolean unchecked) throws IOException;

    /**
     * Implements {@link PipeReceiver#fromFd(int)} and {@link PipeReceiver#fromFdUnchecked(int)}.
     *
     * @param fd a descriptor
     * @param unchecked whether not to look at it
     * @return the end to read from
     * @throws IOException when the system refuses
     */
    PipeReceiver receiverOfFd(int fd, boolean unchecked) throws IOException;
}
