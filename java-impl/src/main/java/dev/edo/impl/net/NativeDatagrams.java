package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.DirectAddress;
import dev.edo.io.IoResult;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one UDP descriptor: what {@link NativeSocket} is to a TCP one.
 *
 * <p>Algorithm: datagrams go through {@code sendto} and {@code recvfrom} of the C library. Netty's calls cannot tell
 * an empty datagram that was sent from EAGAIN, and make three objects for each sender. The address of the last sender
 * and the last one that was sent to are kept with their notation: whose datagram comes after another of the same
 * sender, and who answers, makes and encodes no address.
 *
 * <p>Heap buffers pass through a scratch, whose 64 KiB hold any datagram; one that is longer is refused by the system
 * at that length as well.
 *
 * <p>Not final: tests count its calls.
 */
class NativeDatagrams extends NativeSocket {
    /** macOS refuses to peek into nothing. */
    private static final int PEEKED_BYTES = 8;

    /** Racy, but immutable: who loses a race makes the address once more. */
    private @Nullable EncodedAddress lastSender;

    /** As {@link #lastSender}. */
    private @Nullable EncodedAddress lastTarget;

    private volatile @Nullable InetSocketAddress connected;

    NativeDatagrams(int fd) {
        super(fd);
    }

    /** Makes a non-blocking UDP socket. */
    static NativeDatagrams make(boolean ipv6) throws IOException {
        NettyTransport.ensureAvailable();
        int fd;
        try {
            fd = newSocketDgram0(ipv6);
        } catch (ChannelException e) {
            throw e.getCause() instanceof IOException cause ? SocketError.of("socket", cause)
                    : SocketError.of("socket", e);
        }
        try {
            return new NativeDatagrams(fd);
        } catch (RuntimeException | Error e) {
            new FileDescriptor(fd).close();
            throw e;
        }
    }

    // ---- sending ----

    /**
     * Sends a datagram.
     *
     * @param src all of it
     * @param target where to, resolved; null: where this is connected to
     * @return how many bytes, or WOULD_BLOCK; {@code src} has moved to its limit
     */
    int sendDatagram(ByteBuffer src, @Nullable InetSocketAddress target) throws IOException {
        var scratch = Scratch.take();
        try {
            int n = send(src, target == null ? 0 : name(target, scratch), scratch);
            if (n == -Errno.AGAIN) {
                return IoResult.WOULD_BLOCK;
            }
            if (n < 0) {
                throw SystemError.ofDatagram("send " + src.remaining() + " bytes to "
                        + (target != null ? target : toString()), -n);
            }
            src.position(src.position() + n);
            return n;
        } finally {
            scratch.giveBack();
        }
    }

    /** Writes the address into the scratch; {@return its length} */
    private int name(InetSocketAddress target, Scratch scratch) {
        var known = lastTarget;
        if (known == null || known.address() != target) {
            known = lastSender;
        }
        if (known != null && known.address() == target) {
            known.writeTo(scratch.name);
            return known.length();
        }
        var encoded = EncodedAddress.write(scratch.name, target, ipv6());
        lastTarget = encoded;
        return encoded.length();
    }

    private int send(ByteBuffer src, int nameLength, Scratch scratch) throws IOException {
        begin();
        try {
            if (src.isDirect()) {
                // SAFETY: src is reachable until the fence, so its memory is alive unless its arena was closed, which
                // ofPosition() checks; the remaining bytes from its position on belong to it.
                int n = SocketCalls.sendTo(
                        intValue(), DirectAddress.ofPosition(src), src.remaining(), nameLength, scratch);
                Reference.reachabilityFence(src);
                return n;
            }
            int length = Math.min(src.remaining(), Scratch.BYTES);
            scratch.bytes.put(0, src, src.position(), length);
            // SAFETY: the scratch is this thread's own until it is given back, and BYTES long.
            return SocketCalls.sendTo(intValue(), scratch.bytesAddress, length, nameLength, scratch);
        } finally {
            end();
        }
    }

    // ---- receiving ----

