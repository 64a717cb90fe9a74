package dev.edo.impl.driver;

import dev.edo.impl.libc.OpenFileLimit;

/**
 * Reads the limit of open files while there are descriptors left to do so: loading what reads it takes some. It
 * happens once, on a thread of its own, because the start of a program need not wait for it.
 */
final class OpenFileLimitReader {
    static {
        try {
            Thread.ofPlatform().daemon().name("edo-open-file-limit").start(OpenFileLimit::soft);
        } catch (RuntimeException | Error e) { // if it left here, no driver could be opened any more
            System.getLogger(OpenFileLimitReader.class.getName()).log(System.Logger.Level.INFO,
                    "no thread to read the limit of open files beforehand; the error of who reaches it may not tell it",
                    e);
        }
    }

    private OpenFileLimitReader() {}

    /** Starts the reading, the first time. */
    static void readOnce() {}
}
