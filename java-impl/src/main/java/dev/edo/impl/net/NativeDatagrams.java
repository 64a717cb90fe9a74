package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one UDP descriptor.
 *
 * <p>Algorithm: the address of the last sender and the last one that was sent to are kept with their notation: whose
 * datagram comes after another of the same sender, and who answers, makes and encodes no address.
 *
 * <p>Not final: tests count its calls.
 */
class NativeDatagrams extends NativeDatagramSocket<InetSocketAddress> {
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
        return NewSocket.internet(ipv6, true, NativeDatagrams::new);
    }

    // ---- addresses ----

    @Override
    int name(InetSocketAddress target, Scratch scratch) {
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

    @Override
    InetSocketAddress sender(Scratch scratch) throws IOException {
        var known = lastSender;
        if (known == null || !known.isAt(scratch.name)) {
            known = EncodedAddress.read(scratch.name);
            lastSender = known;
        }
        return known.address();
    }

    @Override
    boolean exceedsScratch() {
        return false;
    }

    @Override
    boolean isFull(@Nullable InetSocketAddress target) {
        return true;
    }

    @Override
    IOException failure(String what, int errno) {
        return SystemError.ofDatagram(what, errno);
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
