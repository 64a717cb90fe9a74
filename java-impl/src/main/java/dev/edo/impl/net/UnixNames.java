package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.libc.UnixCalls;
import dev.edo.net.UnixSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.function.IntFunction;

/** What Unix domain sockets have alike, be they of streams or of datagrams: how they are made and named. */
final class UnixNames {
    private UnixNames() {}

    /** Makes a non-blocking socket. */
    static <S extends NativeSocket> S make(boolean datagrams, IntFunction<S> own) throws IOException {
        ensureAvailable();
        return NewSocket.unix(datagrams, own);
    }

    /** Two sockets. */
    record Pair<S>(S first, S second) {}

    /** Makes two non-blocking sockets that are connected with each other. */
    static <S> Pair<S> pair(boolean datagrams, IntFunction<S> own) throws IOException {
        ensureAvailable();
        var fds = new int[2];
        int result = UnixCalls.pair(datagrams, fds);
        if (result < 0) {
            throw SystemError.ofSocket("socketpair", -result);
        }
        try {
            makeNonBlocking(fds[0]);
            makeNonBlocking(fds[1]);
            return new Pair<>(own.apply(fds[0]), own.apply(fds[1]));
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

    static void bind(NativeSocket socket, UnixSocketAddress address) throws IOException {
        byte[] encoded = UnixAddresses.encode(address);
        check(socket, "bind " + address, s -> UnixCalls.bind(s.intValue(), encoded));
    }

    /** Connects, or starts to. */
    static void connect(NativeSocket socket, UnixSocketAddress address) throws IOException {
        checkConnect(address, tryConnect(socket, address));
    }

    /** The same; {@return false where the other socket is one of datagrams that is connected to yet another} */
    static boolean connectIfAllowed(NativeSocket socket, UnixSocketAddress address) throws IOException {
        int result = tryConnect(socket, address);
        if (-result == Errno.PERM) {
            return false;
        }
        checkConnect(address, result);
        return true;
    }

    private static int tryConnect(NativeSocket socket, UnixSocketAddress address) throws IOException {
        byte[] encoded = UnixAddresses.encode(address);
        return socket.call("connect to " + address, s -> UnixCalls.connect(s.intValue(), encoded));
    }

    private static void checkConnect(UnixSocketAddress address, int result) throws IOException {
        if (result < 0 && -result != Errno.INPROGRESS) {
            throw SystemError.ofUnixConnect("connect to " + address, -result);
        }
    }

    static UnixSocketAddress local(NativeSocket socket) throws IOException {
        var address = new byte[UnixAddresses.BYTES];
        int length = check(socket, "get the address of " + socket, s -> UnixCalls.localName(s.intValue(), address));
        return UnixAddresses.decode(address, length);
    }

    static UnixSocketAddress peer(NativeSocket socket) throws IOException {
        var address = new byte[UnixAddresses.BYTES];
        int length = check(socket, "get the other end of " + socket, s -> UnixCalls.peerName(s.intValue(), address));
        return UnixAddresses.decode(address, length);
    }

    /** Fails at once with what is no matter of the system's state. */
    static UnixSocketAddress named(UnixSocketAddress address) {
        if (address.isUnnamed()) {
            throw new IllegalArgumentException("address=" + address + ": expected a path or an abstract name");
        }
        UnixAddresses.requireSupported(address);
        return address;
    }

    /** Makes a call of {@link UnixCalls}, and an exception where it fails. */
    static int check(NativeSocket socket, String operation, NativeSocket.Call<Integer> call) throws IOException {
        int result = socket.call(operation, call);
        if (result < 0) {
            throw SystemError.ofSocket(operation, -result);
        }
        return result;
    }
}
