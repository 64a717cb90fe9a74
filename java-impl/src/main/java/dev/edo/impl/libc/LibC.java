package dev.edo.impl.libc;

import org.jspecify.annotations.Nullable;

/** The functions that Linux and macOS have alike. */
final class LibC {
    static final boolean LINUX = System.getProperty("os.name").equals("Linux");
    static final boolean DARWIN = System.getProperty("os.name").startsWith("Mac");

    /** {@code RLIMIT_NOFILE}. */
    static final int OPEN_FILES = LINUX ? 7 : 8;

    /** {@code RLIM_INFINITY}. */
    static final long UNLIMITED = LINUX ? -1L : Long.MAX_VALUE;

    /** The size of each field of {@code struct utsname}, which holds nothing but equal character arrays. */
    static final int UTSNAME_FIELD_BYTES = LINUX ? 65 : 256;

    /** More fields than any {@code struct utsname} has. */
    static final int UTSNAME_FIELDS = 8;

    static final @Nullable Throwable FAILURE = Jna.bind(LibC.class);

    private LibC() {}

    // SAFETY (all): JNA pins or copies the arrays for the call; each is at least as long as what is written.

    /** {@code limits} is {@code struct rlimit}: soft, hard; both {@code rlim_t} have 64 bits. */
    static native int getrlimit(int resource, long[] limits);

    static native int setrlimit(int resource, long[] limits);

    static native int uname(byte[] utsname);

    /** {@code fds} is {@code struct pollfd}: the descriptor; what is asked for, and above that what is there. */
    static native int poll(int[] fds, long count, int timeoutMillis);

    /** Fills the two elements of {@code fds}. */
    static native int socketpair(int domain, int type, int protocol, int[] fds);

    /** Fills the two elements of {@code fds}. */
    static native int pipe(int[] fds);

    /** The path ends with a zero byte; the flags create nothing, so there is no third argument. */
    static native int open(byte[] path, int flags);

    /** The text of a known number is a constant of the library's. */
    static native String strerror(int errno);

    /** {@code address} is a {@code struct sockaddr} of so many bytes. */
    static native int bind(int fd, byte[] address, int length);

    static native int connect(int fd, byte[] address, int length);

    /** Fills at most {@code length[0]} bytes of {@code address}, and puts there how many the whole has. */
    static native int getsockname(int fd, byte[] address, int[] length);

    static native int getpeername(int fd, byte[] address, int[] length);

    static native int getsockopt(int fd, int level, int option, int[] value, int[] lengthBytes);
}
