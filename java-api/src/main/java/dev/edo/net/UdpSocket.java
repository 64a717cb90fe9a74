package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket: sends datagrams to anybody and receives them from anybody, or, once it is
 * {@linkplain #connect(InetSocketAddress) connected}, to and from one address only.
 *
 * <p>One to many:
 *
 * <pre>{@code
 * try (var socket = UdpSocket.bind("0.0.0.0:7000").await()) {
 *     var datagram = ByteBuffer.allocateDirect(1500);
 *     while (true) {
 *         var sender = socket.recvFrom(datagram.clear()).await();
 *         socket.sendTo(datagram.flip(), sender).await();
 *     }
 * }
 * }</pre>
 *
 * <p>One to one:
 *
 * <pre>{@code
 * try (var socket = UdpSocket.bind("0.0.0.0:0").await()) {
 *     socket.connect("example.org:7000").await();
 *     socket.send(question).await();
 *     socket.recv(answer).await();
 * }
 * }</pre>
 *
 * <p>A datagram is sent and received whole. One that is longer than what {@code dst} has room for is cut, and the
 * rest of it is lost: a full buffer loses all of it. An empty datagram is received as one of 0 bytes; datagrams have
 * no end of stream. A datagram may be lost, doubled or overtaken by another on its way, and an address can be
 * forged: who it says it is from may not have sent it.
 *
 * <p>Any number of tasks may use the futures and the {@code try} calls; each datagram goes to one of them. The
 * {@code poll} calls serve one task for receiving and one for sending, the newest. Close a socket when it is done
 * with.
 *
 * <p>What has to be set before the socket is bound, {@link UnboundUdpSocket} sets.
 *
 * <p>Direct buffers are received into and sent from in place; heap buffers are copied. The memory of a buffer must
 * stay alive as long as a future uses it.
 *
 * <p><em>Errors:</em> a closed socket fails with {@link java.nio.channels.ClosedChannelException}, one whose runtime
 * has ended with {@link dev.edo.runtime.RuntimeShutdownException}. Where nobody listens at the address that this is
 * connected to, the next call after that became known fails once with {@link java.net.PortUnreachableException},
 * whichever it is; the socket stays usable. A datagram that is too long to be sent fails, and nothing is sent.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UdpSocket.html">tokio::net::UdpSocket</a>
 */
public interface UdpSocket extends UdpOptions, AutoCloseable {
    /** What the {@code try} calls that count bytes return where they would have to wait. */
    int WOULD_BLOCK = IoResult.WOULD_BLOCK;

    /**
     * Binds a socket to an address. A name may stand for several addresses: the first one that can be bound is taken.
     * A socket that is bound to the wildcard address of IPv6 takes datagrams of IPv4 as well, where the system does.
     *
     * <p><em>Cancel safety:</em> a cancelled bind has bound nothing.
     *
     * @param hostPort as in {@code "0.0.0.0:7000"}, {@code "[::1]:7000"} or {@code "localhost:7000"}; port 0 is a free
     *     one
     * @return the socket; fails with {@link java.net.BindException} where the address is taken, and with
     *     {@link java.net.UnknownHostException} where there is no such host
     */
    @CheckReturnValue
    static IoFuture<UdpSocket> bind(String hostPort) {
        return EdoProvider.get().net().bindUdp(hostPort);
    }

    /**
     * Binds a socket to an address, as {@link #bind(String)}.
     *
     * @param address where; port 0 is a free one
     * @return the socket
     */
    @CheckReturnValue
    static IoFuture<UdpSocket> bind(InetSocketAddress address) {
        return bind(List.of(address));
    }

    /**
     * Binds a socket to the first of these addresses that can be bound, as {@link #bind(String)}.
     *
     * @param addresses tried in this order
     * @return the socket; fails with the last address's error
     */
    @CheckReturnValue
    static IoFuture<UdpSocket> bind(List<InetSocketAddress> addresses) {
        return EdoProvider.get().net().bindUdp(addresses);
    }

    /**
     * Sets where {@link #send} sends to; from then on only datagrams from there are received. Nothing is sent, so
     * this says nothing about whether somebody is there. May be called again. A name may stand for several addresses:
     * the first one that the system takes is used.
     *
     * <p><em>Cancel safety:</em> a cancelled connect has connected nothing.
     *
     * @param hostPort as in {@code "127.0.0.1:7000"}, {@code "[::1]:7000"} or {@code "example.org:53"}
     * @return completes when it is set; fails with {@link java.net.UnknownHostException} where there is no such host
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> connect(String hostPort);

    /**
     * Sets where {@link #send} sends to, as {@link #connect(String)}.
     *
     * @param address where to
     * @return completes when it is set
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> connect(InetSocketAddress address) {
        return connect(List.of(address));
    }

    /**
     * Sets where {@link #send} sends to: the first of these addresses that the system takes, as
     * {@link #connect(String)}.
     *
     * @param addresses tried in this order
     * @return completes when it is set; fails with the last address's error
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> connect(List<InetSocketAddress> addresses);

    /**
     * Waits until at least a part of the interest is met. It may turn out that there was nothing after all. Datagrams
     * have no end, so this never says that one direction is closed.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param interest what to wait for
     * @return what it is ready for
     */
    @CheckReturnValue
    IoFuture<Ready> ready(Interest interest);

    /**
     * Waits until receiving is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when {@link #tryRecv} and its kin are worth a try
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> readable();

    /**
     * Waits until sending is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when {@link #trySend} and its kin are worth a try
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> writable();

    // ---- sending ----

    /**
     * Sends a datagram to the address that this is connected to, waiting for room.
     *
     * <p><em>Cancel safety:</em> a cancelled send has sent nothing.
     *
     * @param src the whole datagram, direct or heap; its position moves to its limit
     * @return how many bytes, all of them; fails where this is not connected, or the datagram is too long
     */
    @CheckReturnValue
    IoFuture<Integer> send(ByteBuffer src);

    /**
     * Sends a datagram to the address that this is connected to.
     *
     * @param cx whom to wake when there is room
     * @param src the whole datagram; its position moves to its limit
     * @return how many bytes; {@link IoResult#PENDING}
     * @throws IOException as {@link #send} fails
     */
    int pollSend(Context cx, ByteBuffer src) throws IOException;

    /**
     * Sends a datagram to the address that this is connected to, without waiting.
     *
     * @param src the whole datagram; its position moves to its limit
     * @return how many bytes; {@link #WOULD_BLOCK}
     * @throws IOException as {@link #send} fails
     */
    int trySend(ByteBuffer src) throws IOException;

    /**
     * Sends a datagram, waiting for room.
     *
     * <p><em>Cancel safety:</em> a cancelled send has sent nothing.
     *
     * @param src the whole datagram, direct or heap; its position moves to its limit
     * @param target where to, resolved
     * @return how many bytes, all of them; fails where the datagram is too long, or the system refuses
     * @throws IllegalArgumentException when {@code target} is not resolved
     */
    @CheckReturnValue
    IoFuture<Integer> sendTo(ByteBuffer src, InetSocketAddress target);

    /**
     * Sends a datagram.
     *
     * @param cx whom to wake when there is room
     * @param src the whole datagram; its position moves to its limit
     * @param target where to, resolved
     * @return how many bytes; {@link IoResult#PENDING}
     * @throws IOException as {@link #sendTo} fails
     */
    int pollSendTo(Context cx, ByteBuffer src, InetSocketAddress target) throws IOException;

    /**
     * Sends a datagram without waiting.
     *
     * @param src the whole datagram; its position moves to its limit
     * @param target where to, resolved
     * @return how many bytes; {@link #WOULD_BLOCK}
     * @throws IOException as {@link #sendTo} fails
     */
    int trySendTo(ByteBuffer src, InetSocketAddress target) throws IOException;

    /**
     * Looks whether sending is worth a try.
     *
     * @param cx whom to wake when it is
     * @return whether it is
     * @throws IOException when this was closed, or its runtime shut down
     */
    boolean pollSendReady(Context cx) throws IOException;

    // ---- receiving ----

    /**
     * Receives a datagram, waiting for one. Where this is not connected it is anybody's; {@link #recvFrom} tells
     * whose.
     *
     * <p><em>Cancel safety:</em> a cancelled receive has received nothing.
     *
     * @param dst where to, direct or heap; its position moves
     * @return how many bytes, 0 for an empty datagram; never {@link IoResult#END_OF_STREAM}
     */
    @CheckReturnValue
    IoFuture<Integer> recv(ByteBuffer dst);

    /**
     * Receives a datagram.
     *
     * @param cx whom to wake when there is one
     * @param dst where to; its position moves
     * @return as {@link #recv}; {@link IoResult#PENDING}
     * @throws IOException as {@link #recv} fails
     */
    int pollRecv(Context cx, ByteBuffer dst) throws IOException;

    /**
     * Receives a datagram without waiting.
     *
     * @param dst where to; its position moves
     * @return as {@link #recv}; {@link #WOULD_BLOCK}
     * @throws IOException as {@link #recv} fails
     */
    int tryRecv(ByteBuffer dst) throws IOException;

    /**
     * Receives a datagram, waiting for one, and tells who sent it.
     *
     * <p><em>Cancel safety:</em> a cancelled receive has received nothing.
     *
     * @param dst where to, direct or heap; its position moves by the number of bytes
     * @return the sender
     */
    @CheckReturnValue
    IoFuture<InetSocketAddress> recvFrom(ByteBuffer dst);

    /**
     * Receives a datagram and tells who sent it.
     *
     * @param cx whom to wake when there is one
     * @param dst where to; its position moves by the number of bytes
     * @return the sender; null where pending
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable InetSocketAddress pollRecvFrom(Context cx, ByteBuffer dst) throws IOException;

    /**
     * Receives a datagram without waiting and tells who sent it.
     *
     * @param dst where to; its position moves by the number of bytes
     * @return the sender; null where it would have to wait
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable InetSocketAddress tryRecvFrom(ByteBuffer dst) throws IOException;

    /**
     * Looks whether receiving is worth a try.
     *
     * @param cx whom to wake when it is
     * @return whether it is
     * @throws IOException when this was closed, or its runtime shut down
     */
    boolean pollRecvReady(Context cx) throws IOException;

    // ---- peeking ----

    /**
     * Copies the next datagram without taking it, waiting for one.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param dst where to; its position moves
     * @return as {@link #recv}
     */
    @CheckReturnValue
    IoFuture<Integer> peek(ByteBuffer dst);

    /**
     * Copies the next datagram without taking it.
     *
     * @param cx whom to wake when there is one
     * @param dst where to; its position moves
     * @return as {@link #recv}; {@link IoResult#PENDING}
     * @throws IOException as {@link #recv} fails
     */
    int pollPeek(Context cx, ByteBuffer dst) throws IOException;

    /**
     * Copies the next datagram without taking it and without waiting.
     *
     * @param dst where to; its position moves
     * @return as {@link #recv}; {@link #WOULD_BLOCK}
     * @throws IOException as {@link #recv} fails
     */
    int tryPeek(ByteBuffer dst) throws IOException;

    /**
     * Copies the next datagram without taking it, waiting for one, and tells who sent it.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param dst where to; its position moves by the number of bytes
     * @return the sender
     */
    @CheckReturnValue
    IoFuture<InetSocketAddress> peekFrom(ByteBuffer dst);

    /**
     * Copies the next datagram without taking it and tells who sent it.
     *
     * @param cx whom to wake when there is one
     * @param dst where to; its position moves by the number of bytes
     * @return the sender; null where pending
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable InetSocketAddress pollPeekFrom(Context cx, ByteBuffer dst) throws IOException;

    /**
     * Copies the next datagram without taking it and without waiting, and tells who sent it.
     *
     * @param dst where to; its position moves by the number of bytes
     * @return the sender; null where it would have to wait
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable InetSocketAddress tryPeekFrom(ByteBuffer dst) throws IOException;

    /**
     * Tells who sent the next datagram without taking it, waiting for one.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return the sender
     */
    @CheckReturnValue
    IoFuture<InetSocketAddress> peekSender();

    /**
     * Tells who sent the next datagram without taking it.
     *
     * @param cx whom to wake when there is one
     * @return the sender; null where pending
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable InetSocketAddress pollPeekSender(Context cx) throws IOException;

    /**
     * Tells who sent the next datagram without taking it and without waiting.
     *
     * @return the sender; null where it would have to wait
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable InetSocketAddress tryPeekSender() throws IOException;

    // ---- the socket ----

    /**
     * Forgets a waker that a pending poll for receiving or peeking registered; where another one has been registered
     * since, does nothing.
     *
     * @param waker of the context that was polled with
     */
    void cancelRecv(Waker waker);

    /**
     * Forgets a waker that a pending poll for sending registered; where another one has been registered since, does
     * nothing.
     *
     * @param waker of the context that was polled with
     */
    void cancelSend(Waker waker);

    /**
     * The number of the socket's descriptor, for calls of a native library in {@link #tryIo} and
     * {@link #asyncIo}.
     *
     * @return the number; it stays this socket's, and means nothing any more once that is closed
     * @throws IOException when this is closed
     */
    int fd() throws IOException;

    /**
     * Tries an operation on the socket if it is ready for it, without waiting. Where the operation
     * finds nothing to do, the readiness is cleared.
     *
     * @param interest what the operation needs
     * @param operation tried at most once, and on this thread; the socket is not closed meanwhile
     * @param <T> the type of its result
     * @return its result; null where it would have to wait
     * @throws IOException what it failed with; also when this is closed
     */
    <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException;

    /**
     * Waits until an operation on the socket does something, and tries it whenever it is worth it.
     *
     * <p><em>Cancel safety:</em> a cancelled wait has done nothing.
     *
     * @param interest what the operation needs
     * @param operation tried again and again, in polls of the future; must not block
     * @param <T> the type of its result
     * @return its result; fails with what it failed with
     */
    @CheckReturnValue
    <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation);

    /**
     * Tells the address that this is connected to.
     *
     * @return its address
     * @throws IOException when this is not connected, or closed
     */
    InetSocketAddress peerAddress() throws IOException;

    /**
     * Closes the socket. Whoever waits for it fails with {@link java.nio.channels.ClosedChannelException}. Closing
     * again does nothing.
     */
    @Override
    void close();
}
