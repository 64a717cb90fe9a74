package dev.edo.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Removes a directory and what is in it, but nothing that symbolic links lead to.
 *
 * <p>Algorithm: where the file system has them, directories are gone through by their descriptors: somebody
 * who puts a link in the place of a directory meanwhile must not make this remove what is behind it. What
 * somebody else removes meanwhile is no failure.
 */
final class DirRemoval {
    private DirRemoval() {}

    static void removeAll(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            Files.delete(path);
            return;
        }
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        try (var entries = Files.newDirectoryStream(path)) {
            if (entries instanceof SecureDirectoryStream<Path> secure) {
                checkSame(path, attributes, secure);
                empty(secure);
            } else {
                empty(entries);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Files.delete(path);
    }

    /** Opening follows a link that was put there after the look. */
    private static void checkSame(Path path, BasicFileAttributes seen, SecureDirectoryStream<Path> opened)
            throws IOException {
        var found = opened.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
        if (!Objects.equals(seen.fileKey(), found.fileKey())) {
            throw new FileSystemException(path.toString(), null, "something else was put in its place meanwhile, found="
                    + found.fileKey() + " instead of " + seen.fileKey() + "; nothing was removed");
        }
    }

    private static void empty(SecureDirectoryStream<Path> directory) throws IOException {
        for (var entry : directory) {
            var name = entry.getFileName();
            try {
                var view = directory.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
                if (view.readAttributes().isDirectory()) {
                    try (var below = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                        empty(below);
                    }
                    directory.deleteDirectory(name);
                } else {
                    directory.deleteFile(name);
                }
            } catch (NoSuchFileException e) {
                // somebody else was faster
            }
        }
    }

    private static void empty(DirectoryStream<Path> directory) throws IOException {
        for (var entry : directory) {
            try {
                removeAllOrFile(entry);
            } catch (NoSuchFileException e) {
                // somebody else was faster
            }
        }
    }

    private static void removeAllOrFile(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            removeAll(path);
        } else {
            Files.delete(path);
        }
    }
}
