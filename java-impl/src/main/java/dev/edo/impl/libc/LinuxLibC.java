package dev.edo.impl.libc;

import org.jspecify.annotations.Nullable;

/** The functions that only Linux has, or has with these parameters. */
final class LinuxLibC {
    static final @Nullable Throwable FAILURE = Jna.bind(LinuxLibC.class);

    private LinuxLibC() {}

    // SAFETY (all): JNA pins or copies the arrays for the call. The kernel touches at most sizeBytes of
    // a mask; a name ends with a zero byte.

    /** {@code pid} 0 is the calling thread; {@code mask} is a {@code cpu_set_t} of any length. */
    static native int sched_getaffinity(int pid, long sizeBytes, long[] mask);

    /** Fills the two elements of {@code fds}. */
    static native int pipe2(int[] fds, int flags);

    static native int sched_setaffinity(int pid, long sizeBytes, long[] mask);

    static native long pthread_self();

    /** Returns the error instead of setting {@code errno}. */
    static native int pthread_setname_np(long thread, byte[] name);
}
