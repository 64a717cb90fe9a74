package dev.edo.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of an open file where the system has no link to it, or one that leads elsewhere. */
class FileIdentityTest {
    @TempDir
    private Path dir = Path.of("");

    private Path file(String name, String content) throws Exception {
        return Files.writeString(dir.resolve(name), content);
    }

    @Test
    void withoutALinkThePathMustLeadToTheFileThatWasOpened() throws Exception {
        var path = file("file", "hello");
        var identity = FileIdentity.of(path, null);
        assertEquals(5, identity.attributes(null).size());
        assertEquals(path, identity.checkedPath(null));
        Files.move(path, dir.resolve("renamed"));
        assertThrows(NoSuchFileException.class, () -> identity.attributes(null));
        file("file", "another one");
        var thrown = assertThrows(FileSystemException.class, () -> identity.attributes(null));
        assertEquals(path.toString(), thrown.getFile());
        assertThrows(FileSystemException.class, () -> identity.checkedPath(null));
    }

    @Test
    void aLinkThatLeadsElsewhereIsNotFollowed() throws Exception {
        var path = file("file", "hello");
        var other = file("other", "another one");
        var identity = FileIdentity.of(path, null);
        assertEquals(5, identity.attributes(other).size());
        assertEquals(path, identity.checkedPath(other));
        assertEquals(path, identity.checkedPath(dir.resolve("missing")));
        Files.delete(path);
        assertThrows(NoSuchFileException.class, () -> identity.attributes(other));
    }

    /** As where a sandbox keeps /proc from this process. The path leads to the file all the same. */
    @Test
    void aLinkThatTheSystemDoesNotFollowIsPassedOver() throws Exception {
        var path = file("file", "hello");
        var link = dir.resolve("loop");
        Files.createSymbolicLink(link, link);
        var thrown = assertThrows(FileSystemException.class, () -> Files.size(link));
        assertFalse(thrown instanceof NoSuchFileException, thrown.toString());
        var identity = FileIdentity.of(path, link);
        assertEquals(5, identity.attributes(link).size());
        assertEquals(path, identity.checkedPath(link));
    }

    @Test
    void aFileThatIsFoundByItsLinkOnlyIsKnownByThat() throws Exception {
        var link = file("link", "hello");
        var identity = FileIdentity.of(dir.resolve("removed meanwhile"), link);
        assertEquals(5, identity.attributes(link).size());
        assertEquals(link, identity.checkedPath(link));
        assertThrows(NoSuchFileException.class, () -> identity.attributes(null));
    }

    @Test
    void aFileThatIsNotFoundAtAllIsNoOther() throws Exception {
        var path = dir.resolve("removed meanwhile");
        var identity = FileIdentity.of(path, null);
        file("removed meanwhile", "another one");
        assertThrows(FileSystemException.class, () -> identity.attributes(null));
    }

    @Test
    void aChannelHasNoPath() throws Exception {
        var path = file("file", "hello");
        try (var channel = FileChannel.open(path)) {
            var identity = FileIdentity.of(channel);
            assertNull(identity.path());
            assertEquals(5, identity.attributes(path).size());
            var thrown = assertThrows(FileSystemException.class, () -> identity.attributes(null));
            assertTrue(thrown.getMessage().contains("made of a channel"), thrown.getMessage());
        }
    }
}
