package dev.edo.impl.fs;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.fs.Fs;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.task.Action;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with files by their paths; {@link DirsTest} has the directories. */
@ParameterizedClass(name = "{0}")
@EnumSource(Disk.class)
class FsTest {
    @Parameter
    private Disk disk = Disk.POOL;

    @TempDir
    private Path dir = Path.of("");

    private void run(Action body) throws Exception {
        disk.run(Setup.CURRENT_THREAD, body);
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        var path = dir.resolve("bar");
        run(() -> {
            soon(Fs.write(path, new byte[] {1, 2, 3, 4}));
            assertArrayEquals(new byte[] {1, 2, 3, 4}, soon(Fs.read(path)));
            soon(Fs.write(path, new byte[] {5}));
            assertArrayEquals(new byte[] {5}, soon(Fs.read(path)));
            var content = ByteBuffer.wrap(new byte[] {0, 6, 7, 0}, 1, 2);
            soon(Fs.write(path, content));
            assertArrayEquals(new byte[] {6, 7}, soon(Fs.read(path)));
            assertEquals(2, content.remaining());
        });
    }

    @Test
    void textIsInUtf8() throws Exception {
        var path = dir.resolve("text");
        run(() -> {
            soon(Fs.writeString(path, "Grüße"));
            assertArrayEquals("Grüße".getBytes(StandardCharsets.UTF_8), soon(Fs.read(path)));
            assertEquals("Grüße", soon(Fs.readString(path)));
            soon(Fs.write(path, new byte[] {(byte) 0xff}));
            assertThrows(CharacterCodingException.class, () -> soon(Fs.readString(path)));
        });
    }

    @Test
    void failuresNameThePath() throws Exception {
        var missing = dir.resolve("missing");
        run(() -> {
            for (var future : new IoFuture<?>[] {
                Fs.read(missing), Fs.readString(missing), Fs.metadata(missing), Fs.symlinkMetadata(missing),
                Fs.removeFile(missing), Fs.removeDir(missing), Fs.removeDirAll(missing), Fs.canonicalize(missing),
                Fs.readLink(missing), Fs.readDir(missing), Fs.copy(missing, dir.resolve("to")),
                Fs.rename(missing, dir.resolve("to")), Fs.hardLink(missing, dir.resolve("to")),
                Fs.write(missing.resolve("below"), new byte[1])
            }) {
                var failure = assertThrows(NoSuchFileException.class, () -> soon(future));
                assertTrue(failure.getMessage().contains(missing.toString()), failure::getMessage);
            }
        });
    }

    @Test
    void copyHasTheContent() throws Exception {
        var from = Files.writeString(dir.resolve("foo.txt"), "Hello File!");
        var to = Files.writeString(dir.resolve("bar.txt"), "something longer than that");
        var name = Files.createLink(dir.resolve("name"), to);
        var link = Files.createSymbolicLink(dir.resolve("link"), to);
        run(() -> {
            assertEquals(11, soon(Fs.copy(from, to)));
            assertArrayEquals(soon(Fs.read(from)), soon(Fs.read(to)));
            assertEquals("Hello File!", Files.readString(name));
            Files.writeString(from, "bye");
            assertEquals(3, soon(Fs.copy(from, link)));
            assertEquals("bye", Files.readString(to));
            assertTrue(Files.isSymbolicLink(link));
            assertEquals(3, soon(Fs.copy(link, dir.resolve("new"))));
            assertFalse(Files.isSymbolicLink(dir.resolve("new")));
        });
    }

    /** Their sizes are zero and a page, whatever is in them. */
    @ParameterizedTest
    @ValueSource(strings = {"/proc/version", "/sys/devices/system/cpu/online"})
    @EnabledOnOs(OS.LINUX)
    void copyOfAFileThatTheSystemMakesUpIsWhole(Path from) throws Exception {
        var to = dir.resolve("to");
        var content = Files.readAllBytes(from);
        run(() -> {
            assertEquals(content.length, soon(Fs.copy(from, to)));
            assertArrayEquals(content, Files.readAllBytes(to));
        });
    }

    @Test
    void copyHasThePermissions() throws Exception {
        var from = Files.writeString(dir.resolve("foo.txt"), "Hello File!");
        var to = dir.resolve("bar.txt");
        run(() -> {
            soon(Fs.setPermissions(from, PosixFilePermissions.fromString("r-xrwxrw-")));
            soon(Fs.copy(from, to));
            assertEquals(soon(Fs.metadata(from, PosixFileAttributes.class)).permissions(),
                    soon(Fs.metadata(to, PosixFileAttributes.class)).permissions());
        });
    }

    @Test
    void copyOntoItselfLeavesTheFileAsItIs() throws Exception {
        var from = Files.writeString(dir.resolve("foo.txt"), "Hello File!");
        var link = Files.createSymbolicLink(dir.resolve("link"), from);
        run(() -> {
            assertThrows(FileSystemException.class, () -> soon(Fs.copy(from, from)));
            assertThrows(FileSystemException.class, () -> soon(Fs.copy(from, link)));
            assertThrows(FileSystemException.class, () -> soon(Fs.copy(dir, dir.resolve("to"))));
            assertEquals("Hello File!", Files.readString(from));
        });
    }

    @Test
    void renamedFileHasItsNewNameOnly() throws Exception {
        var from = dir.resolve("a.txt");
        var to = Files.writeString(dir.resolve("b.txt"), "replaced");
        run(() -> {
            soon(Fs.writeString(from, "Hello File!"));
            assertTrue(soon(Fs.tryExists(from)));
            soon(Fs.rename(from, to));
            assertTrue(soon(Fs.tryExists(to)));
            assertFalse(soon(Fs.tryExists(from)));
            assertEquals("Hello File!", soon(Fs.readString(to)));
        });
    }

