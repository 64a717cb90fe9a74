package dev.edo.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
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
    private static final int PIECE_BYTES = 64 * 1024;

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
        try (var in = Files.newByteChannel(from);
                var out = Files.newByteChannel(to, options, attributes)) {
            long bytes = 0;
            if (in instanceof FileChannel file) {
                bytes = transfer(file, out);
                file.position(bytes);
            }
            return bytes + copyRest(in, out);
        }
    }

    /** {@return how many bytes the system copied by itself, which goes by the size that the source tells} */
    private static long transfer(FileChannel in, WritableByteChannel out) throws IOException {
        long bytes = 0;
        for (long n; (n = in.transferTo(bytes, Long.MAX_VALUE, out)) > 0; ) {
            bytes += n;
        }
        return bytes;
    }

    /** Files that the system makes up when they are read tell a size of zero, or one that is too large. */
    private static long copyRest(ReadableByteChannel in, WritableByteChannel out) throws IOException {
        var piece = ByteBuffer.allocate(PIECE_BYTES);
        long bytes = 0;
        while (in.read(piece) >= 0) {
            piece.flip();
            while (piece.hasRemaining()) {
                bytes += out.write(piece);
            }
            piece.clear();
        }
        return bytes;
    }
}
