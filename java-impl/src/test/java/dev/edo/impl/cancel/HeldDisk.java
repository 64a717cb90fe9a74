package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.impl.fs.HeldPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A directory of one scenario, and the blocking pool, which is held until something is to go on. */
final class HeldDisk {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final RuntimeWorld world;
    private final Path dir;
    private @Nullable HeldPool held;

    HeldDisk(RuntimeWorld world) throws IOException {
        this.world = world;
        this.dir = Files.createTempDirectory("edo").toRealPath();
    }

    Path path(String name) {
        return dir.resolve(name);
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(path(name), content);
    }

    /** What a future gives, before the pool is held or after it was released. */
    <T extends @Nullable Object> T get(Future<T> future) throws Exception {
        return Catalogue.soon("the disk", world.polledInDisk(future));
    }

    /** A scenario of what waits for the pool from now on. */
    Scenario waits(Future<?> future) throws Exception {
        held = HeldPool.of(world.disk());
        return Scenario.of(world.polledInDisk(future)).wokenBy(held::release).finallyDo(this::close);
    }

    /** Lets the pool do what is queued. */
    void drain() throws Exception {
        if (held != null) {
            held.drain(world.disk());
        }
    }

    /** Fails where one of the files is still open, on systems that tell. */
    void expectNothingOpen() throws Exception {
        drain();
        if (!Files.exists(DESCRIPTORS)) {
            return;
        }
        try (var descriptors = Files.list(DESCRIPTORS)) {
            Catalogue.expect("open files", 0L, descriptors.filter(this::isHere).count());
        }
    }

    private boolean isHere(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(dir);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private void close() throws Exception {
        drain();
        try (var files = Files.walk(dir)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