    @Test
    void removedFileIsGone() throws Exception {
        var path = dir.resolve("a.txt");
        var link = Files.createSymbolicLink(dir.resolve("link"), path);
        run(() -> {
            soon(Fs.writeString(path, "Hello File!"));
            soon(Fs.removeFile(link));
            assertTrue(soon(Fs.tryExists(path)));
            soon(Fs.removeFile(path));
            assertFalse(soon(Fs.tryExists(path)));
        });
    }

    @Test
    void directoryIsNoFileToBeRemoved() throws Exception {
        var below = Files.createDirectory(dir.resolve("below"));
        run(() -> {
            var failure = assertThrows(FileSystemException.class, () -> soon(Fs.removeFile(below)));
            assertTrue(failure.getMessage().contains("use removeDir"), failure::getMessage);
            assertTrue(Files.exists(below));
        });
    }

    @Test
    void hardLinkIsAnotherNameOfTheFile() throws Exception {
        var src = Files.writeString(dir.resolve("src.txt"), "hello");
        var dst = dir.resolve("dst.txt");
        run(() -> {
            soon(Fs.hardLink(src, dst));
            Files.writeString(src, "new-data");
            assertEquals("new-data", soon(Fs.readString(dst)));
            assertThrows(NotLinkException.class, () -> soon(Fs.readLink(dst)));
        });
    }

    @Test
    void hardLinkNeedsAFile() throws Exception {
        run(() -> {
            var failure = assertThrows(NoSuchFileException.class,
                    () -> soon(Fs.hardLink(dir.resolve("nonexistent.txt"), dir.resolve("dst.txt"))));
            assertEquals(dir.resolve("dst.txt").toString(), failure.getFile());
        });
    }

    @Test
    void hardLinkReplacesNothing() throws Exception {
        var src = Files.writeString(dir.resolve("src.txt"), "source content");
        var dst = Files.writeString(dir.resolve("dst.txt"), "destination content");
        run(() -> {
            assertThrows(FileAlreadyExistsException.class, () -> soon(Fs.hardLink(src, dst)));
            assertEquals("destination content", Files.readString(dst));
        });
    }

    @Test
    void directoryHasNoHardLinks() throws Exception {
        var src = Files.createDirectory(dir.resolve("src_directory"));
        run(() -> assertThrows(FileSystemException.class, () -> soon(Fs.hardLink(src, dir.resolve("dst.txt")))));
    }

    @Test
    void symbolicLinkLeadsToTheFile() throws Exception {
        var src = Files.writeString(dir.resolve("src.txt"), "hello");
        var dst = dir.resolve("dst.txt");
        run(() -> {
            soon(Fs.symlink(src, dst));
            Files.writeString(src, "new-data");
            assertEquals("new-data", soon(Fs.readString(dst)));
            assertEquals(src, soon(Fs.readLink(dst)));
            assertTrue(soon(Fs.symlinkMetadata(dst)).isSymbolicLink());
            assertTrue(soon(Fs.symlinkMetadata(dst, PosixFileAttributes.class)).isSymbolicLink());
            assertTrue(soon(Fs.metadata(dst)).isRegularFile());
            assertEquals(8, soon(Fs.metadata(dst)).size());
        });
    }

    @Test
    void canonicalPathHasNoDetours() throws Exception {
        var real = Files.createDirectory(dir.resolve("real")).toRealPath();
        var link = Files.createSymbolicLink(dir.resolve("link"), real);
        run(() -> {
            assertEquals(Path.of("/"), soon(Fs.canonicalize(Path.of("/."))));
            assertEquals(real, soon(Fs.canonicalize(link.resolve("../real/."))));
        });
    }

    @Test
    void permissionsAreThoseThatWereGranted() throws Exception {
        var path = Files.writeString(dir.resolve("file"), "");
        run(() -> {
            soon(Fs.setPermissions(path, PosixFilePermissions.fromString("rw-r-x--x")));
            assertEquals("rw-r-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        });
    }

    /** What cannot be told is neither true nor false. */
    @Test
    void existenceIsTrueFalseOrAFailure() throws Exception {
        var there = Files.writeString(dir.resolve("foo.txt"), "Hello File!");
        var loop = dir.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        var nowhere = Files.createSymbolicLink(dir.resolve("nowhere"), dir.resolve("bar.txt"));
        run(() -> {
            assertTrue(soon(Fs.tryExists(there)));
            assertFalse(soon(Fs.tryExists(dir.resolve("bar.txt"))));
            assertFalse(soon(Fs.tryExists(nowhere)));
            assertTrue(Files.exists(nowhere, LinkOption.NOFOLLOW_LINKS));
            var failure = assertThrows(FileSystemException.class, () -> soon(Fs.tryExists(loop)));
            assertEquals(loop.toString(), failure.getFile());
            assertFalse(soon(Fs.tryExists(there.resolve("below"))));
        });
    }

    /** The pool is busy; what waits for a thread of it is not done any more when nobody wants it. */
    @Test
    void callThatWasGivenUpBeforeItBeganIsNotMade() throws Exception {
        var path = Files.writeString(dir.resolve("file"), "");
        try (var running = Running.of(Setup.TWO_WORKERS.builder().maxBlockingThreads(1))) {
            var handle = running.handle();
            var held = HeldPool.of(handle);
            var removal = Fs.removeFile(path);
            try (var _ = handle.enter()) {
                assertFalse(removal.poll(Context.of(() -> {})).isReady());
            }
            removal.cancel();
            held.drain(handle);
            assertTrue(Files.exists(path));
            assertThrows(IllegalStateException.class, removal::await);
        }
    }
}
