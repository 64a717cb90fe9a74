package dev.edo.fs;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a directory is to be created.
 *
 * <pre>{@code
 * new DirBuilder().recursive(true)
 *         .mode(PosixFilePermissions.fromString("rwx------"))
 *         .create(Path.of("cache/thumbnails")).await();
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/fs/struct.DirBuilder.html">tokio::fs::DirBuilder</a>
 */
public final class DirBuilder {
    private boolean recursive;
    private @Nullable Set<PosixFilePermission> mode;

    /** One directory, with the permissions that the system gives. */
    public DirBuilder() {}

    /**
     * Creates the directories that are missing above it, too; then it is no failure if it is there already.
     *
     * @param on whether to; false at first
     * @return this
     */
    public DirBuilder recursive(boolean on) {
        recursive = on;
        return this;
    }

    /**
     * Says with what permissions directories are created; the process's umask takes some away.
     *
     * @param permissions who may do what; by default all may do everything
     * @return this
     */
    public DirBuilder mode(Set<PosixFilePermission> permissions) {
        mode = Set.copyOf(permissions);
        return this;
    }

    /**
     * Creates a directory. This may be changed and used again meanwhile.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param path where
     * @return completes when it is there; fails with {@link java.nio.file.FileAlreadyExistsException} where
     *     something else is, and with {@link java.nio.file.NoSuchFileException} where the directory above
     *     it is missing
     */
    @CheckReturnValue
    public IoFuture<@Nullable Void> create(Path path) {
        FileAttribute<?>[] attributes = mode == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
        boolean withParents = recursive;
        return new BlockingFuture<>("creation of the directory " + path, () -> {
            if (withParents) {
                Files.createDirectories(path, attributes);
            } else {
                Files.createDirectory(path, attributes);
            }
            return null;
        });
    }

    @Override
    public String toString() {
        return "DirBuilder[recursive=" + recursive
                + ", mode=" + (mode == null ? "default" : PosixFilePermissions.toString(mode)) + "]";
    }
}
