package dev.edo.fs;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Copies the content and the permissions of a file, as the call of that name in Rust's std does: into the
 * file that is there, and through symbolic links. {@link Files#copy} makes a new file in its place.
 */
final class FileCopy {
    private FileCopy() {}

    /** {@return how many bytes} */
    static long copy(Path from, Path to) throws IOException {
        var attributes = Files.readAttributes(from, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(from.toString(), to.toString(), "the source is no regular file");
        }
        if (Files.exists(to) && Files.isSameFile(from, to)) {
            throw new FileSystemException(from.toString(), to.toString(),
                    "source and target are one file, which would be emptied; use two");
        }
        return hasPermissions(from) && hasPermissions(to) ? copyWithPermissions(from, to) : copyContent(from, to);
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static long copyWithPermissions(Path from, Path to) throws IOException {
        var permissions = Files.readAttributes(from, PosixFileAttributes.class).permissions();
        long bytes = copyContent(from, to, PosixFilePermissions.asFileAttribute(permissions));
        if (Files.isRegularFile(to)) { // a device keeps its own
            Files.getFileAttributeView(to, PosixFileAttributeView.class).setPermissions(permissions);
        }
        return bytes;
    }

    private static long copyContent(Path from, Path to, FileAttribute<?>... attributes) throws IOException {
        var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        try (var in = Files.newInputStream(from);
                var out = Channels.newOutputStream(Files.newByteChannel(to, options, attributes))) {
            return in.transferTo(out);
        }
    }
}
