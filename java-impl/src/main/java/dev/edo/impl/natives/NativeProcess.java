package dev.edo.impl.natives;

/**
 * Child processes, as {@code native/src/edo_spawn.h} has them.
 *
 * <p><b>Errors.</b> Every method but {@link #environment} returns a value that is not negative, or
 * {@code -errno}. None throws.
 *
 * <p><b>Safety.</b> {@link NativeLibrary#ensureLoaded()} comes first.
 */
public final class NativeProcess {

    private NativeProcess() {
    }

    /**
     * Starts a program.
     *
     * <p><b>Blocking.</b> Until the child has become the program, or could not.
     *
     * @param request the address of a {@link SpawnLayout}; C follows the addresses in it unchecked
     * @return 0, and the child is in the request; or {@code -errno}, and what failed is
     */
    public static native int start(long request);

    /**
     * Asks whether a child has ended, without waiting.
     *
     * @return 0 if not; {@code 1 << 32 | status} if so: from now on the pid is nobody's
     */
    public static native long reap(int pid);

    /** Makes a descriptor that can be read when a child has ended; the caller closes it. */
    public static native int openPidfd(int pid);

    /** Sends a signal to one process. */
    public static native int kill(int pid, int signal);

    /** The address of this process's environment: an array of strings with a null at its end. */
    public static native long environment();
}
