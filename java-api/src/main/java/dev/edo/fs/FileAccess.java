package dev.edo.fs;

import java.nio.file.FileSystemException;

/** What a file was opened for. */
record FileAccess(boolean read, boolean write) {
    void checkReadable(String name) throws FileSystemException {
        if (!read) {
            throw new FileSystemException(name, null, "not open for reading; open it with read(true)");
        }
    }

    void checkWritable(String name) throws FileSystemException {
        if (!write) {
            throw new FileSystemException(name, null,
                    "not open for writing; open it with write(true) or append(true)");
        }
    }
}
