package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The flags of a descriptor: to look at those of one that somebody else made, and for systems that cannot make one with
 * them: macOS.
 *
 * <p>Origin: bound through {@code java.lang.foreign}. The third argument of {@code fcntl} is one of a variable number,
 * which has a calling convention of its own on some platforms; JNA's direct mappings do not know it.
 */
final class DescriptorFlags {
    private static final String ERRNO = "errno";
    private static final int F_GETFL = 3;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int F_DUPFD_CLOEXEC = Errno.LINUX ? 1030 : 67;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int F_SETFL = 4;
    private static final int O_ACCMODE = 3;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int TYPE_MASK = 0xf000;
    private static final int FIFO = 0x1000;
    private static final int O_NONBLOCK = Errno.LINUX ? 0x800 : 4;
    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_FIELD =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));
    private static final MethodHandle FCNTL = bind();

    private DescriptorFlags() {}

    /** Makes a new descriptor one that does not block, and that is closed on exec. */
    static void makeNonBlocking(int fd) throws IOException {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, O_NONBLOCK);
    }

    /** Makes a new descriptor one that is closed on exec. */
    static void closeOnExec(int fd) throws IOException {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }

    /** {@return another descriptor of the same open file, which is closed on exec} */
    static int duplicate(int fd) throws IOException {
        return fcntl(fd, F_DUPFD_CLOEXEC, 0);
    }

    /** Sets whether calls on a descriptor, and on all others of the same open file, wait. */
    static void setBlocking(int fd, boolean blocking) throws IOException {
        int flags = fcntl(fd, F_GETFL, 0);
        int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
        if (wanted != flags) {
            fcntl(fd, F_SETFL, wanted);
        }
    }

    /** {@return whether calls on a descriptor wait} */
    static boolean isBlocking(int fd) throws IOException {
        return (fcntl(fd, F_GETFL, 0) & O_NONBLOCK) == 0;
    }

    static boolean isReadable(int fd) throws IOException {
        return (fcntl(fd, F_GETFL, 0) & O_ACCMODE) != O_WRONLY;
    }

    static boolean isWritable(int fd) throws IOException {
        return (fcntl(fd, F_GETFL, 0) & O_ACCMODE) != O_RDONLY;
    }

    /** {@return whether an open descriptor is that of a pipe, with or without a name} */
    static boolean isPipe(int fd) throws IOException {
        if (Errno.LINUX) {
            return call(fd, F_GETPIPE_SZ, 0) >= 0; // which nothing else has
        }
        return isPipe(Path.of("/dev/fd/" + fd));
    }

    /** {@return whether a file is a FIFO} */
    static boolean isPipe(Path path) throws IOException {
        return ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == FIFO;
    }

    private static int fcntl(int fd, int command, int flags) throws IOException {
        int result = call(fd, command, flags);
        if (result < 0) {
            throw SystemError.ofPipe("fcntl of fd=" + fd, -result);
        }
        return result;
    }

    /** {@return what it returned, or -errno} */
    private static int call(int fd, int command, int flags) {
        try (var arena = Arena.ofConfined()) {
            var callState = arena.allocate(CALL_STATE);
            // SAFETY: the commands take an integer and touch no memory.
            int result;
            try {
                result = (int) FCNTL.invokeExact(callState, fd, command, flags);
            } catch (Throwable e) {
                throw new AssertionError("fcntl threw", e);
            }
            return result < 0 ? -(int) ERRNO_FIELD.get(callState, 0L) : result;
        }
    }

    @SuppressWarnings("restricted") // the signature is that of POSIX on LP64
    private static MethodHandle bind() {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find("fcntl").orElseThrow(
                () -> new IllegalStateException("the C library has no function fcntl"));
        var signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return linker.downcallHandle(symbol, signature,
                Linker.Option.firstVariadicArg(2), Linker.Option.captureCallState(ERRNO));
    }
}
