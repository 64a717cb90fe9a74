package dev.edo.impl.libc;

import java.util.Arrays;

/**
 * The calls on Unix domain sockets that Netty lacks, or does otherwise: it deletes a file that is in the way of a
 * bind, cuts off paths that are too long, and makes no pairs. Their results are 0 or above, or {@code -errno}.
 */
public final class UnixCalls {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int POLLOUT = 4;

    /** {@code SOCK_NONBLOCK | SOCK_CLOEXEC}, which macOS has not. */
    private static final int FLAGS = Errno.LINUX ? 0x800 | 0x80000 : 0;

    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SOL_LOCAL = 0;
    private static final int LOCAL_PEEREPID = 3;

    private UnixCalls() {}

    /**
     * Checks that the calls can be made.
     *
     * @throws IllegalStateException if not; the message says what to add
     */
    public static void ensureAvailable() {
        Throwable failure = LibC.FAILURE != null || Errno.LINUX ? LibC.FAILURE : DarwinLibC.FAILURE;
        if (failure != null) {
            throw new IllegalStateException("Unix domain sockets need the C library, which is not reachable: put"
                    + " net.java.dev.jna:jna on the class path or module path, and allow native access"
                    + " (--enable-native-access)", failure);
        }
    }

    /** {@return whether descriptors are made that do not block and are closed on exec} */
    public static boolean madeNonBlocking() {
        return Errno.LINUX;
    }

    /**
     * Makes two sockets that are connected with each other.
     *
     * @param fds two elements, for the descriptors
     */
    public static int pair(boolean datagrams, int[] fds) {
        return result(LibC.socketpair(AF_UNIX, (datagrams ? SOCK_DGRAM : SOCK_STREAM) | FLAGS, 0, fds));
    }

    /** {@return whether a descriptor can be written to now} */
    public static boolean isWritable(int fd) {
        int[] asked = {fd, POLLOUT};
        return LibC.poll(asked, 1, 0) > 0 && (asked[1] >>> Short.SIZE & POLLOUT) != 0;
    }

    /** Binds to a {@code struct sockaddr_un}. */
    public static int bind(int fd, byte[] address) {
        return result(LibC.bind(fd, address, address.length));
    }

    /** Connects to a {@code struct sockaddr_un}. */
    public static int connect(int fd, byte[] address) {
        int result;
        do {
            result = result(LibC.connect(fd, address, address.length));
        } while (result == -Errno.INTR);
        return result;
    }

    /**
     * Asks for the address of this end.
     *
     * @param address for a {@code struct sockaddr_un}
     * @return how many of its bytes count
     */
    public static int localName(int fd, byte[] address) {
        int[] length = {address.length};
        int result = result(LibC.getsockname(fd, address, length));
        return result < 0 ? result : Math.min(length[0], address.length);
    }

    /** Asks for the address of the other end, as {@link #localName}. */
    public static int peerName(int fd, byte[] address) {
        int[] length = {address.length};
        int result = result(LibC.getpeername(fd, address, length));
        return result < 0 ? result : Math.min(length[0], address.length);
    }

    /**
     * Asks who is at the other end.
     *
     * @param pidUidGid three elements, in this order; user and group are unsigned
     */
    public static int peerCredentials(int fd, int[] pidUidGid) {
        return Errno.LINUX ? linuxPeer(fd, pidUidGid) : darwinPeer(fd, pidUidGid);
    }

    /** {@code struct ucred} has the same three integers. */
    private static int linuxPeer(int fd, int[] pidUidGid) {
        int[] lengthBytes = {pidUidGid.length * Integer.BYTES};
        return result(LibC.getsockopt(fd, SOL_SOCKET, SO_PEERCRED, pidUidGid, lengthBytes));
    }

    private static int darwinPeer(int fd, int[] pidUidGid) {
        int[] lengthBytes = {Integer.BYTES};
        var pid = Arrays.copyOf(pidUidGid, 1);
        int result = result(LibC.getsockopt(fd, SOL_LOCAL, LOCAL_PEEREPID, pid, lengthBytes));
        if (result < 0) {
            return result;
        }
        int[] uid = {0};
        int[] gid = {0};
        result = result(DarwinLibC.getpeereid(fd, uid, gid));
        pidUidGid[0] = pid[0];
        pidUidGid[1] = uid[0];
        pidUidGid[2] = gid[0];
        return result;
    }

    private static int result(int returned) {
        return returned < 0 ? -Jna.errno() : returned;
    }
}
