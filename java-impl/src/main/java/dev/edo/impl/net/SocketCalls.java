package dev.edo.impl.net;

import dev.edo.impl.libc.Errno;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The socket calls that Netty does not offer: making sockets with flags, receiving with flags, for peeking, scattered
 * reading, and datagrams without an object for each.
 *
 * <p>Origin: bound through {@code java.lang.foreign}, which captures errno and costs no more than JNI.
 */
final class SocketCalls {
    private static final String ERRNO = "errno";
    static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();

    private static final int MSG_PEEK = 2;
    static final VarHandle ERRNO_FIELD =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));

    // Pointers and sizes are 64-bit integers on all platforms that Edo has libraries for.
    private static final MethodHandle RECV = bind("recv", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle READV = bind("readv", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private static final MethodHandle SENDTO = bind("sendto", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle RECVFROM = bind("recvfrom", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private static final MethodHandle SOCKET = bind("socket", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private SocketCalls() {}

    /** Makes a socket; {@return its descriptor, or -errno} */
    static int socket(int domain, int type) {
        var scratch = Scratch.take();
        try {
            // SAFETY: the scratch is this thread's own until it is given back; the call touches no other memory.
            int fd;
            try {
                fd = (int) SOCKET.invokeExact(scratch.callState, domain, type, 0);
            } catch (Throwable e) {
                throw new AssertionError("socket threw", e);
            }
            return fd < 0 ? -(int) ERRNO_FIELD.get(scratch.callState, 0L) : fd;
        } finally {
            scratch.giveBack();
        }
    }

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

    /**
     * Sends a datagram to the address in the scratch's name, of which nameLength bytes count, or, where that is 0,
     * to the one that the socket is connected to; {@return how many bytes, or -errno}
     */
    static int sendTo(int fd, long address, int length, int nameLength, Scratch scratch) {
        long name = nameLength == 0 ? 0 : scratch.name.address();
        while (true) {
            // SAFETY: the caller owns length bytes at address, and keeps fd open, until this returns; the scratch is
            // its own, and its name has room for any address.
            long n;
            try {
                n = (long) SENDTO.invokeExact(scratch.callState, fd, address, (long) length, 0, name, nameLength);
            } catch (Throwable e) {
                throw new AssertionError("sendto threw", e);
            }
            int errno = n < 0 ? (int) ERRNO_FIELD.get(scratch.callState, 0L) : 0;
            if (errno != Errno.INTR) {
                return errno == 0 ? (int) n : -errno;
            }
        }
    }

    /**
     * Receives a datagram, or copies it where {@code peek}; where {@code named}, the sender's address is put into the
     * scratch's name. {@return how many bytes, or -errno}
     */
    static int receiveFrom(int fd, long address, int length, boolean peek, boolean named, Scratch scratch) {
        int flags = peek ? MSG_PEEK : 0;
        long name = named ? scratch.name.address() : 0;
        long nameLength = named ? scratch.nameLength.address() : 0;
        while (true) {
            scratch.nameLength.set(ValueLayout.JAVA_INT, 0, Scratch.NAME_BYTES);
            // SAFETY: as in sendTo; the system writes no more of the name than its length says.
            long n;
            try {
                n = (long) RECVFROM.invokeExact(
                        scratch.callState, fd, address, (long) length, flags, name, nameLength);
            } catch (Throwable e) {
                throw new AssertionError("recvfrom threw", e);
            }
            int errno = n < 0 ? (int) ERRNO_FIELD.get(scratch.callState, 0L) : 0;
            if (errno != Errno.INTR) {
                return errno == 0 ? (int) n : -errno;
            }
        }
    }

    @SuppressWarnings("restricted") // the signatures are those of POSIX on LP64
    static MethodHandle bind(String name, FunctionDescriptor signature) {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find(name).orElseThrow(
                () -> new IllegalStateException("the C library has no function " + name));
        return linker.downcallHandle(symbol, signature, Linker.Option.captureCallState(ERRNO));
    }
}
