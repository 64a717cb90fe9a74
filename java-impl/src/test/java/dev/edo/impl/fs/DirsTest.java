package dev.edo.impl.fs;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.fs.DirBuilder;
import dev.edo.fs.DirEntry;
import dev.edo.fs.FileType;
import dev.edo.fs.Fs;
import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.stream.Stream;
import dev.edo.task.Action;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories: made, read and removed. */
class DirsTest {
    @TempDir
    private Path dir = Path.of("");

    private static void run(Action body) throws Exception {
        InSetup.run(Setup.CURRENT_THREAD, body);
    }

    private Set<String> files(int count) throws IOException {
        var names = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            names.add(Files.createFile(dir.resolve("f" + i)).getFileName().toString());
        }
        return names;
    }

    // ---- made

    @Test
    void oneDirectoryIsMade() throws Exception {
        var made = dir.resolve("foo");
        run(() -> {
            soon(Fs.createDir(made));
            assertTrue(Files.isDirectory(made));
            assertThrows(FileAlreadyExistsException.class, () -> soon(Fs.createDir(made)));
            assertThrows(NoSuchFileException.class, () -> soon(Fs.createDir(dir.resolve("missing/foo"))));
        });
    }

    @Test
    void thoseAboveAreMadeToo() throws Exception {
        var made = dir.resolve("foo").resolve("bar");
        var file = Files.createFile(dir.resolve("file"));
        run(() -> {
            soon(Fs.createDirAll(made));
            assertTrue(Files.isDirectory(made));
            soon(Fs.createDirAll(made));
            assertThrows(FileAlreadyExistsException.class, () -> soon(Fs.createDirAll(file)));
        });
    }

    @Test
    void builderSaysWhetherThoseAboveAreMade() throws Exception {
        var made = dir.resolve("foo").resolve("bar");
        run(() -> {
            soon(new DirBuilder().recursive(true).create(made));
            assertTrue(Files.isDirectory(made));
            assertThrows(FileAlreadyExistsException.class, () -> soon(new DirBuilder().create(made)));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void builderSaysWithWhatPermissions(boolean recursive) throws Exception {
        var made = dir.resolve("abc");
        var builder = new DirBuilder().recursive(recursive).mode(PosixFilePermissions.fromString("r--------"));
        run(() -> {
            soon(builder.create(made));
            assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        });
        assertEquals("DirBuilder[recursive=" + recursive + ", mode=r--------]", builder.toString());
    }

    // ---- read

    @Test
    void entriesAreThoseOfTheDirectory() throws Exception {
        for (var name : List.of("aa", "bb", "cc")) {
            Files.createDirectory(dir.resolve(name));
        }
        run(() -> {
            var names = new HashSet<String>();
            try (var entries = soon(Fs.readDir(dir))) {
                for (DirEntry entry; (entry = soon(entries.nextEntry())) != null; ) {
                    names.add(entry.fileName().toString());
                }
                assertNull(soon(entries.nextEntry()));
            }
            assertEquals(Set.of("aa", "bb", "cc"), names);
        });
    }

    @Test
    void entryTellsWhatItIs() throws Exception {
        var file = Files.writeString(dir.resolve("a.txt"), "Hello File!");
        run(() -> {
            try (var entries = soon(Fs.readDir(dir))) {
                var entry = soon(entries.nextEntry());
                assertNotNull(entry);
                assertEquals(file, entry.path());
                assertEquals(Path.of("a.txt"), entry.fileName());
                assertEquals(11, soon(entry.metadata()).size());
                assertEquals(FileType.FILE, soon(entry.fileType()));
                assertEquals("DirEntry[" + file + "]", entry.toString());
                Files.delete(file);
                assertThrows(NoSuchFileException.class, () -> soon(entry.metadata()));
                assertEquals(FileType.FILE, soon(entry.fileType()));
            }
        });
    }

    @Test
    void kindsOfEntriesAreToldApart() throws Exception {
        Files.createFile(dir.resolve("file"));
        Files.createDirectory(dir.resolve("dir"));
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("dir"));
        run(() -> {
            var kinds = new HashSet<String>();
            try (var entries = soon(Fs.readDir(dir))) {
                for (DirEntry entry; (entry = soon(entries.nextEntry())) != null; ) {
                    kinds.add(entry.fileName() + " " + soon(entry.fileType()));
                }
            }
            assertEquals(Set.of("file FILE", "dir DIR", "link SYMLINK"), kinds);
            try (var devices = soon(Fs.readDir(Path.of("/dev")))) {
                FileType kind = null;
                for (DirEntry entry; (entry = soon(devices.nextEntry())) != null; ) {
                    kind = entry.fileName().toString().equals("null") ? soon(entry.fileType()) : kind;
                }
                assertEquals(FileType.OTHER, kind);
            }
        });
    }

    /** The pool is held: what comes all the same was there already. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void entriesCome32AtATrip(Setup setup) throws Exception {
        var expected = files(70);
        try (var running = Running.of(setup.builder().maxBlockingThreads(1))) {
            var handle = running.handle();
            var names = new HashSet<String>();
            try (var entries = handle.blockOn(Fs.readDir(dir)); var _ = handle.enter()) {
                for (int trip : new int[] {32, 32, 6}) {
                    var held = HeldPool.of(handle);
                    for (int i = 0; i < trip; i++) {
                        var poll = entries.pollNextEntry(Context.of(() -> {}));
                        var entry = poll instanceof Poll.Ready(var there) ? there : null;
                        assertNotNull(entry, "entry " + i + " of " + trip);
                        names.add(entry.fileName().toString());
                    }
                    boolean more = !entries.pollNextEntry(Context.of(() -> {})).isReady();
                    assertEquals(trip == 32, more);
                    held.drain(handle);
                }
            }
            assertEquals(expected, names);
        }
    }

    /** A directory that is read never waits for most of its entries, and would keep its worker. */
    @Test
    void entriesCostBudget() throws Exception {
        var _ = files(3);
        var spent = new Context() {
            private int units = 2;

            @Override
            public Waker waker() {
                return () -> {};
            }

            @Override
            public boolean pollProceed() {
                return units > 0;
            }

            @Override
            public void madeProgress() {
                units--;
            }
        };
        run(() -> {
            try (var entries = soon(Fs.readDir(dir))) {
                assertTrue(entries.pollNextEntry(spent).isReady());
                assertTrue(entries.pollNextEntry(spent).isReady());
                assertFalse(entries.pollNextEntry(spent).isReady());
                assertNotNull(soon(entries.nextEntry()));
                assertNull(soon(entries.nextEntry()));
            }
        });
    }

    /** A multiple of 32: the last trip finds nothing. */
    @Test
    void endMayComeWithATripOfItsOwn() throws Exception {
        var expected = files(64);
        run(() -> {
            try (var entries = soon(Fs.readDir(dir))) {
                for (int i = 0; i < expected.size(); i++) {
                    assertNotNull(soon(entries.nextEntry()));
                }
                assertNull(soon(entries.nextEntry()));
                assertNull(soon(entries.nextEntry()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void waitForAnEntryThatIsGivenUpLosesNone(Setup setup) throws Exception {
        var expected = files(40);
        try (var running = Running.of(setup.builder().maxBlockingThreads(1))) {
            var handle = running.handle();
            var names = new HashSet<String>();
            try (var entries = handle.blockOn(Fs.readDir(dir)); var _ = handle.enter()) {
                for (int i = 0; i < 32; i++) {
                    var entry = handle.blockOn(entries.nextEntry());
                    assertNotNull(entry);
                    names.add(entry.fileName().toString());
                }
                var held = HeldPool.of(handle);
                var given = entries.nextEntry();
                assertFalse(given.poll(Context.of(() -> {})).isReady());
                given.cancel();
                held.drain(handle);
                for (DirEntry entry; (entry = handle.blockOn(entries.nextEntry())) != null; ) {
                    names.add(entry.fileName().toString());
                }
            }
            assertEquals(expected, names);
        }
    }

    @Test
    void closedDirectoryIsNotRead() throws Exception {
        var _ = files(3);
        run(() -> {
            var entries = soon(Fs.readDir(dir));
            entries.close();
            entries.close();
            assertThrows(ClosedDirectoryStreamException.class, () -> soon(entries.nextEntry()));
        });
    }

    @Test
    void fileIsNoDirectory() throws Exception {
        var file = Files.createFile(dir.resolve("file"));
        run(() -> {
            assertThrows(NotDirectoryException.class, () -> soon(Fs.readDir(file)));
            assertThrows(NotDirectoryException.class, () -> soon(Fs.removeDir(file)));
            assertThrows(NotDirectoryException.class, () -> soon(Fs.removeDirAll(file)));
            assertTrue(Files.exists(file));
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void streamOfEntriesEndsWithTheDirectory(Setup setup) throws Exception {
        var expected = files(40);
        InSetup.run(setup, () -> {
            var names = soon(Stream.from(soon(Fs.readDir(dir))).map(entry -> entry.fileName().toString()).toList());
            assertEquals(expected, new HashSet<>(names));
            assertEquals(40, names.size());
        });
    }

    @Test
    void cancelledStreamClosesTheDirectory() throws Exception {
        var _ = files(40);
        run(() -> {
            var entries = soon(Fs.readDir(dir));
            var stream = Stream.from(entries);
            assertNotNull(soon(stream.next()));
            stream.cancel();
            assertTrue(stream.isTerminated());
            assertNull(soon(stream.next()));
            assertThrows(ClosedDirectoryStreamException.class, () -> soon(entries.nextEntry()));
        });
    }

    // ---- removed

    @Test
    void emptyDirectoryIsRemoved() throws Exception {
        var below = Files.createDirectory(dir.resolve("foo"));
        var link = Files.createSymbolicLink(dir.resolve("link"), below);
        run(() -> {
            assertThrows(DirectoryNotEmptyException.class, () -> soon(Fs.removeDir(dir)));
            assertThrows(NotDirectoryException.class, () -> soon(Fs.removeDir(link)));
            soon(Fs.removeDir(below));
            assertFalse(Files.exists(below));
        });
    }

    @Test
    void directoryIsRemovedWithAllThatIsInIt() throws Exception {
        var test = dir.resolve("test");
        var deepest = Files.createDirectories(test.resolve("a/b/c/d"));
        var all = new ArrayList<Path>();
        for (var above = deepest; !above.equals(dir); above = above.getParent()) {
            all.add(Files.writeString(above.resolve("a.txt"), "Hello File!"));
        }
        run(() -> {
            soon(Fs.removeDirAll(test));
            assertFalse(soon(Fs.tryExists(test)));
            for (var file : all) {
                assertFalse(soon(Fs.tryExists(file)));
            }
        });
    }

    @Test
    void nothingIsRemovedThatLinksLeadTo() throws Exception {
        var kept = Files.createDirectory(dir.resolve("kept"));
        var file = Files.writeString(kept.resolve("file"), "kept");
        var test = Files.createDirectory(dir.resolve("test"));
        Files.createSymbolicLink(test.resolve("to-dir"), kept);
        Files.createSymbolicLink(test.resolve("to-file"), file);
        var link = Files.createSymbolicLink(dir.resolve("link"), kept);
        run(() -> {
            soon(Fs.removeDirAll(test));
            assertFalse(Files.exists(test));
            soon(Fs.removeDirAll(link));
            assertFalse(Files.isSymbolicLink(link));
            assertEquals("kept", Files.readString(file));
        });
    }
}
