package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.DirectAddress;
import dev.edo.io.IoResult;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one socket, each of which either is made or says that it would block.
 *
 * <p>Not final: {@link UnixNativeSocket} differs in what has to do with addresses, and tests count its calls.
 *
 * <p>Netty sends without {@code MSG_NOSIGNAL}: the JVM ignores SIGPIPE, so a write to a connection that is gone
 * fails with EPIPE.
 */
class NativeSocket extends SocketDescriptor {
    private static final int ACCEPTED_ADDRESS_BYTES = 1 + 16 + 8;

    /** The other end in Netty's notation: length, address, scope, port. Set by who publishes this. */
    private byte @Nullable [] encodedPeer;

    private volatile @Nullable InetSocketAddress peer;

    NativeSocket(int fd) {
        super(fd);
    }

    /** Makes a non-blocking TCP socket. */
    static NativeSocket stream(boolean ipv6) throws IOException {
        return NewSocket.internet(ipv6, false, NativeSocket::new);
    }

    /** Takes a descriptor, or closes it. */
    private static NativeSocket own(int fd) throws IOException {
        try {
            return new NativeSocket(fd);
        } catch (RuntimeException | Error e) {
            new FileDescriptor(fd).close();
            throw e;
        }
    }

    boolean ipv6() {
        return ipv6;
    }

    // ---- data ----

    @Override
    public int receive(ByteBuffer dst) throws IOException {
        requireWritable(dst);
        begin();
        try {
            return dst.isDirect() ? receiveDirect(dst) : receiveCopied(dst);
        } catch (IOException | NotYetConnectedException e) {
            throw SocketError.of("read from " + other(), e);
        } finally {
            end();
        }
    }

    private int receiveDirect(ByteBuffer dst) throws IOException {
        int length = dst.remaining();
        // SAFETY: dst is reachable until the fence, so its memory is alive unless its arena was closed, which
        // ofPosition() checks; length bytes from its position on belong to it.
        int n = received(recvAddress(DirectAddress.ofPosition(dst), 0, length));
        Reference.reachabilityFence(dst);
        if (n > 0) {
            dst.position(dst.position() + n);
        }
        return n;
    }

    private int receiveCopied(ByteBuffer dst) throws IOException {
        var scratch = Scratch.take();
        try {
            // SAFETY: the scratch is this thread's own until it is given back, and BYTES long.
            int n = received(recvAddress(scratch.bytesAddress, 0, Math.min(dst.remaining(), Scratch.BYTES)));
            if (n > 0) {
                dst.put(dst.position(), scratch.bytes, 0, n).position(dst.position() + n);
            }
            return n;
        } finally {
            scratch.giveBack();
        }
    }

    /**
     * Receives without taking.
     *
     * @param dst has room
     * @return how many bytes, END_OF_STREAM or WOULD_BLOCK; {@code dst} has moved
     */
    int peek(ByteBuffer dst) throws IOException {
        requireWritable(dst);
        var scratch = Scratch.take();
        try {
            return peek(dst, scratch);
        } finally {
            scratch.giveBack();
        }
    }

    private int peek(ByteBuffer dst, Scratch scratch) throws IOException {
        begin();
        try {
            int n;
            if (dst.isDirect()) {
                // SAFETY: as in receiveDirect.
                n = SocketCalls.peek(intValue(), DirectAddress.ofPosition(dst), dst.remaining(), scratch);
                Reference.reachabilityFence(dst);
            } else {
                int length = Math.min(dst.remaining(), Scratch.BYTES);
                n = SocketCalls.peek(intValue(), scratch.bytesAddress, length, scratch);
                if (n > 0) {
                    dst.put(dst.position(), scratch.bytes, 0, n);
                }
            }
            n = checked("peek at ", n);
            if (n > 0) {
                dst.position(dst.position() + n);
            }
            return n;
        } finally {
            end();
        }
    }

    @Override
    public int receive(BufferVector vector) throws IOException {
        begin();
        try {
            int n = checked("read from ", SocketCalls.readv(intValue(), vector.count(), vector.scratch()));
            vector.received(n);
            return n;
        } finally {
            end();
        }
    }

    @Override
    public int send(ByteBuffer src) throws IOException {
        begin();
        try {
            return src.isDirect() ? sendDirect(src) : sendCopied(src);
        } catch (IOException | NotYetConnectedException e) {
            throw SocketError.of("write to " + other(), e);
        } finally {
            end();
        }
    }

    private int sendDirect(ByteBuffer src) throws IOException {
        int length = src.remaining();
        // SAFETY: as in receiveDirect.
        int n = sendAddress(DirectAddress.ofPosition(src), 0, length);
        Reference.reachabilityFence(src);
        if (n == 0) {
            return IoResult.WOULD_BLOCK;
        }
        src.position(src.position() + n);
        return n;
    }

    private int sendCopied(ByteBuffer src) throws IOException {
        var scratch = Scratch.take();
        try {
            int length = Math.min(src.remaining(), Scratch.BYTES);
            scratch.bytes.put(0, src, src.position(), length);
            // SAFETY: the scratch is this thread's own until it is given back, and BYTES long.
            int n = sendAddress(scratch.bytesAddress, 0, length);
            if (n == 0) {
                return IoResult.WOULD_BLOCK;
            }
            src.position(src.position() + n);
            return n;
        } finally {
            scratch.giveBack();
        }
    }

    @Override
    public int send(BufferVector vector) throws IOException {
        begin();
        try {
            // SAFETY: the vector holds its buffers and its scratch, where the entries lie, until it is
            // closed.
            int n = (int) writevAddresses(vector.scratch().vectors.address(), vector.count());
            if (n == 0) {
                return IoResult.WOULD_BLOCK;
            }
            vector.sent(n);
            return n;
        } catch (IOException | NotYetConnectedException e) {
            throw SocketError.of("write to " + other(), e);
        } finally {
            end();
        }
    }

