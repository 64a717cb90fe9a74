package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The two socket calls that Netty does not offer: receiving with flags, for peeking, and scattered reading.
 *
 * <p>Origin: bound through {@code java.lang.foreign}, which captures errno and costs no more than JNI.
 */
final class SocketCalls {
    private static final String ERRNO = "errno";
    static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();

    private static final int MSG_PEEK = 2;
    private static final VarHandle ERRNO_FIELD =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));

    // Pointers and sizes are 64-bit integers on all platforms that Edo has libraries for.
    private static final MethodHandle RECV = bind("recv", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle READV = bind("readv", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private SocketCalls() {}

    /** {@return how many bytes, 0 at the end, or -errno} */
    static int peek(int fd, long address, int length, Scratch scratch) {
        while (true) {
            // SAFETY: the caller owns length bytes at address, and keeps fd open, until this returns.
            long n;
            try {
                n = (long) RECV.invokeExact(scratch.callState, fd, address, (long) length, MSG_PEEK);
            } catch (Throwable e) {
                throw new AssertionError("recv threw", e);
            }
            int errno = n < 0 ? (int) ERRNO_FIELD.get(scratch.callState, 0L) : 0;
            if (errno != Errno.INTR) {
                return errno == 0 ? (int) n : -errno;
            }
        }
    }

    /**
     * Reads into the first {@code count} vectors of the scratch; {@return how many bytes, 0 at the end,
     * or -errno}
     */
    static int readv(int fd, int count, Scratch scratch) {
        while (true) {
            // SAFETY: the caller owns the memory that the vectors point to, and keeps fd open, until
            // this returns; count is at most Scratch.VECTORS.
            long n;
            try {
                n = (long) READV.invokeExact(scratch.callState, fd, scratch.vectors.address(), count);
            } catch (Throwable e) {
                throw new AssertionError("readv threw", e);
            }
            int errno = n < 0 ? (int) ERRNO_FIELD.get(scratch.callState, 0L) : 0;
            if (errno != Errno.INTR) {
                return errno == 0 ? (int) n : -errno;
            }
        }
    }

    @SuppressWarnings("restricted") // the signatures are those of POSIX on LP64
    private static MethodHandle bind(String name, FunctionDescriptor signature) {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find(name).orElseThrow(
                () -> new IllegalStateException("the C library has no function " + name));
        return linker.downcallHandle(symbol, signature, Linker.Option.captureCallState(ERRNO));
    }
}
