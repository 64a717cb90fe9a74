package dev.edo.impl.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Binds native methods to the symbols of this process, and says once in the log where that fails. */
final class Jna {
    private static final AtomicBoolean FAILURE_LOGGED = new AtomicBoolean();

    private Jna() {}

    /**
     * Binds the native methods of a class.
     *
     * @param mapping the class; all its native methods must be symbols of the C library
     * @return null, or why it failed
     */
    static @Nullable Throwable bind(Class<?> mapping) {
        try {
            Native.register(mapping, NativeLibrary.getProcess());
            return null;
        } catch (LinkageError | RuntimeException e) {
            if (FAILURE_LOGGED.compareAndSet(false, true)) {
                System.getLogger(Jna.class.getName()).log(System.Logger.Level.WARNING,
                        "C library not reachable through JNA: CPU affinity, Unix domain sockets, pipes, native"
                                + " thread names and the open files limit are not available; needs"
                                + " net.java.dev.jna:jna and --enable-native-access; cause=" + e);
            }
            return e;
        }
    }

    /** The {@code errno} of this thread's last call through a mapping. */
    static int errno() {
        return Native.getLastError();
    }
}
