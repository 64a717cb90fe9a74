package dev.edo.impl.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading the real library, each time in a JVM of its own. */
class NativeLibraryTest {

    private static final String GRANTED = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    Path directory;

    @Test
    void loadsTwice() {
        NativeLibrary.ensureLoaded();
        NativeLibrary.ensureLoaded();
    }

    @Test
    void extractsToTheWorkDirectory() throws Exception {
        String output = ChildJvm.run(GRANTED, "-Dedo.native.workdir=" + directory);

        assertTrue(output.contains(ChildJvm.LOADED), output);
        try (var files = Files.list(directory)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertEquals(1, names.size(), names.toString());
            assertTrue(names.getFirst().startsWith("libedo-"), names.toString());
        }
    }

    @Test
    void loadsFromAMemoryFileWhenNoDirectoryWillDo() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "memory files are Linux's");
        Path file = Files.createFile(directory.resolve("not-a-directory"));

        String output = ChildJvm.run(GRANTED, "-Djava.io.tmpdir=" + file, "-Duser.home=" + file);

        assertTrue(output.contains(ChildJvm.LOADED + "/memfd:libedo-"), output);
    }

    @Test
    void namesTheFlagWhenNativeAccessIsDenied() throws Exception {
        String output = ChildJvm.run("--illegal-native-access=deny");

        assertTrue(output.contains("NativeLibraryException"), output);
        assertTrue(output.contains("--enable-native-access=ALL-UNNAMED"), output);
    }

    @Test
    void refusesALibraryOfAnotherVersion() throws Exception {
        ProcessBuilder build = new ProcessBuilder("bash", "../native/build.sh",
                Platform.current().classifier(), directory.toString());
        build.environment().put("EDO_CFLAGS", "-DEDO_ABI_VERSION=999");
        String built = ChildJvm.output(build);
        assertTrue(built.endsWith("exit code 0"), built);

        Path library = directory.resolve(Platform.current().libraryName());
        String output = ChildJvm.run(GRANTED, "-Dedo.native.path=" + library);

        assertTrue(output.contains("library has EDO_ABI_VERSION=999, this version of Edo needs " + Abi.VERSION),
                output);
        assertTrue(output.contains(library.toString()), output);
    }

    @Test
    void refusesAFileThatIsNoLibrary() throws Exception {
        Path library = Files.writeString(directory.resolve("libedo.so"), "no library");

        String output = ChildJvm.run(GRANTED, "-Dedo.native.path=" + library);

        assertTrue(output.contains("-Dedo.native.path=" + library + " cannot be loaded"), output);
    }
}
