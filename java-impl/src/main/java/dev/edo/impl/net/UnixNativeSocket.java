package dev.edo.impl.net;

import dev.edo.impl.libc.SystemError;
import dev.edo.impl.libc.UnixCalls;
import dev.edo.net.UCred;
import dev.edo.net.UnixSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one descriptor of a Unix domain socket: data and life are those of any socket, addresses are not.
 *
 * <p>Origin: Netty's calls delete the file that is in the way of a bind, and cut off addresses that are too long; hence
 * {@link UnixCalls}.
 */
final class UnixNativeSocket extends NativeSocket {
    /** For messages: what this is, and where it is connected or bound to. */
    private volatile String what = "Unix socket";

    /** Where to this connects. */
    private volatile @Nullable UnixSocketAddress asked;

    private UnixNativeSocket(int fd) {
        super(fd);
    }

    /** Makes a non-blocking stream socket. */
    static UnixNativeSocket stream() throws IOException {
        return UnixNames.make(false, UnixNativeSocket::new);
    }

    /** Makes two stream sockets that are connected with each other. */
    static UnixNames.Pair<UnixNativeSocket> pair() throws IOException {
        var pair = UnixNames.pair(false, UnixNativeSocket::new);
        pair.first().what = "Unix connection of a pair";
        pair.second().what = "Unix connection of a pair";
        return pair;
    }

    /** A read ends where the other side has sent a descriptor, or urgent data, whatever follows. */
    @Override
    public boolean shortReadTakesAll() {
        return false;
    }

    // ---- connections ----

    void bindTo(UnixSocketAddress address) throws IOException {
        UnixNames.bind(this, address);
        what = "Unix socket at " + address;
    }

    /** Starts connecting; mostly it has succeeded or failed then. */
    void connectTo(UnixSocketAddress address) throws IOException {
        asked = address;
        UnixNames.connect(this, address);
        what = "Unix connection to " + address;
    }

    @Override
    void checkConnected() throws IOException {
        int errno = call("get the error of " + this, Socket::getSoError);
        if (errno != 0) {
            throw SystemError.ofUnixConnect("connect to " + asked, errno);
        }
    }

    @Override
    NativeSocket accepted(int fd, byte[] from) throws IOException {
        UnixNativeSocket accepted;
        try {
            accepted = new UnixNativeSocket(fd);
        } catch (RuntimeException | Error e) {
            new FileDescriptor(fd).close();
            throw e;
        }
        accepted.what = what.replace("Unix socket", "Unix connection");
        return accepted;
    }

    /** The other end would notice if the kernel was told, by failing to write. */
    @Override
    void giveUpReading() {}

    UCred peerCred() throws IOException {
        var pidUidGid = new int[3];
        UnixNames.check(this, "get the credentials of the other end of " + this,
                s -> UnixCalls.peerCredentials(s.intValue(), pidUidGid));
        return new UCred(Integer.toUnsignedLong(pidUidGid[1]), Integer.toUnsignedLong(pidUidGid[2]),
                pidUidGid[0] > 0 ? OptionalLong.of(pidUidGid[0]) : OptionalLong.empty());
    }

    @Override
    String other() {
        return toString();
    }

    @Override
    public String toString() {
        return what + " (fd=" + intValue() + ")";
    }
}
