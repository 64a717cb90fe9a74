package dev.edo.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Which file was opened: the JDK tells nothing about an open file but by its path.
 *
 * @param path as given
 * @param key what its file system tells files apart by; null where it does not
 */
record FileIdentity(Path path, @Nullable Object key) {
    /** The key of a file that is not to be found by its path, though it is open: no other one is equal. */
    private static final Object NOT_TO_BE_FOUND = new Object() {
        @Override
        public String toString() {
            return "not to be found by its path";
        }
    };

    /** Of a file that has just been opened, and may have been removed again, or have no name before it is closed. */
    static FileIdentity of(Path path) {
        try {
            return new FileIdentity(path, Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return new FileIdentity(path, NOT_TO_BE_FOUND);
        }
    }

    /** {@return the attributes of the file, which must still be there under its path} */
    <A extends BasicFileAttributes> A attributes(Class<A> type) throws IOException {
        var attributes = Files.readAttributes(path, type);
        if (key != null && !key.equals(attributes.fileKey())) {
            throw new FileSystemException(path.toString(), null, "another file has taken the place of the one that is"
                    + " open, opened=" + key + " found=" + attributes.fileKey()
                    + "; use the path it was renamed to, if any");
        }
        return attributes;
    }
}
