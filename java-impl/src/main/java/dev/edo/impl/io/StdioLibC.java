package dev.edo.impl.io;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.charset.StandardCharsets;

/** The call that opens a descriptor once more. Linux only: elsewhere that shares the flags of the first. */
final class StdioLibC {
    private static final int O_NOCTTY = 0x100;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final boolean AVAILABLE = bind();

    private StdioLibC() {}

    private static boolean bind() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        try {
            Native.register(StdioLibC.class, NativeLibrary.getProcess());
            return true;
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    /** SAFETY: JNA copies the array for the call, and it ends with a zero byte. */
    private static native int open(byte[] path, int flags);

    /**
     * Opens what a descriptor stands for, non-blocking.
     *
     * @param access 0 to read, 1 to write
     * @return a descriptor of its own; negative where that is not possible
     */
    static int reopen(int fd, int access) {
        if (!AVAILABLE) {
            return -1;
        }
        var path = ("/proc/self/fd/" + fd + "\0").getBytes(StandardCharsets.US_ASCII);
        return open(path, access | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    }
}
