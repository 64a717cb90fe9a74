package dev.edo.impl.natives;

/** Settings of the calling platform thread that only the kernel has. */
public final class NativeThread {

    private NativeThread() {
    }

    /**
     * Sets by how much the kernel may delay the timed waits of the calling thread. Linux's default
     * is 50 µs; 0 means that default. Does nothing where the kernel has no such setting.
     *
     * @return 0, or {@code -errno}
     */
    public static native int setTimerSlack(long nanos);
}
