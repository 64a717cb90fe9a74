package dev.edo.impl.cancel;

import dev.edo.fs.DirBuilder;
import dev.edo.fs.DirEntry;
import dev.edo.fs.FileType;
import dev.edo.fs.Fs;
import dev.edo.fs.ReadDir;
import dev.edo.future.Future;
import dev.edo.stream.Stream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * What is done by path: a call that was given up before the pool had a thread for it is not made, one that was given up
 * later is made as a whole, and nothing stays open.
 */
final class FsCatalogue extends Catalogue {
    private static final String CONTENT = "content";
    private static final int CHUNK = 32;

    private final RuntimeWorld world;

    FsCatalogue(RuntimeWorld world) {
        this.world = world;
        reads();
        attributes();
        writes();
        names();
        directories();
        contents();
    }

    /** A call on the disk. */
    @FunctionalInterface
    private interface Call {
        Future<?> on(HeldDisk disk) throws Exception;
    }

    /** Tells something from what a call has given. */
    @FunctionalInterface
    private interface View {
        @Nullable Object of(@Nullable Object value) throws Exception;
    }

    /** Whether something has been done. */
    @FunctionalInterface
    private interface Done {
        boolean on(HeldDisk disk) throws Exception;
    }

    private HeldDisk disk() throws Exception {
        var disk = new HeldDisk(world);
        Files.createSymbolicLink(disk.path("link"), disk.file("file", CONTENT));
        Files.createDirectory(disk.path("dir"));
        return disk;
    }

    private void reading(String method, Object expected, Call call, View view) {
        add(method, () -> {
            var disk = disk();
            return disk.waits(call.on(disk)).losesNothing(outcome -> {
                if (outcome.completed()) {
                    expect("value", expected, view.of(outcome.value()));
                }
                disk.drain();
                expect("value for the next", expected, view.of(disk.get(call.on(disk))));
                disk.expectNothingOpen();
            });
        });
    }

    private void changing(String method, Call call, Done done) {
        add(method, () -> {
            var disk = disk();
            return disk.waits(call.on(disk)).losesNothing(outcome -> {
                disk.drain();
                if (outcome.completed() || outcome.provoked() == 0) {
                    expect("done", outcome.completed(), done.on(disk));
                }
                disk.expectNothingOpen();
            });
        });
    }

    private void reads() {
        reading("Fs.read(Path)", CONTENT, disk -> Fs.read(disk.path("file")),
                value -> value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null);
        reading("Fs.readString(Path)", CONTENT, disk -> Fs.readString(disk.path("file")), value -> value);
        reading("Fs.readLink(Path)", "file", disk -> Fs.readLink(disk.path("link")), FsCatalogue::name);
        reading("Fs.canonicalize(Path)", "file", disk -> Fs.canonicalize(disk.path("link")), FsCatalogue::name);
        reading("Fs.tryExists(Path)", true, disk -> Fs.tryExists(disk.path("file")), value -> value);
    }

    private static @Nullable Object name(@Nullable Object value) {
        return value instanceof Path path ? path.getFileName().toString() : null;
    }

    private void attributes() {
        attributes("Fs.metadata(Path)", true, disk -> Fs.metadata(disk.path("link")));
        attributes("Fs.metadata(Path, Class)", true,
                disk -> Fs.metadata(disk.path("link"), BasicFileAttributes.class));
        attributes("Fs.symlinkMetadata(Path)", false, disk -> Fs.symlinkMetadata(disk.path("link")));
        attributes("Fs.symlinkMetadata(Path, Class)", false,
                disk -> Fs.symlinkMetadata(disk.path("link"), BasicFileAttributes.class));
        attributes("DirEntry.metadata()", false, disk -> entry(disk, "link").metadata());
        add("DirEntry.fileType()", () -> {
            var disk = disk();
            var entry = entry(disk, "link");
            return Scenario.of(entry.fileType()).losesNothing(outcome -> {
                expect("kind", outcome.completed() ? FileType.SYMLINK : null, outcome.value());
                expect("kind for the next", FileType.SYMLINK, now("the kind", entry.fileType()));
            });
        });
    }

    private void attributes(String method, boolean regular, Call call) {
        reading(method, regular, call,
                value -> value instanceof BasicFileAttributes attributes && attributes.isRegularFile());
    }

