package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * Makes sockets that do not block, and that are closed on exec: a process that is started by other means than the
 * JDK's, which closes descriptors itself, does not inherit them.
 *
 * <p>Algorithm: Linux does that in the call that makes the socket. macOS needs a call for each; what another thread
 * starts in between inherits the descriptor, and the system has no remedy.
 *
 * <p>Origin: Netty's own calls make sockets that outlive an exec. Those that its accept returns do not.
 */
final class NewSocket {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = Errno.LINUX ? 10 : 30;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int IPV6_V6ONLY = Errno.LINUX ? 26 : 27;

    /** {@code SOCK_NONBLOCK | SOCK_CLOEXEC}, which macOS has not. */
    private static final int FLAGS = Errno.LINUX ? 0x800 | 0x80000 : 0;

    private NewSocket() {}

    /** Makes a socket of TCP, or of UDP; one for IPv6 takes IPv4 as well. */
    static <S extends NativeSocket> S internet(boolean ipv6, boolean datagrams, IntFunction<S> own)
            throws IOException {
        NettyTransport.ensureAvailable();
        var socket = make(ipv6 ? AF_INET6 : AF_INET, datagrams, own);
        if (ipv6) {
            try {
                SocketOptions.setInt(socket, "IPV6_V6ONLY", SocketOptions.IPPROTO_IPV6, IPV6_V6ONLY, 0);
            } catch (IOException | RuntimeException | Error e) {
                socket.close();
                throw e;
            }
        }
        return socket;
    }

    /** Makes a Unix domain socket. */
    static <S extends NativeSocket> S unix(boolean datagrams, IntFunction<S> own) throws IOException {
        return make(AF_UNIX, datagrams, own);
    }

    private static <S> S make(int domain, boolean datagrams, IntFunction<S> own) throws IOException {
        int fd = SocketCalls.socket(domain, (datagrams ? SOCK_DGRAM : SOCK_STREAM) | FLAGS);
        if (fd < 0) {
            throw SystemError.ofSocket("socket", -fd);
        }
        try {
            if (FLAGS == 0) {
                DescriptorFlags.makeNonBlocking(fd);
            }
            return own.apply(fd);
        } catch (IOException | RuntimeException | Error e) {
            new FileDescriptor(fd).close();
            throw e;
        }
    }
}
