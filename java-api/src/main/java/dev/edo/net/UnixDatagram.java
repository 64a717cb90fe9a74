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
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket of datagrams: sends them to any other such socket of this machine and receives them from any,
 * or, once it is {@linkplain #connect(UnixSocketAddress) connected}, to and from one only.
 *
 * <pre>{@code
 * try (var socket = UnixDatagram.bind(Path.of("/run/my-service.sock"))) {
 *     var datagram = ByteBuffer.allocateDirect(65_536);
 *     while (true) {
 *         var sender = socket.recvFrom(datagram.clear()).await();
 *         if (!sender.isUnnamed()) {
 *             socket.sendTo(datagram.flip(), sender).await();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A datagram is sent and received whole, in order, and none is lost on the way. One that is longer than what
 * {@code dst} has room for is cut, and the rest of it is lost. An empty datagram is received as one of 0 bytes;
 * datagrams have no end of stream. A receiver is known by its path or abstract name; a sender has to be bound to be
 * answered. A path stays in the file system.
 *
 * <p>Any number of tasks may use the futures and the {@code try} calls; each datagram goes to one of them. The
 * {@code poll} calls serve one task for receiving and one for sending, the newest. Close a socket when it is done
 * with.
 *
 * <p>Direct buffers are received into and sent from in place; heap buffers are copied. The memory of a buffer must
 * stay alive as long as a future uses it.
 *
 * <p><em>Errors:</em> a closed socket fails with {@link java.nio.channels.ClosedChannelException}, one whose runtime
 * has ended with {@link dev.edo.runtime.RuntimeShutdownException}, sending where nobody receives with
 * {@link java.net.ConnectException}. A datagram that is too long to be sent fails, and nothing is sent. macOS fails
 * instead of waiting where the receiver has no room.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/struct.UnixDatagram.html">tokio::net::UnixDatagram</a>
 */
public interface UnixDatagram extends AutoCloseable {
    /** What the {@code try} calls that count bytes return where they would have to wait. */
    int WOULD_BLOCK = IoResult.WOULD_BLOCK;

    /**
     * Makes a socket that is bound to a path, as {@link UnixListener#bind(Path)} is.
     *
     * @param path where; must not exist yet
     * @return the socket, of the runtime of the caller
     * @throws java.net.BindException when there is a file of that name, or it may not be made
     * @throws IOException when the directory does not exist, the path is too long, or the system refuses
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    static UnixDatagram bind(Path path) throws IOException {
        return bind(UnixSocketAddress.of(path));
    }

    /**
     * Makes a socket that is bound to an address, as {@link #bind(Path)}.
     *
     * @param address where; unnamed: the system chooses an abstract name, on Linux only
     * @return the socket, of the runtime of the caller
     * @throws IOException as {@link #bind(Path)}
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     * @throws UnsupportedOperationException when it is an abstract name, and this is not Linux
     */
    static UnixDatagram bind(UnixSocketAddress address) throws IOException {
        return EdoProvider.get().net().bindUnixDatagram(address);
    }

    /**
     * Makes a socket without a name: it can send, and be sent to by nobody.
     *
     * @return the socket, of the runtime of the caller
     * @throws IOException when the system refuses
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    static UnixDatagram unbound() throws IOException {
        return EdoProvider.get().net().unboundUnixDatagram();
    }

    /**
     * Makes two sockets that are connected with each other; they have no names.
     *
     * @return both ends, of the runtime of the caller
     * @throws IOException when the system refuses
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    static UnixDatagramPair pair() throws IOException {
        return EdoProvider.get().net().pairUnixDatagram();
    }

    /**
     * Sets where {@link #send} sends to, as {@link #connect(UnixSocketAddress)}.
     *
     * @param path where to
     * @throws IOException as {@link #connect(UnixSocketAddress)}
     */
    default void connect(Path path) throws IOException {
        connect(UnixSocketAddress.of(path));
    }

    /**
     * Sets where {@link #send} sends to; from then on only datagrams from there are received. May be called again.
     *
     * @param address where to; not unnamed
     * @throws java.net.ConnectException when nobody receives there
     * @throws IOException when the address is too long, the system refuses, or this is closed
     * @throws UnsupportedOperationException when it is an abstract name, and this is not Linux
     */
    void connect(UnixSocketAddress address) throws IOException;

    /**
     * Waits until at least a part of the interest is met. It may turn out that there was nothing after all.
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
     * Sends a datagram, waiting for room here and at the receiver. Where this is connected to another receiver that has
     * no room, it waits for that one, too: the system does not tell the two apart.
     *
     * <p><em>Cancel safety:</em> a cancelled send has sent nothing.
     *
     * @param src the whole datagram, direct or heap; its position moves to its limit
     * @param target where to; not unnamed
     * @return how many bytes, all of them; fails where the datagram is too long, or the system refuses
     * @throws IllegalArgumentException when {@code target} is unnamed
     */
    @CheckReturnValue
    IoFuture<Integer> sendTo(ByteBuffer src, UnixSocketAddress target);

    /**
     * Sends a datagram, as {@link #sendTo}. As all {@code poll} calls for sending this serves one task, which may poll
     * for several receivers by the same waker: where another task has called it since, be it with another target, only
     * that one is woken. Any number of tasks may wait in futures of {@link #sendTo} instead, each for a receiver of its
     * own.
     *
     * @param cx whom to wake when there is room
     * @param src the whole datagram; its position moves to its limit
     * @param target where to; not unnamed
     * @return how many bytes; {@link IoResult#PENDING}
     * @throws IOException as {@link #sendTo} fails
     */
    int pollSendTo(Context cx, ByteBuffer src, UnixSocketAddress target) throws IOException;

    /**
     * Sends a datagram without waiting. Where it is the receiver that has no room {@link #writable()} does not tell
     * when it has; {@link #sendTo} does wait for that. Where this is connected to another receiver that has no room,
     * this may say that it would block, as {@link #sendTo} waits then.
     *
     * @param src the whole datagram; its position moves to its limit
     * @param target where to; not unnamed
     * @return how many bytes; {@link #WOULD_BLOCK}
     * @throws IOException as {@link #sendTo} fails
     */
    int trySendTo(ByteBuffer src, UnixSocketAddress target) throws IOException;

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
     * Receives a datagram, waiting for one, and tells who sent it: unnamed where the sender was not bound.
     *
     * <p><em>Cancel safety:</em> a cancelled receive has received nothing.
     *
     * @param dst where to, direct or heap; its position moves by the number of bytes
     * @return the sender
     */
    @CheckReturnValue
    IoFuture<UnixSocketAddress> recvFrom(ByteBuffer dst);

    /**
     * Receives a datagram and tells who sent it.
     *
     * @param cx whom to wake when there is one
     * @param dst where to; its position moves by the number of bytes
     * @return the sender; null where pending
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable UnixSocketAddress pollRecvFrom(Context cx, ByteBuffer dst) throws IOException;

    /**
     * Receives a datagram without waiting and tells who sent it.
     *
     * @param dst where to; its position moves by the number of bytes
     * @return the sender; null where it would have to wait
     * @throws IOException as {@link #recvFrom} fails
     */
    @Nullable UnixSocketAddress tryRecvFrom(ByteBuffer dst) throws IOException;

    /**
     * Looks whether receiving is worth a try.
     *
     * @param cx whom to wake when it is
     * @return whether it is
     * @throws IOException when this was closed, or its runtime shut down
     */
    boolean pollRecvReady(Context cx) throws IOException;

    // ---- the socket ----

    /**
     * Forgets a waker that a pending poll for receiving registered; where another one has been registered
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
     * Gives up receiving: what is sent to this from now on is refused to its sender. Datagrams that are here already are
     * still received; who waits for more waits until this is closed.
     *
     * @throws IOException when this is closed, or not connected (macOS)
     */
    void shutdownInput() throws IOException;

    /**
     * Gives up sending.
     *
     * @throws IOException when this is closed, or not connected (macOS)
     */
    void shutdownOutput() throws IOException;

    /**
     * Tells the address of this socket.
     *
     * @return the address, unnamed where this was not bound
     * @throws IOException when this is closed
     */
    UnixSocketAddress localAddress() throws IOException;

    /**
     * Tells the address that this is connected to.
     *
     * @return its address
     * @throws IOException when this is not connected, or closed
     */
    UnixSocketAddress peerAddress() throws IOException;

    /**
     * Takes the error that the system holds for this socket.
     *
     * @return the error, or null
     * @throws IOException when this is closed
     */
    @Nullable IOException takeError() throws IOException;

    /**
     * Closes the socket. Whoever waits for it fails with {@link java.nio.channels.ClosedChannelException}. A path stays
     * in the file system. Closing again does nothing.
     */
    @Override
    void close();
}
