package dev.edo.fs;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What a directory has under one name.
 *
 * <pre>{@code
 * if (entry.fileName().toString().endsWith(".tmp")) {
 *     Fs.removeFile(entry.path()).await();
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/fs/struct.DirEntry.html">tokio::fs::DirEntry</a>
 */
public final class DirEntry {
    private final Path path;
    private final @Nullable FileType type;

    private DirEntry(Path path, @Nullable FileType type) {
        this.path = path;
        this.type = type;
    }

    /** An entry, with its kind if that can be found out; blocks. */
    static DirEntry of(Path path) {
        FileType type;
        try {
            type = readType(path);
        } catch (IOException e) {
            type = null; // who asks for it tries again, and is told
        }
        return new DirEntry(path, type);
    }

    private static FileType readType(Path path) throws IOException {
        return FileType.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** {@return the path that the directory was read by, and the name} */
    public Path path() {
        return path;
    }

    /** {@return the name in the directory} */
    public Path fileName() {
        return path.getFileName();
    }

    /**
     * Tells what kind of thing it is; a symbolic link is one. This was found out when the directory was
     * read, so that there is nothing to wait for, except where that failed.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @return its kind
     */
    @CheckReturnValue
    public IoFuture<FileType> fileType() {
        var known = type;
        return known == null
                ? new BlockingFuture<>("fileType of " + path, () -> readType(path))
                : new KnownFuture<>(known);
    }

    /**
     * Reads what the file system knows about it now, about the link itself where it is one.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @return its size, kind and times; fails with {@link java.nio.file.NoSuchFileException} where it is gone
     */
    @CheckReturnValue
    public IoFuture<BasicFileAttributes> metadata() {
        return Fs.symlinkMetadata(path);
    }

    @Override
    public String toString() {
        return "DirEntry[" + path + "]";
    }
}