    /**
     * Receives a datagram.
     *
     * @param dst where to; what it has no room for is lost
     * @param peek whether the datagram stays
     * @return how many bytes, or WOULD_BLOCK; {@code dst} has moved
     */
    int receiveDatagram(ByteBuffer dst, boolean peek) throws IOException {
        requireWritable(dst);
        var scratch = Scratch.take();
        try {
            return receive(dst, peek, false, scratch);
        } finally {
            scratch.giveBack();
        }
    }

    /**
     * Receives a datagram; {@return its sender, or null where there is none; {@code dst} has moved}
     *
     * @param dst where to; what it has no room for is lost
     * @param peek whether the datagram stays
     */
    @Nullable InetSocketAddress receiveDatagramFrom(ByteBuffer dst, boolean peek) throws IOException {
        requireWritable(dst);
        var scratch = Scratch.take();
        try {
            return receive(dst, peek, true, scratch) == IoResult.WOULD_BLOCK ? null : sender(scratch);
        } finally {
            scratch.giveBack();
        }
    }

    /** {@return who sent the next datagram, or null where there is none} */
    @Nullable InetSocketAddress peekSender() throws IOException {
        var scratch = Scratch.take();
        try {
            begin();
            int n;
            try {
                // SAFETY: the scratch is this thread's own until it is given back, and longer than that.
                n = SocketCalls.receiveFrom(intValue(), scratch.bytesAddress, PEEKED_BYTES, true, true, scratch);
            } finally {
                end();
            }
            return received(n) == IoResult.WOULD_BLOCK ? null : sender(scratch);
        } finally {
            scratch.giveBack();
        }
    }

    private int receive(ByteBuffer dst, boolean peek, boolean named, Scratch scratch) throws IOException {
        begin();
        try {
            int n;
            if (dst.isDirect()) {
                // SAFETY: as in send.
                n = received(SocketCalls.receiveFrom(
                        intValue(), DirectAddress.ofPosition(dst), dst.remaining(), peek, named, scratch));
                Reference.reachabilityFence(dst);
            } else {
                int length = Math.min(dst.remaining(), Scratch.BYTES);
                // SAFETY: the scratch is this thread's own until it is given back, and BYTES long.
                n = received(SocketCalls.receiveFrom(
                        intValue(), scratch.bytesAddress, length, peek, named, scratch));
                if (n > 0) {
                    dst.put(dst.position(), scratch.bytes, 0, n);
                }
            }
            if (n > 0) {
                dst.position(dst.position() + n);
            }
            return n;
        } finally {
            end();
        }
    }

    /** {@return bytes or WOULD_BLOCK} */
    private int received(int result) throws IOException {
        if (result >= 0) {
            return result;
        }
        if (-result == Errno.AGAIN) {
            return IoResult.WOULD_BLOCK;
        }
        throw SystemError.ofDatagram("receive from " + this, -result);
    }

    /** {@return the address that a call has left in the scratch} */
    private InetSocketAddress sender(Scratch scratch) throws IOException {
        var known = lastSender;
        if (known == null || !known.isAt(scratch.name)) {
            known = EncodedAddress.read(scratch.name);
            lastSender = known;
        }
        return known.address();
    }

    // ---- connections ----

    @Override
    void connectTo(InetSocketAddress address) throws IOException {
        call("connect to " + address, s -> s.connect(address));
        connected = address;
    }

    @Override
    @Nullable InetSocketAddress peerOrNull() {
        return connected;
    }

    /** Where this is connected to now; the kernel knows better than who called {@code connectTo}. */
    @Override
    InetSocketAddress peerAddress() throws IOException {
        String what = "get the other end of " + this;
        var address = call(what, Socket::remoteAddress);
        if (address == null) {
            throw SystemError.ofDatagram(what, Errno.NOTCONN);
        }
        return withoutZeroScope(address);
    }

    @Override
    @Nullable IOException takeError() throws IOException {
        int errno = call("get the error of " + this, Socket::getSoError);
        return errno == 0 ? null : SystemError.ofDatagram(toString(), errno);
    }

    @Override
    public String toString() {
        var other = connected;
        return "UDP socket" + (other == null ? "" : " connected to " + other) + " (fd=" + intValue() + ")";
    }
}
