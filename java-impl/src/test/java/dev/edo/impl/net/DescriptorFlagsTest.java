package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DescriptorFlagsTest {
    private static final long O_NONBLOCK = 04000;
    private static final long O_CLOEXEC = 02000000;

    @TempDir
    private Path dir = Path.of("");

    private static long flags(FileDescriptor descriptor) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor.intValue()))) {
            if (line.startsWith("flags:")) {
                return Long.parseLong(line.substring(6).strip(), 8);
            }
        }
        throw new AssertionError("no flags");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void descriptorIsMadeNonBlockingAndClosedOnExec() throws Exception {
        NettyTransport.ensureAvailable();
        var descriptor = FileDescriptor.from(Files.createFile(dir.resolve("file")).toFile());
        try {
            assertEquals(0, flags(descriptor) & (O_NONBLOCK | O_CLOEXEC));
            DescriptorFlags.makeNonBlocking(descriptor.intValue());
            assertEquals(O_NONBLOCK | O_CLOEXEC, flags(descriptor) & (O_NONBLOCK | O_CLOEXEC));
        } finally {
            descriptor.close();
        }
        var thrown = assertThrows(IOException.class, () -> DescriptorFlags.makeNonBlocking(-1));
        assertTrue(thrown.getMessage().contains("fcntl of fd=-1"), thrown.getMessage());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketsOfAPairDoNotBlockAndAreClosedOnExec() throws Exception {
        var pair = UnixNativeSocket.pair();
        for (var socket : List.of(pair.first(), pair.second())) {
            try (socket) {
                assertEquals(O_NONBLOCK | O_CLOEXEC, flags(socket) & (O_NONBLOCK | O_CLOEXEC));
            }
        }
        try (var socket = UnixNativeSocket.stream()) {
            assertEquals(O_NONBLOCK | O_CLOEXEC, flags(socket) & (O_NONBLOCK | O_CLOEXEC));
        }
    }
}
