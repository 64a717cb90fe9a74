package dev.edo.impl.fs;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.fs.File;
import dev.edo.fs.OpenOptions;
import dev.edo.impl.contract.Setup;
import dev.edo.task.Action;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each option does what it says. */
@ParameterizedClass(name = "{0}")
@EnumSource(Disk.class)
class OpenOptionsTest {
    @Parameter
    private Disk disk = Disk.POOL;

    @TempDir
    private Path dir = Path.of("");

    private void run(Action body) throws Exception {
        disk.run(Setup.CURRENT_THREAD, body);
    }

    private Path file() throws IOException {
        return Files.writeString(dir.resolve("file"), "hello world...");
    }

    private static void write(File file, String text) throws Exception {
        try (file) {
            soon(file.writeAll(StandardCharsets.UTF_8.encode(text)));
            soon(file.flush());
        }
    }

    @Test
    void readOpensForReadingOnly() throws Exception {
        var path = file();
        run(() -> {
            try (var file = soon(new OpenOptions().read(true).open(path))) {
                assertEquals("hello world...", soon(file.readToString()));
                assertThrows(FileSystemException.class, () -> soon(file.write(ByteBuffer.allocate(1))));
            }
        });
    }

    @Test
    void writeKeepsWhatIsNotOverwritten() throws Exception {
        var path = file();
        run(() -> {
            write(soon(new OpenOptions().write(true).open(path)), "HELLO");
            assertEquals("HELLO world...", Files.readString(path));
            assertThrows(NoSuchFileException.class,
                    () -> soon(new OpenOptions().write(true).open(dir.resolve("missing"))));
            try (var file = soon(new OpenOptions().write(true).open(path))) {
                assertThrows(FileSystemException.class, () -> soon(file.read(ByteBuffer.allocate(1))));
            }
        });
    }

    /** Two that are open at once: neither overwrites what the other one has appended. */
    @Test
    void appendGoesToTheEndWhereverThatIs() throws Exception {
        var path = file();
        run(() -> {
            var options = new OpenOptions().append(true);
            try (var first = soon(options.open(path)); var second = soon(options.open(path))) {
                for (var file : List.of(first, second, first)) {
                    soon(file.writeAll(StandardCharsets.UTF_8.encode("+")));
                    soon(file.flush());
                }
                assertEquals(17, soon(first.streamPosition()));
            }
            assertEquals("hello world...+++", Files.readString(path));
        });
    }

    @Test
    void truncateEmptiesTheFile() throws Exception {
        var path = file();
        run(() -> {
            write(soon(new OpenOptions().write(true).truncate(true).open(path)), "bye");
            assertEquals("bye", Files.readString(path));
        });
    }

    @Test
    void createMakesTheFileWhereThereIsNone() throws Exception {
        var path = file();
        run(() -> {
            var options = new OpenOptions().write(true).create(true);
            write(soon(options.open(path)), "HELLO");
            assertEquals("HELLO world...", Files.readString(path));
            write(soon(options.open(dir.resolve("new"))), "HELLO");
            assertEquals("HELLO", Files.readString(dir.resolve("new")));
        });
    }

    @Test
    void createNewMakesTheFileOrFails() throws Exception {
        var path = file();
        run(() -> {
            var options = new OpenOptions().write(true).createNew(true).truncate(true).create(true);
            assertThrows(FileAlreadyExistsException.class, () -> soon(options.open(path)));
            write(soon(options.open(dir.resolve("new"))), "HELLO");
            write(soon(new OpenOptions().append(true).createNew(true).truncate(true).open(dir.resolve("newer"))), "+");
            assertEquals("hello world...", Files.readString(path));
        });
    }

    @Test
    void modeIsThatOfFilesThatAreCreated() throws Exception {
        var path = dir.resolve("new");
        run(() -> {
            var mode = PosixFilePermissions.fromString("r-x------");
            soon(new OpenOptions().write(true).create(true).mode(mode).open(path)).close();
            assertEquals(mode, Files.getPosixFilePermissions(path));
        });
    }

    @Test
    void customOptionsAreThoseOfTheJdk() throws Exception {
        var link = Files.createSymbolicLink(dir.resolve("link"), file());
        run(() -> {
            soon(new OpenOptions().read(true).open(link)).close();
            assertThrows(IOException.class,
                    () -> soon(new OpenOptions().read(true).custom(LinkOption.NOFOLLOW_LINKS).open(link)));
            var once = dir.resolve("once");
            var options = new OpenOptions().write(true).create(true).custom(StandardOpenOption.DELETE_ON_CLOSE);
            try (var file = soon(options.open(once))) {
                assertEquals("File[" + once + "]", file.toString());
            }
            assertFalse(Files.exists(once));
            assertThrows(IllegalArgumentException.class, () -> new OpenOptions().custom(StandardOpenOption.APPEND));
        });
    }

    @Test
    void optionsThatMakeNoSenseAreRefusedAtOnce() throws Exception {
        var path = file();
        for (var options : List.of(
                new OpenOptions(),
                new OpenOptions().create(true),
                new OpenOptions().read(true).create(true),
                new OpenOptions().read(true).createNew(true),
                new OpenOptions().read(true).truncate(true),
                new OpenOptions().append(true).truncate(true),
                new OpenOptions().append(true).read(true))) {
            var refused = assertThrows(IllegalArgumentException.class, () -> options.open(path));
            assertTrue(refused.getMessage().startsWith(options + ": "), refused::getMessage);
        }
        assertEquals("hello world...", Files.readString(path));
    }

    @Test
    void optionsMayBeChangedWhileAFileIsOpened() throws Exception {
        var path = file();
        run(() -> {
            var options = File.options().read(true);
            var open = options.open(path);
            options.read(false).write(true).truncate(true);
            try (var file = soon(open)) {
                assertEquals("hello world...", soon(file.readToString()));
            }
        });
    }

    @Test
    void optionsTellWhatTheyAre() {
        assertEquals("OpenOptions[read=false, write=true, append=false, truncate=true, create=false, createNew=false,"
                        + " mode=rw-r--r--, custom=[NOFOLLOW_LINKS]]",
                new OpenOptions().write(true).truncate(true).mode(PosixFilePermissions.fromString("rw-r--r--"))
                        .custom(LinkOption.NOFOLLOW_LINKS).toString());
    }
}
