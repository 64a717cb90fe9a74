package dev.edo.impl.driver.io;

import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.natives.NativeUring;

/** The calls of a ring: those of {@link NativeUring}, of which a test may have some fail. */
public interface UringCalls {
    /** The kernel's. */
    UringCalls KERNEL = new UringCalls() {};

    /** {@return the ring's address, or {@code -errno}} */
    default long open(int entries, int completions) {
        NativeLibrary.ensureLoaded();
        return NativeUring.open(entries, completions);
    }

    /** Which operations the kernel has: a bit each. */
    default long operations(long ring) {
        return NativeUring.operations(ring);
    }

    /** {@return 0, or {@code -errno} where the kernel has not taken the operation} */
    default int submit(
            long ring,
            int operation,
            int entryFlags,
            int fd,
            long address,
            int length,
            long offset,
            int flags,
            int number) {
        return NativeUring.submit(ring, operation, entryFlags, fd, address, length, offset, flags, number);
    }

    /** Asks for an early end of the operation. */
    default int cancel(long ring, int number) {
        return NativeUring.cancel(ring, number);
    }

    /** {@return the end of an operation, or {@link NativeUring#EMPTY}} */
    default long next(long ring) {
        return NativeUring.next(ring);
    }
}
