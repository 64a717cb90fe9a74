package dev.edo.impl.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * A directory that holds the extracted library. The file's name contains a hash of its content, so
 * JVMs of one version share one copy and those of another version do not meet it.
 *
 * @param directory created on demand
 * @param isShared whether other users can write beside it, as in {@code /tmp}: then the directory
 *     itself must be ours alone, or somebody else could slip us a library
 */
record LibraryCache(Path directory, boolean isShared) {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    /**
     * The file with this content, written if it is not there yet.
     *
     * @throws IOException saying why this directory will not do
     */
    Path extract(String fileName, byte[] content) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        if (isShared) {
            checkIsOurs();
        }
        Path file = directory.resolve(fileName);
        if (!hasContent(file, content)) {
            write(file, content);
            if (!hasContent(file, content)) {
                throw new IOException("the file does not have the content that was written to it");
            }
        }
        return file;
    }

    private static boolean hasContent(Path file, byte[] content) throws IOException {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Arrays.equals(Files.readAllBytes(file), content);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Another JVM may do the same at this moment: a rename is atomic, and both write the same. */
    private void write(Path file, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(directory, "libedo-", ".new",
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void checkIsOurs() throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the directory is a link, perhaps of somebody else");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others may write to the directory: permissions="
                    + PosixFilePermissions.toString(permissions));
        }
        Path probe = Files.createTempFile(directory, "owner-", ".probe");
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(directory))) {
                throw new IOException("the directory belongs to somebody else: owner="
                        + Files.getOwner(directory) + ", we are " + Files.getOwner(probe));
            }
        } finally {
            Files.delete(probe);
        }
    }
}
