package dev.edo.fs;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file was opened: the JDK tells nothing about an open file but by its path.
 *
 * @param name for messages
 * @param path as given; null where it was not
 * @param key what its file system tells files apart by; null where it does not
 */
record FileIdentity(String name, @Nullable Path path, @Nullable Object key) {
    /** The key of a file that is not to be found by its path, though it is open: no other one is equal. */
    private static final Object NOT_TO_BE_FOUND = new Object() {
        @Override
        public String toString() {
            return "not to be found by its path";
        }
    };

    /** Of a file that has just been opened, and may have been removed again, or have no name before it is closed. */
    static FileIdentity of(Path path) {
        var name = path.toString();
        try {
            return new FileIdentity(name, path, Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return new FileIdentity(name, path, NOT_TO_BE_FOUND);
        }
    }

    /** Of a file that somebody else has opened. */
    static FileIdentity of(Channel channel) {
        return new FileIdentity(channel.toString(), null, null);
    }

    /** {@return the path, under which the file was found just now} */
    Path checkedPath() throws IOException {
        var unused = attributes();
        return Objects.requireNonNull(path);
    }

    /** {@return the attributes of the file, which must still be there under its path} */
    BasicFileAttributes attributes() throws IOException {
        if (path == null) {
            throw new FileSystemException(name, null, "made of a channel, which has no path; use Fs and the path");
        }
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (key != null && !key.equals(attributes.fileKey())) {
            throw new FileSystemException(name, null, "another file has taken the place of the one that is"
                    + " open, opened=" + key + " found=" + attributes.fileKey()
                    + "; use the path it was renamed to, if any");
        }
        return attributes;
    }
}
