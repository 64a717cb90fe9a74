package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.natives.DirectAddress;
import dev.edo.io.IoResult;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one descriptor of datagrams: what {@link NativeSocket} is to one of a stream.
 *
 * <p>Algorithm: datagrams go through {@code sendto} and {@code recvfrom} of the C library. Netty's calls cannot tell
 * an empty datagram that was sent from EAGAIN, and make three objects for each sender.
 *
 * <p>Heap buffers pass through a scratch, whose 64 KiB hold any datagram of UDP; one that is longer is refused by the
 * system at that length as well. Longer ones of other sockets pass through memory that is made for them.
 *
 * @param <A> the type of the addresses
 */
abstract class NativeDatagramSocket<A> extends NativeSocket {
    /** macOS refuses to peek into nothing. */
    private static final int PEEKED_BYTES = 8;

    NativeDatagramSocket(int fd) {
        super(fd);
    }

    // ---- addresses ----

    /** Writes an address into the scratch; {@return its length} */
    abstract int name(A target, Scratch scratch) throws IOException;

    /** {@return the address that a call has left in the scratch} */
    abstract A sender(Scratch scratch) throws IOException;

    /** {@return whether a datagram may be longer than the scratch has room for} */
    abstract boolean exceedsScratch();

    /**
     * After EAGAIN: whether it is this socket that has no room, which the system tells of when that changes.
     *
     * @param target where to; null: where this is connected to
     */
    abstract boolean isFull(@Nullable A target);

    /** {@return the exception for a call that failed} */
    abstract IOException failure(String what, int errno);

    // ---- sending ----

    /**
     * Sends a datagram.
     *
     * @param src all of it
     * @param target where to; null: where this is connected to
     * @return how many bytes, or WOULD_BLOCK; {@code src} has moved to its limit
     */
    int sendDatagram(ByteBuffer src, @Nullable A target) throws IOException {
        var scratch = Scratch.take();
        try {
            int n = send(src, target == null ? 0 : name(target, scratch), scratch);
            if (n == -Errno.AGAIN) {
                return IoResult.WOULD_BLOCK;
            }
            if (n < 0) {
                throw failure("send " + src.remaining() + " bytes to "
                        + (target != null ? target : toString()), -n);
            }
            src.position(src.position() + n);
            return n;
        } finally {
            scratch.giveBack();
        }
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
            if (src.remaining() > Scratch.BYTES && exceedsScratch()) {
                return sendLong(src, nameLength, scratch);
            }
            int length = Math.min(src.remaining(), Scratch.BYTES);
            scratch.bytes.put(0, src, src.position(), length);
            // SAFETY: the scratch is this thread's own until it is given back, and BYTES long.
            return SocketCalls.sendTo(intValue(), scratch.bytesAddress, length, nameLength, scratch);
        } finally {
            end();
        }
    }

    private int sendLong(ByteBuffer src, int nameLength, Scratch scratch) {
        try (var arena = Arena.ofConfined()) {
            int length = src.remaining();
            var copy = arena.allocate(length);
            copy.asByteBuffer().put(0, src, src.position(), length);
            // SAFETY: the copy is alive until this returns, and as long as that.
            return SocketCalls.sendTo(intValue(), copy.address(), length, nameLength, scratch);
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
    @Nullable A receiveDatagramFrom(ByteBuffer dst, boolean peek) throws IOException {
        requireWritable(dst);
        var scratch = Scratch.take();
        try {
            return receive(dst, peek, true, scratch) == IoResult.WOULD_BLOCK ? null : sender(scratch);
        } finally {
            scratch.giveBack();
        }
    }

    /** {@return who sent the next datagram, or null where there is none} */
    @Nullable A peekSender() throws IOException {
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
            } else if (dst.remaining() > Scratch.BYTES && exceedsScratch()) {
                n = receiveLong(dst, peek, named, scratch);
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

    private int receiveLong(ByteBuffer dst, boolean peek, boolean named, Scratch scratch) throws IOException {
        try (var arena = Arena.ofConfined()) {
            int length = dst.remaining();
            var copy = arena.allocate(length);
            // SAFETY: the copy is alive until this returns, and as long as that.
            int n = received(SocketCalls.receiveFrom(intValue(), copy.address(), length, peek, named, scratch));
            if (n > 0) {
                dst.put(dst.position(), copy.asByteBuffer(), 0, n);
            }
            return n;
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
        throw failure("receive from " + this, -result);
    }
}
