package dev.edo.fs;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What a file was opened for. */
record FileAccess(boolean read, boolean write) {
    void checkReadable(Path path) throws FileSystemException {
        if (!read) {
            throw new FileSystemException(path.toString(), null, "not open for reading; open it with read(true)");
        }
    }

    void checkWritable(Path path) throws FileSystemException {
        if (!write) {
            throw new FileSystemException(path.toString(), null,
                    "not open for writing; open it with write(true) or append(true)");
        }
    }
}
