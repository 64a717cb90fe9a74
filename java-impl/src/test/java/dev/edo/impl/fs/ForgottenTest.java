package dev.edo.impl.fs;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.fs.File;
import dev.edo.fs.Fs;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.impl.net.OpenDescriptors;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who forgets to close what was opened has it closed when it is collected. */
@EnabledOnOs(OS.LINUX)
class ForgottenTest {
    @TempDir
    private Path dir = Path.of("");

    private static void assertClosedWhenCollected(Path path) throws Exception {
        Eventually.until(path + " is closed", () -> {
            System.gc();
            return !OpenDescriptors.now().containsValue(path.toRealPath().toString());
        });
    }

    private void forgetDirectory() throws Exception {
        var entries = soon(Fs.readDir(dir));
        assertNotNull(soon(entries.nextEntry()));
        assertTrue(OpenDescriptors.now().containsValue(dir.toRealPath().toString()));
    }

    @Test
    void aDirectoryThatWasNotReadToItsEndIsClosed() throws Exception {
        for (int i = 0; i < 100; i++) {
            Files.createFile(dir.resolve("f" + i));
        }
        InSetup.run(Setup.CURRENT_THREAD, () -> {
            forgetDirectory();
            assertClosedWhenCollected(dir);
        });
    }

    private static void forgetFile(Path path) throws Exception {
        var file = soon(File.open(path));
        assertEquals(3, soon(file.read(ByteBuffer.allocate(3))));
        assertTrue(OpenDescriptors.now().containsValue(path.toRealPath().toString()));
    }

    /** The JDK's channel sees to that. */
    @Test
    void aFileIsClosed() throws Exception {
        var path = Files.writeString(dir.resolve("file"), "content");
        InSetup.run(Setup.CURRENT_THREAD, () -> {
            forgetFile(path);
            assertClosedWhenCollected(path);
        });
    }
}
