package dev.edo.impl.libc;

import org.jspecify.annotations.Nullable;

/** The functions that only macOS has, or has with these parameters. */
final class DarwinLibC {
    static final @Nullable Throwable FAILURE = Jna.bind(DarwinLibC.class);

    private DarwinLibC() {}

    /** Names the calling thread. SAFETY: JNA copies the array for the call, and it ends with a zero byte. */
    static native int pthread_setname_np(byte[] name);

    /** Who is at the other end of a Unix socket; both arrays have one element. */
    static native int getpeereid(int fd, int[] uid, int[] gid);
}
