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

/**
 * The flags of a descriptor, for systems that cannot make one with them: macOS.
 *
 * <p>Origin: bound through {@code java.lang.foreign}. The third argument of {@code fcntl} is one of a variable number,
 * which has a calling convention of its own on some platforms; JNA's direct mappings do not know it.
 */
final class DescriptorFlags {
    private static final String ERRNO = "errno";
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int F_SETFL = 4;
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

    private static void fcntl(int fd, int command, int flags) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var callState = arena.allocate(CALL_STATE);
            // SAFETY: both commands take an integer and touch no memory.
            int result;
            try {
                result = (int) FCNTL.invokeExact(callState, fd, command, flags);
            } catch (Throwable e) {
                throw new AssertionError("fcntl threw", e);
            }
            if (result < 0) {
                throw SystemError.ofSocket("fcntl of fd=" + fd, (int) ERRNO_FIELD.get(callState, 0L));
            }
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
