package dev.edo.impl.driver.io;

import java.io.IOException;

/** Turns the errno of a poller call into an exception. */
final class PollError {
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EBADF = 9;
    private static final int ENOMEM = 12;
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;
    private static final int EMFILE = 24;
    private static final int ENOSPC = 28;

    private PollError() {}

    /**
     * Makes the exception.
     *
     * @param action what failed, after "cannot"
     * @param result the negative errno
     */
    static IOException of(String action, int result) {
        return new IOException("cannot " + action + ": " + describe(-result));
    }

    /** {@return whether the kernel had forgotten the descriptor already, as it does when it is closed} */
    static boolean isForgotten(int result) {
        return result == -ENOENT || result == -EBADF;
    }

    private static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, this kind of file cannot be polled (regular files and directories cannot);"
                    + " read it on the blocking pool";
            case EBADF -> "EBADF, the descriptor is not open; register it before it is closed";
            case ENOMEM -> "ENOMEM, the kernel has no memory; raise the memory limit of the container";
            case EEXIST -> "EEXIST, the descriptor is registered with this driver already; close its"
                    + " registration first, or register a duplicate of it";
            case EINVAL -> "EINVAL, the kernel refuses the argument";
            case EMFILE -> "EMFILE, this process may open no more descriptors; raise ulimit -n";
            case ENOSPC -> "ENOSPC, too many watched descriptors; raise /proc/sys/fs/epoll/max_user_watches";
            default -> "errno=" + errno;
        };
    }
}
