package dev.edo.fs;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Which file was opened. The JDK asks about a file by a path only.
 *
 * <p>Algorithm: where the system has links to open files the path is such a link, see {@link OpenFileLink}. Without
 * one, as in other file systems, it is the path that the file was opened by, under which there may be another file by
 * now. So the path is looked at first, and what it leads to is compared with what was opened.
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

    /** The key of a file that is asked about by a link only: what is found by the path may be another one. */
    private static final Object TOLD_BY_LINK = new Object() {
        @Override
        public String toString() {
            return "to be found by its descriptor only";
        }
    };

    /** A path that led to the file, and what it found there. */
    private record Found(Path path, BasicFileAttributes attributes) {}

    /**
     * Of a file that has just been opened, and may have been removed again, or have no name before it is closed.
     *
     * @param link to the open file, if there is one
     */
    static FileIdentity of(Path path, @Nullable Path link) {
        var name = path.toString();
        for (var tried : link == null ? new Path[] {path} : new Path[] {link, path}) {
            try {
                return new FileIdentity(name, path, Files.readAttributes(tried, BasicFileAttributes.class).fileKey());
            } catch (IOException e) {
                // not there, or no longer
            }
        }
        return new FileIdentity(name, path, NOT_TO_BE_FOUND);
    }

    /** Of a file that the kernel has opened, in a system with links to open files. */
    static FileIdentity ofLinked(Path path) {
        return new FileIdentity(path.toString(), path, TOLD_BY_LINK);
    }

    /** Of a file that somebody else has opened. */
    static FileIdentity of(Channel channel) {
        return new FileIdentity(channel.toString(), null, null);
    }

    /**
     * {@return a path, under which the file was found just now}
     *
     * @param link to the open file, if there is one
     */
    Path checkedPath(@Nullable Path link) throws IOException {
        return find(link).path();
    }

    /**
     * {@return the attributes of the file, which must still be there under its path where there is no link}
     *
     * @param link to the open file, if there is one
     */
    BasicFileAttributes attributes(@Nullable Path link) throws IOException {
        return find(link).attributes();
    }

    private Found find(@Nullable Path link) throws IOException {
        @Nullable IOException notFollowed = null;
        if (link != null) {
            try {
                var attributes = Files.readAttributes(link, BasicFileAttributes.class);
                if (key == TOLD_BY_LINK || isOpened(attributes)) {
                    return new Found(link, attributes);
                }
            } catch (IOException e) {
                notFollowed = e; // as where /proc is not mounted, or the system keeps it from this process
            }
        }
        if (path == null) {
            var failure = new FileSystemException(name, null, "made of a channel, which tells neither its descriptor"
                    + " nor its path; use Fs and the path");
            failure.initCause(notFollowed);
            throw failure;
        }
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!isOpened(attributes)) {
            throw new FileSystemException(name, null, "another file has taken the place of the one that is"
                    + " open, opened=" + key + " found=" + attributes.fileKey()
                    + "; use the path it was renamed to, if any");
        }
        return new Found(path, attributes);
    }

    private boolean isOpened(BasicFileAttributes attributes) {
        return key == null || key.equals(attributes.fileKey());
    }
}
