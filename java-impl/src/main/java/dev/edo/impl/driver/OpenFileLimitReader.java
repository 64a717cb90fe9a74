package dev.edo.impl.driver;

import dev.edo.impl.libc.OpenFileLimit;

/**
 * Reads the limit of open files while there are descriptors left to do so: loading what reads it takes some. It
 * happens once, on a thread of its own, because the start of a program need not wait for it.
 */
final class OpenFileLimitReader {
    static {
        Thread.ofPlatform().daemon().name("edo-open-file-limit").start(OpenFileLimit::soft);
    }

    private OpenFileLimitReader() {}

    /** Starts the reading, the first time. */
    static void readOnce() {}
}
