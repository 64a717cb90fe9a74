package dev.edo.impl.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the library is looked for, and what is said when it is not there. */
class LibrarySearchTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path root;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, byte[]> resources = new HashMap<>();
    private final List<Path> loaded = new ArrayList<>();
    private Platform platform;
    private LibrarySearch.Loader loader = loaded::add;

    @BeforeEach
    void aPlatformWithItsLibrary() {
        platform = Platform.of("Mac OS X", "aarch64"); // it has no memory files
        resources.put("META-INF/native/libedo-osx-aarch_64.dylib", CONTENT);
        properties.put("java.io.tmpdir", root.resolve("tmp").toString());
        properties.put("user.home", root.resolve("home").toString());
        properties.put("user.name", "some one/else");
    }

    private Path load() {
        return new LibrarySearch(() -> platform, properties::get, environment::get, resources::get,
                library -> loader.load(library)).load();
    }

    private String loadFails() {
        return assertThrows(NativeLibraryException.class, this::load).getMessage();
    }

    @Test
    void extractsToThePrivatePartOfTheTemporaryDirectory() throws IOException {
        Path library = load();

        assertEquals(List.of(library), loaded);
        assertEquals(root.resolve("tmp/edo-natives-some_one_else"), library.getParent());
        assertEquals("libedo-osx-aarch_64-039058c6f2c0cb49.dylib",
                library.getFileName().toString());
        assertArrayEquals(CONTENT, Files.readAllBytes(library));
        assertEquals("rwx------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(library.getParent())));
    }

    @Test
    void sharesOneCopy() throws IOException {
        Path library = load();
        var written = Files.getLastModifiedTime(library);

        assertEquals(library, load());
        assertEquals(written, Files.getLastModifiedTime(library));
        try (var files = Files.list(library.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void replacesACopyWithOtherContent() throws IOException {
        Files.write(load(), new byte[] {4});

        assertArrayEquals(CONTENT, Files.readAllBytes(load()));
    }

    @Test
    void takesTheWorkDirectoryAndNothingElse() throws IOException {
        properties.put("edo.native.workdir", root.resolve("work").toString());
        assertEquals(root.resolve("work"), load().getParent());

        properties.put("edo.native.workdir", Files.createFile(root.resolve("file")).toString());
        String message = loadFails();
        assertTrue(message.contains("file/libedo-"), message);
        assertTrue(message.contains("FileAlreadyExistsException"), message);
        assertTrue(message.contains("Set -Dedo.native.workdir, now " + root.resolve("file")), message);
        assertFalse(message.contains("tmp/edo-natives"), message);

        properties.put("edo.native.workdir", " ");
        assertTrue(loadFails().contains("-Dedo.native.workdir=  names no directory"));
    }

    @Test
    void triesTheNextPlaceWhenADirectoryCannotBeWritten() throws IOException {
        Files.createFile(root.resolve("tmp")); // a file where the directory should be

        assertEquals(root.resolve("home/.cache/edo"), load().getParent());
    }

    @Test
    void triesTheNextPlaceWhenADirectoryIsNoexec() {
        environment.put("XDG_CACHE_HOME", root.resolve("xdg").toString());
        loader = library -> {
            if (library.startsWith(root.resolve("tmp"))) {
                throw new UnsatisfiedLinkError("failed to map segment from shared object");
            }
        };

        assertEquals(root.resolve("xdg/edo"), load().getParent());
    }

    @Test
    void distrustsADirectoryThatOthersMayWriteTo() throws IOException {
        Path directory = Files.createDirectories(root.resolve("tmp/edo-natives-some_one_else"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertEquals(root.resolve("home/.cache/edo"), load().getParent());
    }

    @Test
    void distrustsALink() throws IOException {
        Files.createDirectories(root.resolve("tmp"));
        Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(
                root.resolve("tmp/edo-natives-some_one_else"), root.resolve("elsewhere"));

        assertEquals(root.resolve("home/.cache/edo"), load().getParent());
    }

    @Test
    void listsEveryPlaceThatFailedAndWhatToSet() throws IOException {
        Files.createDirectories(root.resolve("home/.cache"));
        Files.createFile(root.resolve("home/.cache/edo"));
        loader = library -> {
            throw new UnsatisfiedLinkError("failed to map segment from shared object");
        };

        String message = loadFails();

        assertTrue(message.contains("FileAlreadyExistsException"), message);
        assertTrue(message.contains(root.resolve("tmp/edo-natives-some_one_else").toString()),
                message);
        assertTrue(message.contains(root.resolve("home/.cache/edo").toString()), message);
        assertTrue(message.contains("failed to map segment"), message);
        assertTrue(message.contains("Set -Dedo.native.workdir"), message);
        assertTrue(message.contains("-Dedo.native.path"), message);
    }

    @Test
    void namesTheArtifactThatIsMissing() {
        resources.clear();

        String message = loadFails();

        assertTrue(message.contains("META-INF/native/libedo-osx-aarch_64.dylib"), message);
        assertTrue(message.contains("dev.edo:edo-natives"), message);
        assertTrue(message.contains("classifier osx-aarch_64"), message);
    }

    @Test
    void namesAnUnknownPlatformAndTheKnownOnes() {
        for (String[] unknown : List.of(
                new String[] {"Linux", "riscv64"}, new String[] {"Windows 11", "amd64"})) {
            String message = assertThrows(NativeLibraryException.class,
                    () -> Platform.of(unknown[0], unknown[1])).getMessage();

            assertTrue(message.contains("os.name=" + unknown[0]), message);
            assertTrue(message.contains("os.arch=" + unknown[1]), message);
            assertTrue(message.contains("linux-x86_64, linux-aarch_64, osx-x86_64, osx-aarch_64"),
                    message);
        }
    }

    @Test
    void loadsTheNamedFileAndNothingElse() throws IOException {
        Path library = Files.createFile(root.resolve("libedo.so"));
        properties.put("edo.native.path", library.toString());
        resources.clear();

        assertEquals(library, load());
        assertFalse(Files.exists(root.resolve("tmp")));
    }

    @Test
    void namesTheWrongProperty() {
        properties.put("edo.native.path", root.toString());

        String message = loadFails();

        assertTrue(message.contains("-Dedo.native.path=" + root), message);
        assertTrue(message.contains("does not name a file"), message);
        assertTrue(loaded.isEmpty());
    }
}
