package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.libc.UnixCalls;
import dev.edo.net.UCred;
import dev.edo.net.UnixSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The owner of one descriptor of a Unix domain socket: data and life are those of any socket, addresses are not.
 *
 * <p>Origin: Netty's calls delete the file that is in the way of a bind, and cut off addresses that are too long; hence
 * {@link UnixCalls}.
 */
final class UnixNativeSocket extends NativeSocket {
    /** For messages: what this is, and where it is connected or bound to. */
    private volatile String what = "Unix socket";

    private UnixNativeSocket(int fd) {
        super(fd);
    }

    /** Makes a non-blocking stream socket. */
    static UnixNativeSocket stream() throws IOException {
        ensureAvailable();
        int fd = UnixCalls.socket();
        if (fd < 0) {
            throw SystemError.ofSocket("socket", -fd);
        }
        try {
            makeNonBlocking(fd);
            return new UnixNativeSocket(fd);
        } catch (IOException | RuntimeException | Error e) {
            new FileDescriptor(fd).close();
            throw e;
        }
    }

    /** Makes two stream sockets that are connected with each other. */
    static UnixNativeSocket[] pair() throws IOException {
        ensureAvailable();
        var fds = new int[2];
        int result = UnixCalls.pair(fds);
        if (result < 0) {
            throw SystemError.ofSocket("socketpair", -result);
        }
        try {
            makeNonBlocking(fds[0]);
            makeNonBlocking(fds[1]);
            UnixNativeSocket[] pair = {new UnixNativeSocket(fds[0]), new UnixNativeSocket(fds[1])};
            pair[0].what = "Unix connection of a pair";
            pair[1].what = "Unix connection of a pair";
            return pair;
        } catch (IOException | RuntimeException | Error e) {
            new FileDescriptor(fds[0]).close();
            new FileDescriptor(fds[1]).close();
            throw e;
        }
    }

    private static void ensureAvailable() {
        NettyTransport.ensureAvailable();
        UnixCalls.ensureAvailable();
    }

    private static void makeNonBlocking(int fd) throws IOException {
        if (!UnixCalls.madeNonBlocking()) {
            DescriptorFlags.makeNonBlocking(fd);
        }
    }

    /** A read ends where the other side has sent a descriptor, or urgent data, whatever follows. */
    @Override
    boolean shortReadTakesAll() {
        return false;
    }

    // ---- connections ----

    void bindTo(UnixSocketAddress address) throws IOException {
        byte[] encoded = UnixAddresses.encode(address);
        check("bind " + address, s -> UnixCalls.bind(s.intValue(), encoded));
        what = "Unix socket at " + address;
    }

    /** Starts connecting; mostly it has succeeded or failed then. */
    void connectTo(UnixSocketAddress address) throws IOException {
        byte[] encoded = UnixAddresses.encode(address);
        int result = call("connect to " + address, s -> UnixCalls.connect(s.intValue(), encoded));
        if (result < 0 && -result != Errno.INPROGRESS) {
            throw SystemError.ofUnixConnect("connect to " + address, -result);
        }
        what = "Unix connection to " + address;
    }

    @Override
    void checkConnected() throws IOException {
        int errno = call("connect " + this, Socket::getSoError);
        if (errno != 0) {
            throw SystemError.ofUnixConnect("connect " + this, errno);
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

    UnixSocketAddress localUnix() throws IOException {
        var address = new byte[UnixAddresses.BYTES];
        int length = check("get the address of " + this, s -> UnixCalls.localName(s.intValue(), address));
        return UnixAddresses.decode(address, length);
    }

    UnixSocketAddress peerUnix() throws IOException {
        var address = new byte[UnixAddresses.BYTES];
        int length = check("get the other end of " + this, s -> UnixCalls.peerName(s.intValue(), address));
        return UnixAddresses.decode(address, length);
    }

    UCred peerCred() throws IOException {
        var pidUidGid = new int[3];
        check("get the credentials of the other end of " + this,
                s -> UnixCalls.peerCredentials(s.intValue(), pidUidGid));
        return new UCred(Integer.toUnsignedLong(pidUidGid[1]), Integer.toUnsignedLong(pidUidGid[2]),
                pidUidGid[0] > 0 ? OptionalLong.of(pidUidGid[0]) : OptionalLong.empty());
    }

    /** Makes a call of {@link UnixCalls}, and an exception where it fails. */
    private int check(String operation, Call<Integer> call) throws IOException {
        int result = call(operation, call);
        if (result < 0) {
            throw SystemError.ofSocket(operation, -result);
        }
        return result;
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
