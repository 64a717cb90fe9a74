package dev.edo.impl.natives;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file without a file system: Linux's {@code memfd_create}. Where every writable directory is
 * mounted {@code noexec}, the library is loaded from one.
 */
final class MemoryFile {

    private static final int MFD_CLOEXEC = 1;

    private MemoryFile() {
    }

    /** Creates one with this content. Its descriptor stays open as long as the JVM lives. */
    @SuppressWarnings("restricted")
    static Path create(String name, byte[] content) throws IOException {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().find("memfd_create")
                .orElseThrow(() -> new IOException("the C library has no memfd_create"));
        MethodHandle memfdCreate = linker.downcallHandle(function, FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        int fd;
        try (Arena arena = Arena.ofConfined()) {
            // SAFETY: the signature is that of memfd_create(2); the name lives as long as the call.
            fd = (int) memfdCreate.invokeExact(arena.allocateFrom(name), MFD_CLOEXEC);
        } catch (Throwable e) {
            throw new IOException("memfd_create failed: " + e, e);
        }
        if (fd < 0) {
            throw new IOException("the kernel refused memfd_create");
        }
        Path file = Path.of("/proc/self/fd/" + fd);
        Files.write(file, content);
        return file;
    }
}
