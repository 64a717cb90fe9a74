package dev.edo.impl.fs;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.fs.File;
import dev.edo.fs.Fs;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.io.BufReader;
import dev.edo.io.BufWriter;
import dev.edo.io.Io;
import dev.edo.io.SeekFrom;
import dev.edo.time.TestClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Open files in runtimes of all flavours. */
@ParameterizedClass(name = "{0}")
@EnumSource(Disk.class)
class FileRuntimeTest {
    @Parameter
    private Disk disk = Disk.POOL;

    private static final String HELLO = "hello world...";

    @TempDir
    private Path dir = Path.of("");

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static String text(ByteBuffer read) {
        return StandardCharsets.UTF_8.decode(read.duplicate().flip()).toString();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(dir.resolve("file"), content);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void readsWhatIsInAFile(Setup setup) throws Exception {
        var path = file(HELLO);
        disk.run(setup, () -> {
            try (var file = soon(File.open(path))) {
                for (var buffer : new ByteBuffer[] {ByteBuffer.allocate(1024), ByteBuffer.allocateDirect(1024)}) {
                    assertEquals(HELLO.length(), soon(file.read(buffer)));
                    assertEquals(HELLO, text(buffer));
                    assertEquals(-1, soon(file.read(buffer)));
                    soon(file.rewind());
                }
            }
        });
    }

    /** As with every future, giving up after the end does nothing. */
    @Test
    void fileBelongsToWhoHasOpenedIt() throws Exception {
        var path = file(HELLO);
        disk.run(Setup.CURRENT_THREAD, () -> {
            var open = File.open(path);
            var readDir = Fs.readDir(dir);
            try (var file = open.await(); var entries = readDir.await()) {
                open.cancel();
                readDir.cancel();
                assertEquals(HELLO, soon(file.readToString()));
                assertNotNull(soon(entries.nextEntry()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void whatWasWrittenIsThereAfterAFlush(Setup setup) throws Exception {
        var path = dir.resolve("new");
        disk.run(setup, () -> {
            try (var file = soon(File.create(path))) {
                soon(file.writeAll(bytes(HELLO)));
                soon(file.flush());
                assertEquals(HELLO, Files.readString(path));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void whatWasWrittenIsThereAfterAShutdown(Setup setup) throws Exception {
        var path = file("longer than what comes");
        disk.run(setup, () -> {
            try (var file = soon(File.create(path))) {
                soon(file.writeAll(bytes(HELLO)));
                soon(file.shutdownOutput());
                assertEquals(HELLO, Files.readString(path));
                soon(file.writeAll(bytes("!")));
                soon(file.flush());
                assertEquals(HELLO + "!", Files.readString(path));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void severalBuffersAreWrittenAtOnce(Setup setup) throws Exception {
        var path = dir.resolve("new");
        disk.run(setup, () -> {
            try (var file = soon(File.create(path))) {
                assertEquals(2 * HELLO.length(), soon(file.write(new ByteBuffer[] {bytes(HELLO), bytes(HELLO)})));
                soon(file.flush());
                assertEquals(HELLO + HELLO, Files.readString(path));
                assertEquals(3, soon(file.write(new ByteBuffer[] {bytes("a"), bytes(""), bytes("bc")})));
                soon(file.shutdownOutput());
                assertEquals(HELLO + HELLO + "abc", Files.readString(path));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void positionIsThatOfTheUser(Setup setup) throws Exception {
        var path = file(HELLO);
        disk.run(setup, () -> {
            try (var file = soon(File.options().read(true).write(true).open(path))) {
                assertEquals(10, soon(file.seek(SeekFrom.current(10))));
                soon(file.rewind());
                assertEquals(0, soon(file.streamPosition()));
                assertEquals(6, soon(file.seek(SeekFrom.end(-8))));
                var buffer = ByteBuffer.allocate(5);
                soon(file.readExact(buffer));
                assertEquals("world", text(buffer));
                assertEquals(11, soon(file.streamPosition()));
                soon(file.writeAll(bytes("!")));
                assertEquals(12, soon(file.streamPosition()));
                assertEquals("hello world!..", Files.readString(path));
                assertThrows(FileSystemException.class, () -> soon(file.seek(SeekFrom.current(-13))));
                assertThrows(FileSystemException.class, () -> soon(file.seek(SeekFrom.current(Long.MAX_VALUE))));
                assertEquals(12, soon(file.streamPosition()));
            }
        });
    }

    /** What was read ahead of a write must not be skipped by it. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void writeAfterAReadThatWasGivenUpComesWhereTheUserIs(Setup setup) throws Exception {
        var path = file(HELLO);
        try (var running = Running.of(setup.builder().maxBlockingThreads(1))) {
            var task = running.handle().spawn(() -> {
                try (var file = File.options().read(true).write(true).open(path).await()) {
                    var held = HeldPool.of(running.handle());
                    var given = file.read(ByteBuffer.allocate(100));
                    assertFalse(given.poll(Context.of(() -> {})).isReady());
                    given.cancel();
                    held.release();
                    file.writeAll(bytes("HELLO")).await();
                    file.flush().await();
                    return file.streamPosition().await();
                }
            });
            assertEquals(5, Eventually.returns("the task", task::await));
            assertEquals("HELLO world...", Files.readString(path));
        }
    }

    /** A task that only reads and seeks lets others run: each goes to the pool, or costs budget. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void taskThatReadsAgainAndAgainYields(Setup setup) throws Exception {
        var path = file(HELLO);
        try (var running = disk.start(setup)) {
            var reader = running.handle().spawn(new ReadsForEver(path));
            var other = running.handle().spawn(Future.ready("had a turn"));
            assertEquals("had a turn", Eventually.returns("the other task", other::await));
            reader.abort();
        }
    }

    /** Never returns from its poll unless something in it is pending. */
    private static final class ReadsForEver implements Future<@Nullable Void> {
        private final ByteBuffer buffer = ByteBuffer.allocate(1024);
        private final IoFuture<File> open;
        private @Nullable File file;
        private @Nullable Future<?> running;

        ReadsForEver(Path path) {
            open = File.open(path);
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            if (file == null) {
                if (!(open.poll(cx) instanceof Poll.Ready<File>(var opened))) {
                    return Poll.pending();
                }
                file = opened;
            }
            while (true) {
                if (running == null) {
                    running = buffer.position() == 0 ? file.read(buffer) : file.seek(SeekFrom.start(0));
                }
                if (!running.poll(cx).isReady()) {
                    return Poll.pending();
                }
                running = null;
                if (buffer.position() > 0 && file.pollComplete(cx) == 0) {
                    buffer.clear();
                }
            }
        }

        @Override
        public void cancel() {
            open.cancel();
            try {
                if (file != null) {
                    file.close();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void cloneWritesIntoTheSameFile(Setup setup) throws Exception {
        var path = dir.resolve("new");
        disk.run(setup, () -> {
            try (var file = soon(File.create(path))) {
                file.setMaxBufSize(128);
                try (var clone = soon(file.tryClone())) {
                    assertEquals(128, clone.maxBufSize());
                    soon(clone.writeAll(bytes(HELLO)));
                    soon(clone.flush());
                }
                assertEquals(HELLO.length(), soon(file.streamPosition()));
                soon(file.writeAll(bytes("!")));
                soon(file.flush());
            }
            assertEquals(HELLO + "!", Files.readString(path));
        });
    }

    @Test
    void readOfNothingIsDoneAtOnceAndIsNotTheEnd() throws Exception {
        var path = file(HELLO);
        disk.run(Setup.CURRENT_THREAD, () -> {
            try (var file = soon(File.open(path))) {
                assertEquals(0, file.pollRead(Context.of(() -> {}), ByteBuffer.allocate(0)));
                var buffer = ByteBuffer.allocate(1024);
                assertEquals(HELLO.length(), soon(file.read(buffer)));
            }
        });
    }

    @Test
    void oneOperationMovesNoMoreThanTheBufferMayHold() throws Exception {
        var path = file(HELLO);
        disk.run(Setup.CURRENT_THREAD, () -> {
            try (var file = soon(File.options().read(true).write(true).open(path))) {
                file.setMaxBufSize(1);
                assertEquals(1, soon(file.read(ByteBuffer.allocate(1024))));
                assertEquals(1, soon(file.write(bytes(HELLO))));
                soon(file.flush());
                assertEquals("hhllo world...", Files.readString(path));
            }
        });
    }

    /** Many buffers' worth each way, through everything that the traits offer. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void largeContentComesThroughUnchanged(Setup setup) throws Exception {
        var content = new byte[5_000_000];
        new Random(7).nextBytes(content);
        var source = Files.write(dir.resolve("source"), content);
        var target = dir.resolve("target");
        disk.run(setup, () -> {
            try (var in = soon(File.open(source)); var out = soon(File.create(target))) {
                assertEquals(content.length, soon(Io.copy(new BufReader<>(in, 100_000), new BufWriter<>(out, 64_000))));
                soon(in.rewind());
                assertArrayEquals(content, soon(in.readToEnd()));
            }
            assertArrayEquals(content, Files.readAllBytes(target));
        });
    }

    @Test
    void linesComeOutOfAFile() throws Exception {
        var path = file("one\ntwo\r\nthree");
        disk.run(Setup.TWO_WORKERS, () -> {
            try (var file = soon(File.open(path))) {
                var lines = new BufReader<>(file).lines();
                assertEquals("one", soon(lines.nextLine()));
                assertEquals("two", soon(lines.nextLine()));
                assertEquals("three", soon(lines.nextLine()));
                assertNull(soon(lines.nextLine()));
            }
        });
    }

    @Test
    void setLenCutsAndExtendsAndLeavesThePosition() throws Exception {
        var path = file(HELLO);
        disk.run(Setup.CURRENT_THREAD, () -> {
            try (var file = soon(File.options().read(true).write(true).open(path))) {
                assertEquals(8, soon(file.seek(SeekFrom.start(8))));
                soon(file.setLen(5));
                assertEquals("hello", Files.readString(path));
                assertEquals(8, soon(file.streamPosition()));
                soon(file.setLen(7));
                assertEquals("hello\0\0", Files.readString(path));
                assertEquals(8, soon(file.streamPosition()));
                soon(file.setLen(7));
                assertEquals(7, soon(file.metadata()).size());
                soon(file.writeAll(bytes("!")));
                soon(file.syncAll());
                soon(file.syncData());
                assertEquals("hello\0\0\0!", Files.readString(path));
            }
            try (var file = soon(File.options().append(true).open(path))) {
                soon(file.setLen(5));
                assertThrows(FileSystemException.class, () -> soon(file.setLen(6)));
                soon(file.writeAll(bytes("!")));
                soon(file.flush());
                assertEquals("hello!", Files.readString(path));
            }
        });
    }

    /** A byte that is to be the last one would be appended instead. */
    @Test
    void setLenDoesNotExtendAChannelThatAppends() throws Exception {
        var path = file(HELLO);
        disk.run(Setup.CURRENT_THREAD, () -> {
            try (var file = File.from(FileChannel.open(path, StandardOpenOption.APPEND))) {
                assertThrows(FileSystemException.class, () -> soon(file.setLen(100)));
                assertEquals(HELLO, Files.readString(path));
                soon(file.setLen(5));
                soon(file.writeAll(bytes("!")));
                soon(file.flush());
                assertEquals("hello!", Files.readString(path));
            }
        });
    }

    @Test
    void setLenOfAFileThatIsReadFailsWhateverItsLength() throws Exception {
        var path = file(HELLO);
        disk.run(Setup.CURRENT_THREAD, () -> {
            try (var file = soon(File.open(path))) {
                for (int bytes : new int[] {5, HELLO.length(), 100}) {
                    assertThrows(FileSystemException.class, () -> soon(file.setLen(bytes)));
                }
                assertEquals(HELLO, soon(file.readToString()));
            }
        });
    }

    @Test
    void createNewIsForFilesThatAreNotThere() throws Exception {
        var path = dir.resolve("new");
        disk.run(Setup.CURRENT_THREAD, () -> {
            try (var file = soon(File.createNew(path))) {
                soon(file.writeAll(bytes(HELLO)));
                soon(file.rewind());
                assertEquals(HELLO, soon(file.readToString()));
            }
            var there = assertThrows(FileAlreadyExistsException.class, () -> soon(File.createNew(path)));
            assertEquals(path.toString(), there.getFile());
            var missing = dir.resolve("missing");
            var notThere = assertThrows(NoSuchFileException.class, () -> soon(File.open(missing)));
            assertEquals(missing.toString(), notThere.getFile());
        });
    }

    /** Whoever took the name must neither be looked at nor changed in the place of the file that is open. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void metadataAndPermissionsAreThoseOfTheOpenFile(Setup setup) throws Exception {
        var path = file(HELLO);
        var renamed = dir.resolve("renamed");
        disk.run(setup, () -> {
            try (var file = soon(File.open(path))) {
                assertEquals(HELLO.length(), soon(file.metadata()).size());
                soon(file.setPermissions(PosixFilePermissions.fromString("r--r-----")));
                assertEquals("r--r-----", permissions(path));
                Files.move(path, renamed);
                file("another file");
                var before = permissions(path);
                assertEquals(HELLO.length(), soon(file.metadata()).size());
                soon(file.setPermissions(PosixFilePermissions.fromString("r---w---x")));
                assertEquals("r---w---x", permissions(renamed));
                assertEquals(before, permissions(path));
                Files.delete(renamed);
                assertEquals(HELLO.length(), soon(file.metadata()).size());
                soon(file.setPermissions(PosixFilePermissions.fromString("r--------")));
                assertEquals(HELLO, soon(file.readToString()));
            }
        });
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** An interrupt closes the channel; another file may have its number when its attributes are asked for. */
    @Test
    void aFileWhoseChannelWasClosedTellsNothing() throws Exception {
        var channel = FileChannel.open(file(HELLO));
        disk.run(Setup.CURRENT_THREAD, () -> {
            try (var file = File.from(channel)) {
                assertEquals(HELLO.length(), soon(file.metadata()).size());
                channel.close();
                assertThrows(IOException.class, () -> soon(file.metadata()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void channelIsTakenOutWhenTheWriteIsDone(Setup setup) throws Exception {
        var path = dir.resolve("new");
        disk.run(setup, () -> {
            var file = soon(File.create(path));
            soon(file.writeAll(bytes("hello ")));
            try (var channel = soon(file.intoChannel())) {
                assertEquals(6, channel.position());
                assertEquals(5, channel.write(bytes("world")));
                assertThrows(ClosedChannelException.class, () -> soon(file.flush()));
                file.close();
                assertTrue(channel.isOpen());
            }
            assertEquals("hello world", Files.readString(path));
        });
    }

    @Test
    void channelIsWhereTheUserIs() throws Exception {
        var path = file(HELLO);
        try (var running = Running.of(Setup.TWO_WORKERS.builder().maxBlockingThreads(1))) {
            var task = running.handle().spawn(() -> {
                var file = File.open(path).await();
                var held = HeldPool.of(running.handle());
                var given = file.read(ByteBuffer.allocate(100));
                assertFalse(given.poll(Context.of(() -> {})).isReady());
                assertNull(file.tryIntoChannel());
                given.cancel();
                held.release();
                assertEquals(4, file.read(ByteBuffer.allocate(4)).await());
                assertNull(file.tryIntoChannel());
                try (var channel = file.intoChannel().await()) {
                    return channel.position();
                }
            });
            assertEquals(4, Eventually.returns("the task", task::await));
        }
    }

    @Test
    void channelOfAnIdleFileIsTakenAtOnceUnlessItIsShared() throws Exception {
        var path = dir.resolve("new");
        disk.run(Setup.CURRENT_THREAD, () -> {
            var file = soon(File.create(path));
            try (var clone = soon(file.tryClone())) {
                assertThrows(FileSystemException.class, file::tryIntoChannel);
                assertThrows(FileSystemException.class, () -> soon(clone.intoChannel()));
            }
            try (var channel = file.tryIntoChannel()) {
                assertNotNull(channel);
                assertEquals(HELLO.length(), channel.write(bytes(HELLO)));
            }
            assertEquals(HELLO, Files.readString(path));
        });
    }

    @Test
    void fileIsMadeOfAChannel() throws Exception {
        var path = file(HELLO);
        disk.run(Setup.CURRENT_THREAD, () -> {
            var channel = FileChannel.open(path).position(6);
            try (var file = File.from(channel)) {
                assertEquals(6, file.pollComplete(Context.of(() -> {})));
                assertEquals("world...", soon(file.readToString()));
                assertEquals(14, file.pollComplete(Context.of(() -> {})));
                assertEquals(HELLO.length(), soon(file.metadata()).size());
                soon(file.write(bytes("!")));
                var refused = assertThrows(FileSystemException.class, () -> soon(file.flush()));
                assertTrue(refused.getMessage().contains("not open for writing"), refused::getMessage);
                assertThrows(FileSystemException.class, () -> soon(file.setLen(3)));
            }
            assertFalse(channel.isOpen());
            try (var file = File.from(FileChannel.open(path, StandardOpenOption.WRITE))) {
                var refused = assertThrows(FileSystemException.class, () -> soon(file.read(ByteBuffer.allocate(1))));
                assertTrue(refused.getMessage().contains("not open for reading"), refused::getMessage);
            }
            assertEquals(HELLO, Files.readString(path));
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void closedFileSaysSo(Setup setup) throws Exception {
        var path = file(HELLO);
        disk.run(setup, () -> {
            var file = soon(File.open(path));
            file.close();
            assertThrows(ClosedChannelException.class, () -> soon(file.read(ByteBuffer.allocate(1))));
            assertThrows(ClosedChannelException.class, () -> soon(file.metadata()));
            assertEquals("File[" + path + ", closed]", file.toString());
        });
    }

    /** All that a task in either style may do with files, in one go. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void bothStylesOfTasksUseFiles(Setup setup) throws Exception {
        for (var style : Style.values()) {
            var path = dir.resolve("of-" + style);
            try (var running = disk.start(setup)) {
                var task = style.spawn(running.handle(), () -> File.create(path)
                        .then(file -> file.writeAll(bytes(HELLO)).then(done -> file.shutdownOutput()))
                        .then(done -> File.open(path))
                        .then(file -> file.seek(SeekFrom.start(6)).then(at -> file.readToString()))
                        .then(tail -> Fs.writeString(path, tail.toUpperCase()))
                        .then(done -> Fs.readString(path)));
                assertEquals("WORLD...", Eventually.returns("the task", task::await));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void plainThreadUsesFilesInsideBlockOn(Setup setup) throws Exception {
        var path = file(HELLO);
        try (var running = disk.start(setup)) {
            assertEquals(HELLO, running.handle().blockOn(() -> Fs.readString(path).await()));
            assertEquals(HELLO, running.handle().blockOn(File.open(path).then(File::readToString)));
        }
    }

    @Test
    void outsideARuntimeNothingBegins() throws Exception {
        var path = file(HELLO);
        assertThrows(IllegalStateException.class, () -> Fs.removeFile(path).await());
        assertEquals(HELLO, Files.readString(path));
    }

    /** A stopped clock stands still while the disk is at work, as for other jobs of the pool. */
    @Test
    void diskHoldsAPausedClock() throws Exception {
        var path = file(HELLO);
        try (var running = Running.of(Setup.CURRENT_THREAD.builder().maxBlockingThreads(1))) {
            var handle = running.handle();
            var held = HeldPool.of(handle);
            var task = handle.spawn(() -> {
                TestClock.pause();
                var sleeper = Edo.spawn(() -> Edo.sleep(Duration.ofHours(1)).await());
                var content = Edo.spawn(Fs.readString(path));
                Edo.yieldNow().await();
                held.release();
                assertEquals(HELLO, content.await());
                boolean slept = sleeper.isFinished();
                sleeper.await();
                return slept;
            });
            assertEquals(false, Eventually.returns("the task", task::await));
        }
    }

    @Test
    void handleOfTheRuntimeIsTheOneOfWhoPolls() throws Exception {
        var path = file(HELLO);
        try (var first = disk.start(Setup.CURRENT_THREAD); var second = disk.start(Setup.TWO_WORKERS)) {
            var file = first.handle().blockOn(File.open(path));
            var buffer = ByteBuffer.allocate(5);
            first.handle().blockOn(file.readExact(buffer));
            second.handle().blockOn(file.readExact(buffer.clear()));
            assertEquals(" worl", text(buffer));
            file.close();
        }
    }
}
