package dev.edo.fs;

import java.nio.file.attribute.BasicFileAttributes;

/**
 * What kind of thing is in a directory.
 *
 * <pre>{@code
 * if (entry.fileType().await() == FileType.DIR) {
 *     directories.add(entry.path());
 * }
 * }</pre>
 *
 * @see <a href="https://doc.rust-lang.org/std/fs/struct.FileType.html">std::fs::FileType</a>
 */
public enum FileType {
    /** A regular file. */
    FILE,
    /** A directory. */
    DIR,
    /** A symbolic link, wherever it leads. */
    SYMLINK,
    /** A pipe, a device, a socket. */
    OTHER;

    static FileType of(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return SYMLINK;
        }
        if (attributes.isDirectory()) {
            return DIR;
        }
        return attributes.isRegularFile() ? FILE : OTHER;
    }
}
