package dev.edo.impl.libc;

import org.jspecify.annotations.Nullable;

/**
 * How many file descriptors this process may have open: {@code RLIMIT_NOFILE}.
 *
 * <p>Where the limit is reached it is too late to load what reads it, which takes descriptors
 * itself: whoever wants {@link #reached} to name the limits asks for {@link #soft()} once before,
 * at start-up.
 */
public final class OpenFileLimit {
    /** What {@link #soft()} and {@link #hard()} say where the C library is not reachable. */
    public static final long UNKNOWN = -1;

    /** What they say where there is no limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final int SOFT = 0;
    private static final int HARD = 1;

    private OpenFileLimit() {}

    /** The limit in force. */
    public static long soft() {
        var limits = read();
        return limits == null ? UNKNOWN : limits[SOFT];
    }

    /** How far the process may raise it. */
    public static long hard() {
        var limits = read();
        return limits == null ? UNKNOWN : limits[HARD];
    }

    /**
     * Changes the limit in force.
     *
     * @param soft the new limit, at most {@link #hard()}
     * @return whether it was changed; otherwise it is as it was
     */
    public static boolean setSoft(long soft) {
        var limits = read();
        if (limits == null || soft < 0 || soft > limits[HARD]) {
            return false;
        }
        return LibC.setrlimit(LibC.OPEN_FILES, new long[] {toNative(soft), toNative(limits[HARD])}) == 0;
    }

    /**
     * The message for EMFILE.
     *
     * @param failed what failed: {@code "accept"}
     * @return the text, with the limits where they are known, and the remedy
     */
    public static String reached(String failed) {
        return reached(failed, soft(), hard());
    }

    static String reached(String failed, long soft, long hard) {
        String text = failed + ": open files limit reached";
        if (soft == UNKNOWN) {
            return text + "; raise it with ulimit -n, or close what is no longer used";
        }
        text += ": RLIMIT_NOFILE soft=" + text(soft) + " hard=" + text(hard);
        return soft < hard
                ? text + "; raise it with ulimit -n " + (hard == UNLIMITED ? "<number>" : hard)
                        + ", or close what is no longer used"
                : text + "; raise the hard limit (ulimit -Hn as root, LimitNOFILE= of systemd,"
                        + " --ulimit nofile= of a container), or close what is no longer used";
    }

    private static String text(long limit) {
        return limit == UNLIMITED ? "unlimited" : Long.toString(limit);
    }

    private static long @Nullable [] read() {
        var limits = new long[2];
        if (LibC.FAILURE != null || LibC.getrlimit(LibC.OPEN_FILES, limits) != 0) {
            return null;
        }
        limits[SOFT] = fromNative(limits[SOFT]);
        limits[HARD] = fromNative(limits[HARD]);
        return limits;
    }

    private static long fromNative(long limit) {
        return limit == LibC.UNLIMITED || limit < 0 ? UNLIMITED : limit;
    }

    private static long toNative(long limit) {
        return limit == UNLIMITED ? LibC.UNLIMITED : limit;
    }
}
