package dev.edo.impl.libc;

import java.nio.file.Path;
import java.util.Arrays;

/** The calls that make pipes and open files by their paths. Their results are 0 or above, or {@code -errno}. */
public final class FileCalls {
    /** To read. */
    public static final int READ = 0;
    /** To write. */
    public static final int WRITE = 1;
    /** To do both. */
    public static final int READ_WRITE = 2;
    /** What is in the file goes. */
    public static final int TRUNCATE = pick(0x200, 0x400);
    /** Writes go to the end. */
    public static final int APPEND = pick(0x400, 8);
    /** Neither opening nor anything else blocks. */
    public static final int NON_BLOCKING = pick(0x800, 4);

    private static final int NO_CONTROLLING_TERMINAL = pick(0x100, 0x20000);
    private static final int CLOSE_ON_EXEC = pick(0x80000, 0x1000000);

    private FileCalls() {}

    private static int pick(int linux, int macos) {
        return Errno.LINUX ? linux : macos;
    }

    /**
     * Checks that the calls can be made.
     *
     * @param what needs them, as it begins a sentence
     * @throws IllegalStateException if not; the message says what to add
     */
    public static void ensureAvailable(String what) {
        Throwable failure = LibC.FAILURE != null || !Errno.LINUX ? LibC.FAILURE : LinuxLibC.FAILURE;
        if (failure != null) {
            throw new IllegalStateException(what + " need the C library, which is not reachable: put"
                    + " net.java.dev.jna:jna on the class path or module path, and allow native access"
                    + " (--enable-native-access)", failure);
        }
    }

    /** {@return whether {@link #pipe} makes descriptors that are closed on exec} */
    public static boolean closesOnExec() {
        return Errno.LINUX;
    }

    /**
     * Makes a pipe; where {@link #closesOnExec}, its ends are closed on exec.
     *
     * @param fds two elements, for the end to read from and the one to write to
     */
    public static int pipe(int[] fds) {
        return result(Errno.LINUX ? LinuxLibC.pipe2(fds, CLOSE_ON_EXEC) : LibC.pipe(fds));
    }

    /**
     * Opens a file that is there; its descriptor is closed on exec, and no terminal takes over.
     *
     * @param flags of the constants here
     */
    public static int open(Path path, int flags) {
        var bytes = PathBytes.of(path);
        var terminated = Arrays.copyOf(bytes, bytes.length + 1);
        int result;
        do {
            result = result(LibC.open(terminated, flags | NO_CONTROLLING_TERMINAL | CLOSE_ON_EXEC));
        } while (result == -Errno.INTR);
        return result;
    }

    private static int result(int returned) {
        return returned < 0 ? -Jna.errno() : returned;
    }
}
