package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The calls that move bytes through pipes, bound as those of {@link SocketCalls} are. */
final class PipeCalls {
    // Pointers and sizes are 64-bit integers on all platforms that Edo has libraries for.
    private static final FunctionDescriptor BYTES = FunctionDescriptor.of(
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
    private static final MethodHandle READ = SocketCalls.bind("read", BYTES);
    private static final MethodHandle WRITE = SocketCalls.bind("write", BYTES);
    private static final MethodHandle WRITEV = SocketCalls.bind("writev", FunctionDescriptor.of(
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE = SocketCalls.bind("close",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private PipeCalls() {}

    /** {@return how many bytes, 0 at the end, or -errno} */
    static int read(int fd, long address, int length, Scratch scratch) {
        return move(READ, fd, address, length, scratch);
    }

    /** {@return how many bytes, or -errno} */
    static int write(int fd, long address, int length, Scratch scratch) {
        return move(WRITE, fd, address, length, scratch);
    }

    private static int move(MethodHandle call, int fd, long address, int length, Scratch scratch) {
        while (true) {
            // SAFETY: the caller owns length bytes at address, and keeps fd open, until this returns.
            long n;
            try {
                n = (long) call.invokeExact(scratch.callState, fd, address, (long) length);
            } catch (Throwable e) {
                throw new AssertionError("read or write threw", e);
            }
            int errno = n < 0 ? (int) SocketCalls.ERRNO_FIELD.get(scratch.callState, 0L) : 0;
            if (errno != Errno.INTR) {
                return errno == 0 ? (int) n : -errno;
            }
        }
    }

    /** Writes the first {@code count} vectors of the scratch; {@return how many bytes, or -errno} */
    static int writev(int fd, int count, Scratch scratch) {
        while (true) {
            // SAFETY: the caller owns the memory that the vectors point to, and keeps fd open, until
            // this returns; count is at most Scratch.VECTORS.
            long n;
            try {
                n = (long) WRITEV.invokeExact(scratch.callState, fd, scratch.vectors.address(), count);
            } catch (Throwable e) {
                throw new AssertionError("writev threw", e);
            }
            int errno = n < 0 ? (int) SocketCalls.ERRNO_FIELD.get(scratch.callState, 0L) : 0;
            if (errno != Errno.INTR) {
                return errno == 0 ? (int) n : -errno;
            }
        }
    }

    /** Closes a descriptor; {@return 0 or -errno, but the descriptor is gone in any case} */
    static int close(int fd) {
        var scratch = Scratch.take();
        try {
            int result = (int) CLOSE.invokeExact(scratch.callState, fd);
            return result == 0 ? 0 : -(int) SocketCalls.ERRNO_FIELD.get(scratch.callState, 0L);
        } catch (Throwable e) {
            throw new AssertionError("close threw", e);
        } finally {
            scratch.giveBack();
        }
    }
}
