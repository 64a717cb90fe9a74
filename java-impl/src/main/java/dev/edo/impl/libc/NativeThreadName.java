package dev.edo.impl.libc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of a thread as {@code top -H}, {@code perf} and {@code gdb} show it. */
public final class NativeThreadName {
    /** {@code TASK_COMM_LEN} without the zero byte. */
    static final int LINUX_BYTES = 15;

    /** {@code MAXTHREADNAMESIZE} without the zero byte. */
    static final int DARWIN_BYTES = 63;

    private NativeThreadName() {}

    /**
     * Names the calling platform thread for the operating system. A name that is too long loses its
     * middle: the number at its end tells the threads apart. Does nothing where the C library is
     * not reachable.
     *
     * @param name any text; not the name that {@link Thread#getName()} returns, which stays
     * @throws IllegalStateException on a virtual thread, whose carrier must not take its name
     */
    public static void set(String name) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread has no native name; name=" + name);
        }
        if (LibC.LINUX && LinuxLibC.FAILURE == null) {
            LinuxLibC.pthread_setname_np(LinuxLibC.pthread_self(), terminated(shortened(name, LINUX_BYTES)));
        } else if (LibC.DARWIN && DarwinLibC.FAILURE == null) {
            DarwinLibC.pthread_setname_np(terminated(shortened(name, DARWIN_BYTES)));
        }
    }

    /** The name in UTF-8 without half characters, and without its middle where it is too long. */
    static byte[] shortened(String name, int maxBytes) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return bytes;
        }
        int number = bytes.length;
        while (bytes[number - 1] >= '0' && bytes[number - 1] <= '9' && bytes.length - number < maxBytes / 2) {
            number--;
        }
        int tailBytes = bytes.length - number;
        int headBytes = maxBytes - tailBytes;
        while (isContinuation(bytes[headBytes])) {
            headBytes--;
        }
        var result = Arrays.copyOf(bytes, headBytes + tailBytes);
        System.arraycopy(bytes, number, result, headBytes, tailBytes);
        return result;
    }

    private static boolean isContinuation(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }

    private static byte[] terminated(byte[] name) {
        return Arrays.copyOf(name, name.length + 1);
    }
}