    @Override
    public boolean shortReadTakesAll() {
        return true;
    }

    /** Netty returns 0 where there is nothing. */
    private static int received(int n) {
        return n == 0 ? IoResult.WOULD_BLOCK : n;
    }

    /** {@return bytes, END_OF_STREAM or WOULD_BLOCK} */
    private int checked(String what, int result) throws IOException {
        if (result > 0) {
            return result;
        }
        if (result == 0) {
            return IoResult.END_OF_STREAM;
        }
        if (-result == Errno.AGAIN) {
            return IoResult.WOULD_BLOCK;
        }
        throw SystemError.ofSocket(what + other(), -result);
    }

    static void requireWritable(ByteBuffer dst) {
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
    }

    // ---- connections ----

    /** Binds. */
    void bindTo(InetSocketAddress address) throws IOException {
        call("bind " + address, s -> {
            s.bind(address);
            return true;
        });
    }

    void listenWith(int backlog) throws IOException {
        call("listen", s -> {
            s.listen(backlog);
            return true;
        });
    }

    /** Starts connecting. */
    void connectTo(InetSocketAddress address) throws IOException {
        peer = address;
        call("connect to " + address, s -> s.connect(address));
    }

    /** {@return the error that the kernel holds for this socket, which is cleared, or null} */
    @Nullable IOException takeError() throws IOException {
        int errno = call("get the error of " + this, Socket::getSoError);
        return errno == 0 ? null : SystemError.ofSocket(toString(), errno);
    }

    /** Fails if connecting to the peer did; from now on it is known where that is. */
    void checkConnected() throws IOException {
        int errno = call("connect to " + peer, Socket::getSoError);
        if (errno != 0) {
            throw SystemError.ofSocket("connect to " + peer, errno);
        }
        var asked = peer;
        if (asked != null && asked.getAddress().isAnyLocalAddress()) { // which stands for this machine
            var answered = call("get the other end of " + this, Socket::remoteAddress);
            if (answered != null) {
                peer = withoutZeroScope(answered);
            }
        }
    }

    /**
     * Takes a connection.
     *
     * @return null where there is none
     */
    @Nullable NativeSocket acceptOne() throws IOException {
        begin();
        try {
            var from = new byte[ACCEPTED_ADDRESS_BYTES];
            int fd = accept(from);
            return fd < 0 ? null : accepted(fd, from);
        } finally {
            end();
        }
    }

    /** Takes the descriptor of a connection, or closes it. */
    NativeSocket accepted(int fd, byte[] from) throws IOException {
        var accepted = own(fd);
        accepted.encodedPeer = from;
        return accepted;
    }

    /** Tells the other side that nothing more will come; fine if it has gone already. */
    void shutdownWrite() throws IOException {
        shutdownSide(false);
    }

    /** What the kernel does for a half that gives up reading: it wakes who waits for that; nothing is sent. */
    void giveUpReading() throws IOException {
        shutdownSide(true);
    }

    private void shutdownSide(boolean read) throws IOException {
        begin();
        try {
            shutdown(read, !read);
        } catch (NotYetConnectedException e) {
            // The connection was reset: there is nobody to tell.
        } catch (IOException e) {
            throw SocketError.of("shut down " + other(), e);
        } finally {
            end();
        }
    }

    InetSocketAddress local() throws IOException {
        var address = call("get the address of " + this, Socket::localAddress);
        if (address == null) {
            throw new IOException("get the address of " + this + " failed");
        }
        return withoutZeroScope(address);
    }

    /** {@return the other end, or null where this never was connected} */
    @Nullable InetSocketAddress peerOrNull() {
        var known = peer;
        var encoded = encodedPeer;
        if (known == null && encoded != null) {
            known = withoutZeroScope(NativeInetAddress.address(encoded, 1, encoded[0]));
            peer = known;
        }
        return known;
    }

    InetSocketAddress peerAddress() throws IOException {
        if (isClosed()) {
            throw closed();
        }
        var known = peerOrNull();
        if (known == null) {
            throw SystemError.ofSocket("get the other end of " + this, Errno.NOTCONN);
        }
        return known;
    }

    /** Netty gives every IPv6 address a scope; 0 is none. */
    static InetSocketAddress withoutZeroScope(InetSocketAddress address) {
        if (address.getAddress() instanceof Inet6Address v6 && v6.getScopeId() == 0) {
            try {
                return new InetSocketAddress(InetAddress.getByAddress(v6.getAddress()), address.getPort());
            } catch (UnknownHostException e) {
                throw new AssertionError("16 bytes are an address", e);
            }
        }
        return address;
    }

    // ---- options ----

    /** A call that needs no speed. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T on(Socket socket) throws IOException;
    }

    /**
     * Makes a call and translates what it throws.
     *
     * @param what for the message: the operation and its address
     */
    <T extends @Nullable Object> T call(String what, Call<T> call) throws IOException {
        begin();
        try {
            return call.on(this);
        } catch (IOException | ChannelException | AlreadyConnectedException
                | NotYetConnectedException e) {
            throw SocketError.of(what, e);
        } finally {
            end();
        }
    }

    /** {@return the other end, for messages} */
    String other() {
        var other = peerOrNull();
        return other == null ? toString() : other.toString();
    }

    @Override
    public String toString() {
        var other = peerOrNull();
        return other == null ? "TCP socket (fd=" + intValue() + ")"
                : "TCP connection with " + other + " (fd=" + intValue() + ")";
    }
}