    private static DirEntry entry(HeldDisk disk, String name) throws Exception {
        try (var entries = disk.get(Fs.readDir(disk.path("")))) {
            for (DirEntry entry; (entry = disk.get(entries.nextEntry())) != null; ) {
                if (entry.fileName().toString().equals(name)) {
                    return entry;
                }
            }
        }
        throw new AssertionError(name + " is not there");
    }

    private void writes() {
        var bytes = "new".getBytes(StandardCharsets.UTF_8);
        Done written = disk -> Files.readString(disk.path("file")).equals("new");
        changing("Fs.write(Path, byte[])", disk -> Fs.write(disk.path("file"), bytes), written);
        changing("Fs.write(Path, ByteBuffer)", disk -> Fs.write(disk.path("file"), ByteBuffer.wrap(bytes)), written);
        changing("Fs.writeString(Path, CharSequence)", disk -> Fs.writeString(disk.path("file"), "new"), written);
        changing("Fs.copy(Path, Path)", disk -> Fs.copy(disk.path("file"), disk.path("to")), hasContent("to"));
        var permissions = PosixFilePermissions.fromString("r-x------");
        changing("Fs.setPermissions(Path, Set)", disk -> Fs.setPermissions(disk.path("file"), permissions),
                disk -> Files.getPosixFilePermissions(disk.path("file")).equals(permissions));
    }

    private static Done hasContent(String name) {
        return disk -> Files.exists(disk.path(name)) && Files.readString(disk.path(name)).equals(CONTENT);
    }

    private void names() {
        changing("Fs.rename(Path, Path)", disk -> Fs.rename(disk.path("file"), disk.path("to")), hasContent("to"));
        changing("Fs.hardLink(Path, Path)", disk -> Fs.hardLink(disk.path("file"), disk.path("to")), hasContent("to"));
        changing("Fs.symlink(Path, Path)", disk -> Fs.symlink(disk.path("file"), disk.path("to")), hasContent("to"));
        changing("Fs.removeFile(Path)", disk -> Fs.removeFile(disk.path("link")),
                disk -> !Files.exists(disk.path("link"), LinkOption.NOFOLLOW_LINKS));
    }

    private void directories() {
        Done made = disk -> Files.isDirectory(disk.path("made"));
        changing("Fs.createDir(Path)", disk -> Fs.createDir(disk.path("made")), made);
        changing("Fs.createDirAll(Path)", disk -> Fs.createDirAll(disk.path("made/below")), made);
        changing("DirBuilder.create(Path)", disk -> new DirBuilder().create(disk.path("made")), made);
        Done gone = disk -> !Files.exists(disk.path("dir"));
        changing("Fs.removeDir(Path)", disk -> Fs.removeDir(disk.path("dir")), gone);
        changing("Fs.removeDirAll(Path)", disk -> Fs.removeDirAll(disk.path("dir")), gone);
    }

    private void contents() {
        add("Fs.readDir(Path)", () -> {
            var disk = disk();
            return disk.waits(Fs.readDir(disk.path(""))).losesNothing(outcome -> {
                outcome.closeValue();
                disk.expectNothingOpen();
            });
        });
        nextOf("ReadDir.nextEntry()", false, ReadDir::nextEntry);
        nextOf("ReadDir.pollNextEntry(Context)", true, entries -> Polled.of(entries::pollNextEntry, waker -> {}));
        nextOf("Stream.from(ReadDir)", true, entries -> Stream.from(entries).next());
    }

    /** Waits for the next entry. */
    @FunctionalInterface
    private interface Next {
        Future<?> of(ReadDir entries);
    }

    /** Those of the first trip are taken, and one is left. */
    private void nextOf(String method, boolean leavesWaker, Next next) {
        add(method, () -> {
            var disk = new HeldDisk(world);
            for (int i = 0; i <= CHUNK; i++) {
                disk.file("f" + i, "");
            }
            var entries = disk.get(Fs.readDir(disk.path("")));
            for (int i = 0; i < CHUNK; i++) {
                disk.get(entries.nextEntry());
            }
            var scenario = disk.waits(next.of(entries)).losesNothing(outcome -> {
                disk.drain();
                expect("entry", outcome.completed(), outcome.value() != null);
                if (!outcome.completed()) {
                    expect("entry for the next", true, disk.get(entries.nextEntry()) != null);
                }
                expect("end", null, disk.get(entries.nextEntry()));
                entries.close();
                disk.expectNothingOpen();
            });
            return leavesWaker ? scenario.leavesItsWaker() : scenario;
        });
    }
}
