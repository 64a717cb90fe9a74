package dev.edo.fs;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.spi.FileRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with files and directories by their paths.
 *
 * <pre>{@code
 * var text = Fs.readString(Path.of("motd")).await();
 * Fs.createDirAll(Path.of("out/2026")).await();
 * Fs.writeString(Path.of("out/2026/motd"), text.strip()).await();
 * }</pre>
 *
 * <p>Each call is one trip to the blocking pool of the runtime that polls it, begun by the first poll. A runtime with
 * {@link dev.edo.runtime.RuntimeBuilder#enableIoUring} has the kernel make some of them.
 * Paths may be of any file
 * system of the JDK's.
 *
 * <p><em>Errors:</em> those of the JDK, with the path: {@link NoSuchFileException},
 * {@link java.nio.file.FileAlreadyExistsException}, {@link java.nio.file.AccessDeniedException},
 * {@link FileSystemException} with the system's words. What the runtime's shutdown dropped fails with
 * {@link dev.edo.runtime.RuntimeShutdownException}.
 *
 * <p><em>Cancel safety:</em> a call that was given up before it got a thread of the pool does nothing;
 * one that has begun goes on
 * to its end, and nobody learns how that was. What it opens is closed.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/fs/index.html">tokio::fs</a>
 */
public final class Fs {
    private Fs() {}

    // ---- whole files

    /**
     * Reads a file to its end, whatever memory that takes.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path which file
     * @return its bytes
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.read.html">tokio::fs::read</a>
     */
    @CheckReturnValue
    public static IoFuture<byte[]> read(Path path) {
        return new RingReadAll(path, new BlockingFuture<>("read of " + path, () -> Files.readAllBytes(path)));
    }

    /**
     * Reads a file in UTF-8 to its end, whatever memory that takes.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path which file
     * @return its text; fails with {@link java.nio.charset.CharacterCodingException} where it is not UTF-8
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.read_to_string.html">tokio::fs::read_to_string</a>
     */
    @CheckReturnValue
    public static IoFuture<String> readString(Path path) {
        return new BlockingFuture<>("readString of " + path, () -> Files.readString(path));
    }

    /**
     * Makes these the content of a file: creates it, or overwrites the one that there is.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun; the file may have a part
     * of the content.
     *
     * @param path which file
     * @param content not to be changed any more
     * @return completes when the system has all of it
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.write.html">tokio::fs::write</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> write(Path path, byte[] content) {
        return new RingWriteAll(path, content, new BlockingFuture<>("write of " + path, () -> {
            Files.write(path, content);
            return null;
        }));
    }

    /**
     * Makes the content of a buffer that of a file, as {@link #write(Path, byte[])}.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun; the file may have a part
     * of the content.
     *
     * @param path which file
     * @param content from its position to its limit; neither moves, but the bytes are not to be
     *     changed any more
     * @return completes when the system has all of it
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.write.html">tokio::fs::write</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> write(Path path, ByteBuffer content) {
        return writeFrom(path, content.duplicate());
    }

    private static IoFuture<@Nullable Void> writeFrom(Path path, ByteBuffer content) {
        return new BlockingFuture<>("write of " + path, () -> {
            try (var channel = Files.newByteChannel(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                while (content.hasRemaining()) {
                    int unused = channel.write(content);
                }
            }
            return null;
        });
    }

    /**
     * Makes a text the content of a file, in UTF-8, as {@link #write(Path, byte[])}.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun; the file may have a part
     * of the content.
     *
     * @param path which file
     * @param content not to be changed any more, if it can be
     * @return completes when the system has all of it; fails with {@link
     *     java.nio.charset.CharacterCodingException} where it
     *     cannot be encoded
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.write.html">tokio::fs::write</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> writeString(Path path, CharSequence content) {
        return new BlockingFuture<>("writeString of " + path, () -> {
            Files.writeString(path, content);
            return null;
        });
    }

    /**
     * Copies the content of a file, and its permissions where both file systems are POSIX ones, into
     * another file, which is created or
     * overwritten. Symbolic links are followed; what is a hard link stays one.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun; the target may have a
     * part of the content.
     *
     * @param from a regular file
     * @param to another one
     * @return how many bytes; fails with {@link FileSystemException} where both are one file
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.copy.html">tokio::fs::copy</a>
     */
    @CheckReturnValue
    public static IoFuture<Long> copy(Path from, Path to) {
        return new BlockingFuture<>("copy of " + from + " to " + to, () -> FileCopy.copy(from, to));
    }

    // ---- names

    /**
     * Gives a file or directory another name in one step. A file replaces a file that has the name already, a
     * directory an empty one.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param from the old name
     * @param to the new one, in the same file system
     * @return completes when it has it; fails with {@link
     *     java.nio.file.AtomicMoveNotSupportedException} where that is
     *     another file system
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.rename.html">tokio::fs::rename</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> rename(Path from, Path to) {
        return new RingFuture<>(
                ring -> ring.rename(from, to),
                (_, result) -> result < 0 ? null : Poll.ready(),
                new BlockingFuture<>("rename of " + from + " to " + to, () -> {
                    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                    return null;
                }));
    }

    /**
     * Gives a file one more name.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param original a file
     * @param link its new name, in the same file system
     * @return completes when it has it
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.hard_link.html">tokio::fs::hard_link</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> hardLink(Path original, Path link) {
        return new BlockingFuture<>("hardLink of " + original + " to " + link, () -> {
            Files.createLink(link, original);
            return null;
        });
    }

    /**
     * Makes a symbolic link.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param original where it leads, as it is to stand in the link; need not be there
     * @param link where it will be
     * @return completes when it is there
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.symlink.html">tokio::fs::symlink</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> symlink(Path original, Path link) {
        return new BlockingFuture<>("symlink " + link + " to " + original, () -> {
            Files.createSymbolicLink(link, original);
            return null;
        });
    }

    /**
     * Reads where a symbolic link leads.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param link a symbolic link
     * @return what stands in it; fails with {@link java.nio.file.NotLinkException} where it is none
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.read_link.html">tokio::fs::read_link</a>
     */
    @CheckReturnValue
    public static IoFuture<Path> readLink(Path link) {
        return new BlockingFuture<>("readLink of " + link, () -> Files.readSymbolicLink(link));
    }

    /**
     * Finds the absolute path of a file without symbolic links and detours.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path of a file that is there
     * @return the path
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.canonicalize.html">tokio::fs::canonicalize</a>
     */
    @CheckReturnValue
    public static IoFuture<Path> canonicalize(Path path) {
        return new BlockingFuture<>("canonicalize of " + path, () -> path.toRealPath());
    }

    /**
     * Removes a file's name, and the file when nothing else has it: a symbolic link itself, not what
     * it leads to.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param path no directory
     * @return completes when it is gone; fails with {@link FileSystemException} where it is a directory
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.remove_file.html">tokio::fs::remove_file</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> removeFile(Path path) {
        return new BlockingFuture<>("removeFile of " + path, () -> {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(path.toString(), null, "is a directory; use removeDir");
            }
            Files.delete(path);
            return null;
        });
    }

    // ---- directories

    /**
     * Creates a directory; {@link DirBuilder} does so with given permissions.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param path where; the directory above it must be there
     * @return completes when it is there; fails with {@link
     *     java.nio.file.FileAlreadyExistsException} where something is
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.create_dir.html">tokio::fs::create_dir</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> createDir(Path path) {
        return new DirBuilder().create(path);
    }

    /**
     * Creates a directory and those above it that are missing; it may be there already.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun; some of the directories
     * may be there.
     *
     * @param path where
     * @return completes when all are there
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.create_dir_all.html">tokio::fs::create_dir_all</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> createDirAll(Path path) {
        return new DirBuilder().recursive(true).create(path);
    }

    /**
     * Reads the entries of a directory.
     *
     * <p><em>Cancel safety:</em> a cancelled call leaves nothing open.
     *
     * @param path which directory
     * @return its entries, the first of which have been read; fails with {@link
     *     NotDirectoryException} where it is none
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.read_dir.html">tokio::fs::read_dir</a>
     */
    @CheckReturnValue
    public static IoFuture<ReadDir> readDir(Path path) {
        return new OpeningFuture<>("readDir of " + path, () -> ReadDir.open(path));
    }

    /**
     * Removes an empty directory.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param path a directory, not a symbolic link to one
     * @return completes when it is gone; fails with {@link java.nio.file.DirectoryNotEmptyException}
     *     where something is in it,
     *     and with {@link NotDirectoryException} where it is none
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.remove_dir.html">tokio::fs::remove_dir</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> removeDir(Path path) {
        return new BlockingFuture<>("removeDir of " + path, () -> {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory()) {
                throw new NotDirectoryException(path.toString());
            }
            Files.delete(path);
            return null;
        });
    }

    /**
     * Removes a directory and all that is in it. Symbolic links are removed, and so is {@code path}
     * where it is one, but nothing that they lead to. Where the file system has a {@link
     * java.nio.file.SecureDirectoryStream}, as that of Linux has, this holds even if somebody puts a link in the
     * place of a directory meanwhile.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param path a directory
     * @return completes when all is gone; fails at the first entry that cannot be removed, when others are gone
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.remove_dir_all.html">tokio::fs::remove_dir_all</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> removeDirAll(Path path) {
        return new BlockingFuture<>("removeDirAll of " + path, () -> {
            DirRemoval.removeAll(path);
            return null;
        });
    }

    // ---- attributes

    /**
     * Reads what the file system knows about a file, behind all symbolic links.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path which one
     * @return its size, kind and times
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.metadata.html">tokio::fs::metadata</a>
     */
    @CheckReturnValue
    public static IoFuture<BasicFileAttributes> metadata(Path path) {
        return metadata(path, BasicFileAttributes.class);
    }

    /**
     * Reads what a certain kind of file system knows about a file, behind all symbolic links: owner
     * and permissions, with
     * {@link java.nio.file.attribute.PosixFileAttributes}.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path which one
     * @param type what to read
     * @param <A> the type of it
     * @return that; fails with {@link UnsupportedOperationException} where its file system does not have it
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.metadata.html">tokio::fs::metadata</a>
     */
    @CheckReturnValue
    public static <A extends BasicFileAttributes> IoFuture<A> metadata(Path path, Class<A> type) {
        return new BlockingFuture<>("metadata of " + path, () -> Files.readAttributes(path, type));
    }

    /**
     * Reads what the file system knows about a file, or about the symbolic link where it is one.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path which one
     * @return its size, kind and times
     * @see <a
     *     href="https://docs.rs/tokio/latest/tokio/fs/fn.symlink_metadata.html">tokio::fs::symlink_metadata</a>
     */
    @CheckReturnValue
    public static IoFuture<BasicFileAttributes> symlinkMetadata(Path path) {
        return symlinkMetadata(path, BasicFileAttributes.class);
    }

    /**
     * Reads what a certain kind of file system knows about a file, or about the symbolic link where it is one.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path which one
     * @param type what to read
     * @param <A> the type of it
     * @return that; fails with {@link UnsupportedOperationException} where its file system does not have it
     * @see <a
     *     href="https://docs.rs/tokio/latest/tokio/fs/fn.symlink_metadata.html">tokio::fs::symlink_metadata</a>
     */
    @CheckReturnValue
    public static <A extends BasicFileAttributes> IoFuture<A> symlinkMetadata(Path path, Class<A> type) {
        return new BlockingFuture<>("symlinkMetadata of " + path, () -> {
            return Files.readAttributes(path, type, LinkOption.NOFOLLOW_LINKS);
        });
    }

    /**
     * Changes who may do what with a file, behind all symbolic links.
     *
     * <p><em>Cancel safety:</em> a cancelled call goes on, if it has begun.
     *
     * @param path which one
     * @param permissions all that are to be granted, and no others
     * @return completes when that is done; fails with {@link UnsupportedOperationException} where
     *     its file system is no POSIX
     *     one
     * @see <a
     *     href="https://docs.rs/tokio/latest/tokio/fs/fn.set_permissions.html">tokio::fs::set_permissions</a>
     */
    @CheckReturnValue
    public static IoFuture<@Nullable Void> setPermissions(Path path, Set<PosixFilePermission> permissions) {
        return grant(path, Set.copyOf(permissions));
    }

    private static IoFuture<@Nullable Void> grant(Path path, Set<PosixFilePermission> permissions) {
        return new BlockingFuture<>("setPermissions of " + path, () -> {
            Files.setPosixFilePermissions(path, permissions);
            return null;
        });
    }

    /**
     * Looks whether there is a file, behind all symbolic links. It may be gone when the answer
     * comes: where it is to be opened
     * or created, do that and see.
     *
     * <p><em>Cancel safety:</em> nothing is changed.
     *
     * @param path which one
     * @return whether it is there; fails where that cannot be told
     * @see <a href="https://docs.rs/tokio/latest/tokio/fs/fn.try_exists.html">tokio::fs::try_exists</a>
     */
    @CheckReturnValue
    public static IoFuture<Boolean> tryExists(Path path) {
        return new RingFuture<>(ring -> ring.stat(path), (_, result) -> switch (result) {
            case 0 -> Poll.ready(true);
            case FileRing.NO_SUCH_FILE -> Poll.ready(false);
            default -> null;
        }, new BlockingFuture<>("tryExists of " + path, () -> exists(path)));
    }

    private static boolean exists(Path path) throws IOException {
        try {
            var unused = Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
