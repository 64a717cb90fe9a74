package dev.edo.impl.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.fs.DirEntry;
import dev.edo.fs.File;
import dev.edo.fs.Fs;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.io.SeekFrom;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeShutdownException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of files and of what is in flight when a runtime, a task or the file itself ends. */
class FileShutdownTest {
    private static final String HELLO = "hello world...";

    @TempDir
    private Path dir = Path.of("");

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static Running withOneThread(Setup setup) {
        return Running.of(setup.builder().maxBlockingThreads(1));
    }

    private static <T> T inside(Handle handle, Future<T> future) throws Exception {
        return Eventually.returns("a future", () -> handle.blockOn(future));
    }

    private static void waits(Handle handle, Future<?> future) throws Exception {
        try (var _ = handle.enter()) {
            assertFalse(future.poll(Context.of(() -> {})).isReady());
        }
    }

    /**
     * The pool is busy, the write has been told to be done, and then the runtime ends. The threads of its workers
     * come to the pool's help then.
     */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void writeThatHasCompletedOutlivesTheRuntime(Setup setup) throws Exception {
        var path = dir.resolve("new");
        try (var running = withOneThread(setup)) {
            var handle = running.handle();
            var file = inside(handle, File.create(path));
            var held = HeldPool.of(handle);
            assertEquals(HELLO.length(), inside(handle, file.write(bytes(HELLO))));
            assertEquals(0, Files.size(path));
            var closing = Thread.ofPlatform().start(running.runtime()::close);
            Eventually.until("the shutdown has begun", handle::isShutdown);
            held.release();
            assertTrue(closing.join(Eventually.PATIENCE), "close() returns");
            assertEquals(HELLO, Files.readString(path));
            file.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void readThatHasNotBegunFailsAndTheFileGoesOnElsewhere(Setup setup) throws Exception {
        var path = Files.writeString(dir.resolve("file"), HELLO);
        try (var other = Setup.TWO_WORKERS.start()) {
            File file;
            var buffer = ByteBuffer.allocate(100);
            try (var running = withOneThread(setup)) {
                var handle = running.handle();
                file = inside(handle, File.open(path));
                var held = HeldPool.of(handle);
                var read = file.read(buffer);
                waits(handle, read);
                var closing = Thread.ofPlatform().start(running.runtime()::close);
                Eventually.until("the shutdown has begun", handle::isShutdown);
                var failure = assertThrows(RuntimeShutdownException.class,
                        () -> Eventually.returns("the read", read::await));
                assertTrue(failure.getMessage().contains(path.toString()), failure::getMessage);
                held.release();
                assertTrue(closing.join(Eventually.PATIENCE), "close() returns");
            }
            assertEquals(HELLO.length(), inside(other.handle(), file.read(buffer)));
            file.close();
        }
    }

    /** An operation of a file. */
    @FunctionalInterface
    private interface Operation {
        Future<?> of(File file);
    }

    /** Each fails, none leaves the file in a state that the next one cannot deal with. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void operationsInARuntimeThatHasEndedFailAgainAndAgain(Setup setup) throws Exception {
        var path = Files.writeString(dir.resolve("file"), HELLO);
        var ended = setup.start();
        try (var file = inside(ended.handle(), File.options().read(true).write(true).open(path))) {
            ended.close();
            var operations = List.<Operation>of(
                    f -> f.read(ByteBuffer.allocate(8)),
                    f -> f.seek(SeekFrom.start(0)),
                    f -> f.setLen(0),
                    f -> f.write(bytes("z")),
                    File::syncAll,
                    File::metadata,
                    f -> Fs.read(path),
                    f -> File.open(path),
                    f -> Fs.readDir(dir));
            try (var _ = ended.handle().enter()) {
                for (var operation : operations) {
                    for (int i = 0; i < 2; i++) {
                        var future = operation.of(file);
                        assertThrows(RuntimeShutdownException.class, () -> future.poll(Context.of(() -> {})));
                    }
                    assertTrue(file.flush().poll(Context.of(() -> {})).isReady());
                }
            }
            assertEquals(HELLO, Files.readString(path));
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void closingLosesNothingThatAWriteHasTaken(Setup setup) throws Exception {
        var path = dir.resolve("new");
        try (var running = withOneThread(setup)) {
            var handle = running.handle();
            var file = inside(handle, File.create(path));
            var held = HeldPool.of(handle);
            inside(handle, file.write(bytes(HELLO)));
            file.close();
            assertEquals(0, Files.size(path));
            held.drain(handle);
            assertEquals(HELLO, Files.readString(path));
            assertEquals(0, openFiles(path));
        }
    }

    /** A task that is aborted while it waits for a file that is being opened. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void fileThatWasOpenedForNobodyIsClosed(Setup setup) throws Exception {
        var path = Files.writeString(dir.resolve("file"), HELLO);
        try (var running = withOneThread(setup)) {
            var handle = running.handle();
            for (boolean opened : new boolean[] {false, true}) {
                var held = HeldPool.of(handle);
                var open = File.open(path);
                waits(handle, open);
                if (opened) {
                    held.drain(handle);
                    assertEquals(1, openFiles(path));
                }
                open.cancel();
                held.drain(handle);
                assertEquals(0, openFiles(path));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void directoryThatWasOpenedForNobodyIsClosed(Setup setup) throws Exception {
        for (int i = 0; i < 40; i++) {
            Files.createFile(dir.resolve("" + i));
        }
        try (var running = withOneThread(setup)) {
            var handle = running.handle();
            for (boolean opened : new boolean[] {false, true}) {
                var held = HeldPool.of(handle);
                var open = Fs.readDir(dir);
                waits(handle, open);
                if (opened) {
                    held.drain(handle);
                    assertTrue(openFiles(dir) > 0);
                }
                open.cancel();
                held.drain(handle);
                assertEquals(0, openFiles(dir));
            }
        }
    }

    /** One is closed while a call on the pool would read on. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void directoryIsClosedWhenItIsClosedAndWhenItWasRead(Setup setup) throws Exception {
        for (int i = 0; i < 40; i++) {
            Files.createFile(dir.resolve("" + i));
        }
        try (var running = withOneThread(setup)) {
            var handle = running.handle();
            var read = inside(handle, Fs.readDir(dir));
            int entries = 0;
            while (inside(handle, read.nextEntry()) != null) {
                entries++;
            }
            assertEquals(40, entries);
            assertEquals(0, openFiles(dir));
            var closed = inside(handle, Fs.readDir(dir));
            for (int i = 0; i < 32; i++) {
                DirEntry unused = inside(handle, closed.nextEntry());
            }
            assertTrue(openFiles(dir) > 0);
            var held = HeldPool.of(handle);
            waits(handle, closed.nextEntry());
            closed.close();
            held.drain(handle);
            assertEquals(0, openFiles(dir));
        }
    }

    /** A task that is aborted gives its wait up; what it was reading is there for the next one. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void readOfAnAbortedTaskIsThereForTheNext(Setup setup) throws Exception {
        var path = Files.writeString(dir.resolve("file"), HELLO);
        try (var running = withOneThread(setup)) {
            var handle = running.handle();
            var file = inside(handle, File.open(path));
            var held = HeldPool.of(handle);
            var polled = new CountDownLatch(1);
            var read = file.read(ByteBuffer.allocate(100));
            var task = handle.spawn(new Future<Integer>() {
                @Override
                public Poll<Integer> poll(Context cx) throws Exception {
                    var poll = read.poll(cx);
                    polled.countDown();
                    return poll;
                }

                @Override
                public void cancel() {
                    read.cancel();
                }
            });
            Eventually.opened("the task waits", polled);
            task.abort();
            Eventually.until("the task has ended", task::isFinished);
            held.drain(handle);
            var buffer = ByteBuffer.allocate(5);
            assertEquals(5, inside(handle, file.read(buffer)));
            assertEquals("hello", StandardCharsets.UTF_8.decode(buffer.flip()).toString());
            file.close();
        }
    }

    /** How many descriptors of this process are of this file. */
    private static long openFiles(Path path) throws IOException {
        var real = path.toRealPath();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(real);
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            }).count();
        }
    }
}
