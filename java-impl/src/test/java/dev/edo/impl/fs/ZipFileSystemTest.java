package dev.edo.impl.fs;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.fs.DirEntry;
import dev.edo.fs.File;
import dev.edo.fs.Fs;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.io.SeekFrom;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is none of the system's, as any that the JDK can be given. */
class ZipFileSystemTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void filesAndDirectoriesMayBeInAZipFile() throws Exception {
        try (var zip = FileSystems.newFileSystem(dir.resolve("a.zip"), Map.of("create", "true"))) {
            var path = zip.getPath("/top/below/file");
            InSetup.run(Setup.CURRENT_THREAD, () -> {
                soon(Fs.createDirAll(path.getParent()));
                try (var file = soon(File.create(path))) {
                    soon(file.writeAll(StandardCharsets.UTF_8.encode("hello world")));
                    soon(file.flush());
                }
                try (var file = soon(File.open(path))) {
                    assertEquals(6, soon(file.seek(SeekFrom.start(6))));
                    assertEquals("world", soon(file.readToString()));
                    assertEquals(11, soon(file.metadata()).size());
                }
                try (var entries = soon(Fs.readDir(zip.getPath("/top")))) {
                    DirEntry entry = soon(entries.nextEntry());
                    assertEquals("/top/below", entry == null ? "" : entry.path().toString());
                    assertNull(soon(entries.nextEntry()));
                }
                assertEquals(11, soon(Fs.copy(path, dir.resolve("out"))));
                assertEquals("hello world", Files.readString(dir.resolve("out")));
                soon(Fs.removeDirAll(zip.getPath("/top")));
                assertFalse(soon(Fs.tryExists(path)));
                assertTrue(soon(Fs.tryExists(zip.getPath("/"))));
            });
        }
    }
}
