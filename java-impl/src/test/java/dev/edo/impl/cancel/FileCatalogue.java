package dev.edo.impl.cancel;

import dev.edo.fs.File;
import dev.edo.future.Future;
import dev.edo.io.SeekFrom;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Open files: bytes that were read are there for who reads next, those that were taken get written, nothing stays open. */
final class FileCatalogue extends Catalogue {
    private static final String CONTENT = "content";

    private final RuntimeWorld world;

    FileCatalogue(RuntimeWorld world) {
        this.world = world;
        opening("File.open(Path)", true, File::open);
        opening("File.create(Path)", true, File::create);
        opening("File.createNew(Path)", false, File::createNew);
        opening("OpenOptions.open(Path)", true, path -> File.options().read(true).open(path));
        reads();
        writes();
        finishing("File.pollFlush(Context)", file -> Polled.finishing(file, file::pollFlush));
        finishing("File.pollShutdown(Context)", file -> Polled.finishing(file, file::pollShutdown));
        finishing("File.syncAll(): behind a write", File::syncAll, 2);
        finishing("File.tryClone()", File::tryClone);
        intoChannel();
        seeks();
        call("File.syncAll()", File::syncAll, CONTENT);
        call("File.syncData()", File::syncData, CONTENT);
        call("File.setLen(long)", file -> file.setLen(3), "con");
        call("File.metadata()", File::metadata, CONTENT);
        var permissions = PosixFilePermissions.fromString("rw-------");
        call("File.setPermissions(Set)", file -> file.setPermissions(permissions), CONTENT);
    }

    /** Opens a file. */
    @FunctionalInterface
    private interface Opening {
        Future<File> at(Path path);
    }

    private void opening(String method, boolean there, Opening opening) {
        add(method, () -> {
            var disk = new HeldDisk(world);
            var path = there ? disk.file("file", CONTENT) : disk.path("file");
            return disk.waits(opening.at(path)).losesNothing(outcome -> {
                outcome.closeValue();
                disk.expectNothingOpen();
            });
        });
    }

    /** Uses an open file. */
    @FunctionalInterface
    private interface Use {
        Future<?> of(File file) throws Exception;
    }

    private static File open(HeldDisk disk) throws Exception {
        return disk.get(File.options().read(true).write(true).open(disk.file("file", CONTENT)));
    }

    private static void closed(HeldDisk disk, File file) throws Exception {
        file.close();
        disk.expectNothingOpen();
    }

    private void reads() {
        add("File.pollRead(Context, ByteBuffer)", () -> {
            var disk = new HeldDisk(world);
            var file = open(disk);
            var dst = ByteBuffer.allocate(100);
            return disk.waits(Polled.reading(file, cx -> file.pollRead(cx, dst))).losesNothing(outcome -> {
                disk.drain();
                expect("bytes in the buffer", outcome.completed() ? CONTENT : "", Feed.text(dst.flip()));
                expect("bytes left", outcome.completed() ? "" : CONTENT, disk.get(file.readToString()));
                closed(disk, file);
            });
        });
    }

    private void writes() {
        write("File.pollWrite(Context, ByteBuffer)", false);
        write("File.pollWrite(Context, ByteBuffer[])", true);
    }

    private void write(String method, boolean vectored) {
        add(method, () -> {
            var disk = new HeldDisk(world);
            var file = open(disk);
            var src = Feed.bytes("de");
            var srcs = new ByteBuffer[] {src};
            var write = Polled.writing(file, cx -> vectored ? file.pollWrite(cx, srcs) : file.pollWrite(cx, src));
            var scenario = disk.waits(write);
            now("the first write", world.polledInDisk(file.write(Feed.bytes("abc"))));
            return scenario.losesNothing(outcome -> {
                expect("taken", 2 * outcome.one(), src.position());
                disk.drain();
                disk.get(file.flush());
                expect("content", outcome.completed() ? "abcdent" : "abctent", Files.readString(disk.path("file")));
                closed(disk, file);
            });
        });
    }

    private void finishing(String method, Use use) {
        finishing(method, use, 1);
    }

    /** What waits for a write; where it has a call of its own to make after that, it is woken once more by itself. */
    private void finishing(String method, Use use, int awaitPoints) {
        add(method, () -> {
            var disk = new HeldDisk(world);
            var file = open(disk);
            var scenario = disk.waits(use.of(file));
            now("the write", world.polledInDisk(file.write(Feed.bytes("abc"))));
            scenario.losesNothing(outcome -> {
                outcome.closeValue();
                disk.drain();
                disk.get(file.flush());
                expect("content", "abctent", Files.readString(disk.path("file")));
                closed(disk, file);
            });
            return awaitPoints == 1 ? scenario : scenario.wakesByItself().mayEndByItself();
        });
    }

    private void intoChannel() {
        add("File.intoChannel()", () -> {
            var disk = new HeldDisk(world);
            var file = open(disk);
            return disk.waits(file.intoChannel()).losesNothing(outcome -> {
                outcome.closeValue();
                if (!outcome.completed()) {
                    disk.drain();
                    expect("bytes left", CONTENT, disk.get(file.readToString()));
                }
                closed(disk, file);
            });
        });
    }

    private void seeks() {
        add("File.pollComplete(Context)", () -> {
            var disk = new HeldDisk(world);
            var file = open(disk);
            var scenario = disk.waits(Polled.seeking(file));
            try (var _ = world.disk().enter()) {
                file.startSeek(SeekFrom.start(3));
            }
            return scenario.losesNothing(outcome -> {
                expect("position", outcome.completed() ? 3L : null, outcome.value());
                disk.drain();
                expect("bytes left", "tent", disk.get(file.readToString()));
                closed(disk, file);
            });
        });
    }

    private void call(String method, Use use, String content) {
        add(method, () -> {
            var disk = new HeldDisk(world);
            var file = open(disk);
            return disk.waits(use.of(file)).losesNothing(outcome -> {
                disk.drain();
                if (outcome.completed()) {
                    expect("content", content, Files.readString(disk.path("file")));
                }
                disk.get(file.flush());
                expect("content for the next", Files.readString(disk.path("file")), disk.get(file.readToString()));
                closed(disk, file);
            });
        });
    }
}
