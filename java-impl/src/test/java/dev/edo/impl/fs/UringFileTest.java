package dev.edo.impl.fs;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edo.Edo;
import dev.edo.fs.File;
import dev.edo.fs.Fs;
import dev.edo.fs.OpenOptions;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.impl.driver.io.Uring;
import dev.edo.impl.driver.io.UringCalls;
import dev.edo.impl.io.InSetup;
import dev.edo.impl.natives.NativeUring;
import dev.edo.impl.runtime.BuilderImpl;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.time.TestClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls on files that the kernel makes: who makes them, what becomes of those in flight, and what systems may refuse.
 * What they come to is the business of {@link FileRuntimeTest}, {@link FsTest} and {@link OpenOptionsTest}.
 */
@EnabledOnOs(OS.LINUX)
class UringFileTest {
    private static final String HELLO = "hello world...";

    @TempDir
    private Path dir = Path.of("");

    @BeforeEach
    void askTheSystem() {
        try (var running = Disk.RING.start(Setup.TWO_WORKERS)) {
            assumeTrue(((RuntimeHandle) running.handle()).fileRing() != null, "this system refuses io_uring");
        }
    }

    private static Uring ring(Handle handle) {
        return Objects.requireNonNull(((RuntimeHandle) handle).io().uring());
    }

    private static <T extends @Nullable Object> T inside(Handle handle, Future<T> future) throws Exception {
        return Eventually.returns("a future", () -> handle.blockOn(future));
    }

    /** The result of a task that makes a future and waits for it. */
    private static <T extends @Nullable Object> T inTask(Handle handle, java.util.concurrent.Callable<T> body)
            throws Exception {
        JoinHandle<T> task = handle.spawn(body);
        return Eventually.returns("the task", task::await);
    }

    private static String text(ByteBuffer read) {
        return StandardCharsets.UTF_8.decode(read.duplicate().flip()).toString();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(dir.resolve("file"), content);
    }

    /** A pipe with a name, and an end to write to it by, which is open: who opens it to read does not wait. */
    private RandomAccessFile fifo(Path path) throws Exception {
        var mkfifo = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
        assertTrue(mkfifo.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, mkfifo.exitValue());
        return new RandomAccessFile(path.toFile(), "rw");
    }

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

    // ---- who makes them

    /** All threads of the pool are busy, and all of these calls are made. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void callsNeedNoThread(Setup setup) throws Exception {
        var path = file(HELLO);
        try (var running = Running.of(Disk.RING.builder(setup).maxBlockingThreads(1));
                var held = HeldPool.of(running.handle())) {
            var content = new byte[3_000_000];
            new Random(1).nextBytes(content);
            inTask(running.handle(), () -> {
                var file = soon(File.open(path));
                var buffer = ByteBuffer.allocate(100);
                assertEquals(HELLO.length(), soon(file.read(buffer)));
                assertEquals(HELLO, text(buffer));
                assertEquals(-1, soon(file.read(buffer)));
                file.close();
                assertTrue(soon(Fs.tryExists(path)));
                soon(Fs.rename(path, dir.resolve("other")));
                assertFalse(soon(Fs.tryExists(path)));
                assertArrayEquals(HELLO.getBytes(StandardCharsets.UTF_8), soon(Fs.read(dir.resolve("other"))));
                soon(Fs.write(path, content));
                assertArrayEquals(content, soon(Fs.read(path)));
                soon(Fs.write(path, new byte[0]));
                assertEquals(0, soon(Fs.read(path)).length);
                soon(File.createNew(dir.resolve("new"))).close();
                return null;
            });
            assertEquals(0, openFiles(path));
            assertEquals(0, ring(running.handle()).inFlight());
            held.release();
        }
    }

    @Test
    void emptyFileIsAtItsEnd() throws Exception {
        var path = file("");
        Disk.RING.run(Setup.TWO_WORKERS, () -> {
            try (var file = soon(File.open(path))) {
                assertEquals(-1, soon(file.read(ByteBuffer.allocate(1))));
                assertEquals("", soon(file.readToString()));
            }
            assertEquals(0, soon(Fs.read(path)).length);
        });
    }

    @Test
    void directoryIsRenamed() throws Exception {
        Files.createDirectories(dir.resolve("old/below"));
        Files.createDirectory(dir.resolve("new"));
        Disk.RING.run(Setup.TWO_WORKERS, () -> soon(Fs.rename(dir.resolve("old"), dir.resolve("new"))));
        assertTrue(Files.isDirectory(dir.resolve("new/below")));
        assertFalse(Files.exists(dir.resolve("old")));
    }

    /** What the kernel has read ahead is dropped by a write, which comes where the user has got to. */
    @Test
    void writeAfterAReadThatWasGivenUpComesWhereTheUserIs() throws Exception {
        var path = file(HELLO + "x".repeat(100_000));
        Disk.RING.run(Setup.TWO_WORKERS, () -> {
            try (var file = soon(File.options().read(true).write(true).open(path))) {
                soon(file.readExact(ByteBuffer.allocate(2)));
                var large = file.read(ByteBuffer.allocate(100_000));
                var unused = large.poll(Context.of(() -> {}));
                large.cancel();
                long position = unused.isReady() ? 100_002 : 2;
                soon(file.writeAll(ByteBuffer.wrap(new byte[] {'L', 'L', 'O'})));
                soon(file.flush());
                assertEquals(position + 3, soon(file.streamPosition()));
                assertEquals("he" + (position == 2 ? "LLO" : "llo"), Files.readString(path).substring(0, 5));
            }
        });
    }

    /** Nobody is inside the drivers of a current-thread runtime whose files a thread outside reads. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void plainThreadReadsWhereItHasEntered(Setup setup) throws Exception {
        var path = file(HELLO);
        try (var runtime = Disk.RING.builder(setup).build()) {
            var content = Eventually.returns("a thread that waits", () -> {
                try (var _ = runtime.handle().enter()) {
                    return Fs.read(path).await();
                }
            });
            assertEquals(HELLO, new String(content, StandardCharsets.UTF_8));
        }
    }

    static List<UringCalls> kernelsThatRefuse() {
        var kernels = new ArrayList<UringCalls>();
        for (int errno : new int[] {1, 13, 38}) {
            kernels.add(new UringCalls() {
                @Override
                public long open(int entries, int completions) {
                    return -errno;
                }
            });
        }
        kernels.add(new UringCalls() {
            @Override
            public long operations(long ring) {
                return 0;
            }
        });
        kernels.add(new UringCalls() {
            @Override
            public int submit(long ring, int operation, int entryFlags, int fd, long address, int length, long offset,
                    int flags, int number) {
                return -11;
            }
        });
        return kernels;
    }

    @ParameterizedTest
    @MethodSource("kernelsThatRefuse")
    void whatTheKernelRefusesIsMadeOnThePool(UringCalls kernel) throws Exception {
        var path = file(HELLO);
        var builder = Setup.TWO_WORKERS.builder();
        builder.enableIoUring(kernel);
        InSetup.run(Running.of(builder), "the test's task", () -> {
            try (var file = soon(File.open(path))) {
                assertEquals(HELLO, soon(file.readToString()));
            }
            assertTrue(soon(Fs.tryExists(path)));
            soon(Fs.rename(path, dir.resolve("other")));
            soon(Fs.write(path, soon(Fs.read(dir.resolve("other")))));
            assertEquals(HELLO, Files.readString(path));
        });
    }

    /** What a call fails with, or what it comes to. */
    private static String outcomeOf(Disk disk, Function<Path, Future<?>> call, Path path) throws Exception {
        var outcome = new String[1];
        disk.run(Setup.TWO_WORKERS, () -> {
            try {
                outcome[0] = "" + soon(call.apply(path));
            } catch (IOException e) {
                outcome[0] = e.toString();
            }
        });
        return outcome[0];
    }

    @Test
    void failuresAreThoseOfTheJdk() throws Exception {
        Files.createDirectories(dir.resolve("dir/below"));
        var loop = Files.createSymbolicLink(dir.resolve("loop"), dir.resolve("loop"));
        file(HELLO);
        List<Function<Path, Future<?>>> calls = List.of(
                path -> File.open(path.resolve("missing")),
                path -> File.open(path.resolve("file/below")),
                path -> File.createNew(path.resolve("file")),
                path -> File.createNew(path.resolve("dir")),
                path -> File.create(path.resolve("dir")),
                path -> File.open(loop),
                path -> new OpenOptions().read(true).custom(LinkOption.NOFOLLOW_LINKS).open(loop),
                path -> File.open(path.resolve("n".repeat(300))),
                path -> File.open(path.resolve(("n".repeat(200) + "/").repeat(30))),
                path -> File.open(path.resolve("dir")).then(file -> file.read(ByteBuffer.allocate(1))),
                path -> Fs.read(path.resolve("missing")),
                path -> Fs.read(path.resolve("dir")),
                path -> Fs.write(path.resolve("dir"), new byte[1]),
                path -> Fs.write(Path.of("/dev/full"), new byte[1]),
                path -> Fs.rename(path.resolve("missing"), path.resolve("other")),
                path -> Fs.rename(path.resolve("file"), path.resolve("dir")),
                path -> Fs.rename(path.resolve("dir"), path.resolve("dir/below/it")),
                path -> Fs.tryExists(path.resolve("loop")),
                path -> Fs.tryExists(path.resolve("file/below")),
                path -> Fs.tryExists(path.resolve("n".repeat(300))));
        for (var call : calls) {
            assertEquals(outcomeOf(Disk.POOL, call, dir), outcomeOf(Disk.RING, call, dir));
        }
        assertEquals(HELLO, Files.readString(dir.resolve("file")));
    }

    /** What is written anew would wait for the next reader, and bring that one bytes that were read. */
    @Test
    void writeToAPipeWhoseReaderHasLeftFails() throws Exception {
        var path = dir.resolve("fifo");
        fifo(path).close();
        for (var disk : Disk.values()) {
            try (var running = disk.start(Setup.TWO_WORKERS)) {
                var write = running.handle().spawn(Fs.write(path, new byte[5_000_000]));
                Eventually.returns("the reader", () -> {
                    try (var reader = Files.newInputStream(path)) {
                        return reader.readNBytes(2_000_000);
                    }
                });
                var failure = Eventually.returns("the write", () -> assertThrows(JoinError.class, write::await));
                assertEquals("java.io.IOException: Broken pipe", "" + failure.getCause(), disk::toString);
                Eventually.until("it is closed", () -> openFiles(path) == 0);
            }
        }
    }

    /** The kernel takes the first writes only. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void poolWritesTheRest(Setup setup) throws Exception {
        var content = new byte[3_500_000];
        new Random(3).nextBytes(content);
        var path = file(HELLO);
        var taken = new AtomicInteger();
        var builder = setup.builder();
        builder.enableIoUring(new UringCalls() {
            @Override
            public int submit(long ring, int operation, int entryFlags, int fd, long address, int length, long offset,
                    int flags, int number) {
                return operation == Uring.WRITE && taken.incrementAndGet() > 2 ? -11 : UringCalls.super.submit(
                        ring, operation, entryFlags, fd, address, length, offset, flags, number);
            }
        });
        try (var running = Running.of(builder)) {
            inTask(running.handle(), () -> soon(Fs.write(path, content)));
            assertEquals(0, openFiles(path));
        }
        assertTrue(taken.get() > 2);
        assertArrayEquals(content, Files.readAllBytes(path));
    }

    /** The kernel takes the first read only; what it has brought cannot be read again. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void poolReadsTheRestOfAPipe(Setup setup) throws Exception {
        var path = dir.resolve("fifo");
        var reads = new AtomicInteger();
        var builder = setup.builder();
        builder.enableIoUring(new UringCalls() {
            @Override
            public int submit(long ring, int operation, int entryFlags, int fd, long address, int length, long offset,
                    int flags, int number) {
                return operation == Uring.READ && reads.incrementAndGet() > 1 ? -11 : UringCalls.super.submit(
                        ring, operation, entryFlags, fd, address, length, offset, flags, number);
            }
        });
        try (var running = Running.of(builder)) {
            JoinHandle<byte[]> read;
            try (var writer = fifo(path)) {
                read = running.handle().spawn(Fs.read(path));
                writer.write("hello ".getBytes(StandardCharsets.UTF_8));
                Eventually.until("it was read", () -> reads.get() > 1);
                writer.write("world".getBytes(StandardCharsets.UTF_8));
            }
            var all = Eventually.returns("the read", read::await);
            assertEquals("hello world", new String(all, StandardCharsets.UTF_8));
            assertEquals(0, openFiles(path));
        }
    }

    /** The one thread of the pool is busy when the read is given up. */
    @Test
    void restThatIsGivenUpIsClosed() throws Exception {
        var path = file(HELLO);
        var builder = Disk.RING.builder(Setup.TWO_WORKERS).maxBlockingThreads(1);
        ((BuilderImpl) builder).enableIoUring(new UringCalls() {
            @Override
            public int submit(long ring, int operation, int entryFlags, int fd, long address, int length, long offset,
                    int flags, int number) {
                return operation == Uring.READ ? -11 : UringCalls.super.submit(
                        ring, operation, entryFlags, fd, address, length, offset, flags, number);
            }
        });
        try (var running = Running.of(builder); var held = HeldPool.of(running.handle())) {
            var read = running.handle().spawn(Fs.read(path));
            Eventually.until("it is open", () -> openFiles(path) == 1);
            read.abort();
            Eventually.until("it is closed", () -> openFiles(path) == 0);
            held.release();
        }
    }

    // ---- many

    @ParameterizedTest
    @EnumSource(Setup.class)
    void manyCallsAtOnce(Setup setup) throws Exception {
        for (var style : Style.values()) {
            try (var running = Disk.RING.start(setup)) {
                var tasks = new ArrayList<JoinHandle<byte[]>>();
                for (int i = 0; i < 600; i++) {
                    int number = i;
                    var path = dir.resolve("" + i);
                    var moved = dir.resolve("moved " + i);
                    tasks.add(style.spawn(running.handle(), () -> Fs.write(path, new byte[] {(byte) number})
                            .then(_ -> Fs.rename(path, moved))
                            .then(_ -> Fs.tryExists(moved))
                            .then(there -> Fs.read(there ? moved : path))));
                }
                for (int i = 0; i < tasks.size(); i++) {
                    var task = tasks.get(i);
                    assertArrayEquals(new byte[] {(byte) i}, Eventually.returns("task " + i, task::await));
                }
                assertEquals(0, ring(running.handle()).inFlight());
            }
        }
    }

    /** Each has the same file, and clones have one position: no byte is read twice. */
    @Test
    void clonesTakeTurns() throws Exception {
        var path = Files.write(dir.resolve("bytes"), new byte[20_000]);
        try (var running = Disk.RING.start(Setup.TWO_WORKERS)) {
            var file = inside(running.handle(), File.open(path));
            var readers = new ArrayList<JoinHandle<Integer>>();
            for (int i = 0; i < 8; i++) {
                var clone = inside(running.handle(), file.tryClone());
                readers.add(running.handle().spawn(() -> {
                    int bytes = 0;
                    try (clone) {
                        for (int n; (n = clone.read(ByteBuffer.allocate(7)).await()) > 0; ) {
                            bytes += n;
                        }
                    }
                    return bytes;
                }));
            }
            int bytes = 0;
            for (var reader : readers) {
                bytes += Eventually.returns("a reader", reader::await);
            }
            assertEquals(20_000, bytes);
            file.close();
        }
    }

    // ---- in flight

    /** A read of a pipe that is empty goes on when it is given up, and its bytes are those of the next one. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void readThatWasGivenUpGoesOn(Setup setup) throws Exception {
        var path = dir.resolve("fifo");
        try (var writer = fifo(path); var running = Disk.RING.start(setup)) {
            var handle = running.handle();
            var bytes = inTask(handle, () -> {
                try (var file = soon(File.open(path))) {
                    var given = file.read(ByteBuffer.allocate(10));
                    assertFalse(given.poll(Context.of(() -> {})).isReady());
                    assertEquals(1, ring(handle).inFlight());
                    given.cancel();
                    writer.write("hi".getBytes(StandardCharsets.UTF_8));
                    var buffer = ByteBuffer.allocate(10);
                    assertEquals(2, soon(file.read(buffer)));
                    return text(buffer);
                }
            });
            assertEquals("hi", bytes);
            assertEquals(0, ring(handle).inFlight());
        }
    }

    /** Where nobody waits for the bytes any more, a file that was closed stays open until the kernel is done. */
    @Test
    void descriptorOfAReadInFlightIsNotClosed() throws Exception {
        var path = dir.resolve("fifo");
        try (var writer = fifo(path); var running = Disk.RING.start(Setup.TWO_WORKERS)) {
            inTask(running.handle(), () -> {
                var file = soon(File.open(path));
                assertFalse(file.read(ByteBuffer.allocate(10)).poll(Context.of(() -> {})).isReady());
                file.close();
                assertEquals(2, openFiles(path));
                writer.write(1);
                return null;
            });
            Eventually.until("it is closed", () -> openFiles(path) == 1);
            assertEquals(0, ring(running.handle()).inFlight());
        }
    }

    /** What a thread has begun may end with the thread, as far as the kernel is concerned. */
    @Test
    void callsOutliveTheThreadThatHasBegunThem() throws Exception {
        var path = dir.resolve("fifo");
        try (var writer = fifo(path); var running = Disk.RING.start(Setup.TWO_WORKERS)) {
            var handle = running.handle();
            try (var file = inside(handle, File.open(path))) {
                var buffer = ByteBuffer.allocate(10);
                var read = file.read(buffer);
                pollOnceInAThread(handle, read);
                var task = handle.spawn(read);
                writer.write("hi".getBytes(StandardCharsets.UTF_8));
                assertEquals(2, Eventually.returns("the read", task::await));
                assertEquals("hi", text(buffer));
            }
            var regular = file(HELLO);
            for (int i = 0; i < 50; i++) {
                var open = Fs.read(regular);
                if (!pollOnceInAThread(handle, open).isReady()) {
                    assertEquals(HELLO.length(), inside(handle, open).length);
                }
            }
        }
    }

    private static <T> Poll<T> pollOnceInAThread(Handle handle, Future<T> future) throws Exception {
        return Eventually.returns("the first poll", () -> {
            try (var _ = handle.enter()) {
                return future.poll(Context.of(() -> {}));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void shutdownEndsAReadAndTheFileGoesOnElsewhere(Setup setup) throws Exception {
        var path = dir.resolve("fifo");
        try (var writer = fifo(path); var other = Disk.RING.start(Setup.TWO_WORKERS)) {
            File file;
            IoFuture<Integer> read;
            var buffer = ByteBuffer.allocate(10);
            try (var running = Disk.RING.start(setup)) {
                file = inTask(running.handle(), () -> soon(File.open(path)));
                read = file.read(buffer);
                var begun = inTask(running.handle(), () -> read.poll(Context.of(() -> {})));
                assertFalse(begun.isReady());
            }
            writer.write("hi".getBytes(StandardCharsets.UTF_8));
            assertEquals(2, inside(other.handle(), read));
            assertEquals("hi", text(buffer));
            file.close();
            assertEquals(1, openFiles(path));
        }
    }

    /** Each is polled once and then given up, before or after its end. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void whatIsOpenedForNobodyIsClosed(Setup setup) throws Exception {
        var path = file(HELLO);
        try (var running = Disk.RING.start(setup)) {
            int waited = 0;
            for (boolean ended : new boolean[] {false, true}) {
                for (int i = 0; i < 64; i++) {
                    var woken = new CountDownLatch(1);
                    var open = File.open(path);
                    var begun = inTask(running.handle(), () -> open.poll(Context.of(woken::countDown)));
                    if (begun instanceof Poll.Ready<File>(var file)) {
                        file.close(); // the kernel's thread was faster
                        continue;
                    }
                    waited++;
                    if (ended) {
                        Eventually.opened("the end of it", woken);
                    }
                    open.cancel();
                }
            }
            assertTrue(waited > 0, "none was in flight");
            Eventually.until("all is closed", () -> openFiles(path) == 0);
            Eventually.until("nothing is in flight", () -> ring(running.handle()).inFlight() == 0);
        }
    }

    private List<Future<?>> oneOfEach(Path path, int number) throws IOException {
        var own = dir.resolve("own " + number);
        var old = Files.createFile(dir.resolve("old " + number));
        return List.of(File.open(path), Fs.read(path), Fs.tryExists(path), Fs.write(own, new byte[100]),
                Fs.rename(old, dir.resolve("new " + number)));
    }

    /** Each is polled once, by a task, and then given up. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void callsThatAreGivenUpLeaveNothing(Setup setup) throws Exception {
        var path = file(HELLO);
        try (var running = Disk.RING.start(setup)) {
            inTask(running.handle(), () -> {
                for (int i = 0; i < 32; i++) {
                    for (var call : oneOfEach(path, i)) {
                        closeIfOpened(call.poll(Context.of(() -> {})));
                        call.cancel();
                        call.cancel();
                    }
                }
                return null;
            });
            Eventually.until("nothing is in flight", () -> ring(running.handle()).inFlight() == 0);
            Eventually.until("all is closed", () -> openFiles(path) == 0);
            assertEquals(HELLO.length(), inTask(running.handle(), () -> soon(Fs.read(path))).length);
        }
    }

    private static void closeIfOpened(Poll<?> poll) throws IOException {
        if (poll instanceof Poll.Ready<?>(File file)) {
            file.close();
        }
    }

    /** What was opened for a future that nobody polls any more, nor cancels, is closed when that is collected. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void shutdownWithCallsInFlightLeavesNothing(Setup setup) throws Exception {
        var path = file(HELLO);
        var running = Disk.RING.start(setup);
        inTask(running.handle(), () -> {
            for (int i = 0; i < 32; i++) {
                for (var call : oneOfEach(path, i)) {
                    closeIfOpened(call.poll(Context.of(() -> {})));
                }
            }
            return null;
        });
        running.close();
        assertEquals(0, ring(running.handle()).inFlight());
        Eventually.until("all is closed", () -> {
            System.gc();
            return openFiles(path) == 0;
        });
    }

    /** The file is open and a read of it waits, when the future is forgotten. */
    @Test
    void whatAForgottenReadHasOpenedIsClosed() throws Exception {
        var path = dir.resolve("fifo");
        var reads = new AtomicInteger();
        var builder = Setup.TWO_WORKERS.builder();
        builder.enableIoUring(new UringCalls() {
            @Override
            public int submit(long ring, int operation, int entryFlags, int fd, long address, int length, long offset,
                    int flags, int number) {
                reads.addAndGet(operation == Uring.READ ? 1 : 0);
                return UringCalls.super.submit(
                        ring, operation, entryFlags, fd, address, length, offset, flags, number);
            }
        });
        try (var running = Running.of(builder); var writer = fifo(path)) {
            inTask(running.handle(), () -> {
                var read = Fs.read(path);
                while (reads.get() == 0) {
                    assertFalse(read.poll(Context.of(() -> {})).isReady());
                    Edo.yieldNow().await();
                }
                return null;
            });
            assertTrue(writer.getChannel().isOpen());
            Eventually.until("only the writer is left", () -> {
                System.gc();
                return openFiles(path) == 1;
            });
        }
    }

    /** Opening a pipe to read waits for somebody who writes; a shutdown does not wait for that. */
    @ParameterizedTest
    @EnumSource(value = Setup.class, names = "CURRENT_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void shutdownEndsAnOpenThatWaits(Setup setup) throws Exception {
        var path = dir.resolve("fifo");
        fifo(path).close();
        var running = Disk.RING.start(setup);
        for (int i = 0; i < 3; i++) {
            var open = i == 0 ? File.open(path) : Fs.read(path);
            assertFalse(inTask(running.handle(), () -> open.poll(Context.of(() -> {}))).isReady());
        }
        assertEquals(3, ring(running.handle()).inFlight());
        running.close();
        assertEquals(0, ring(running.handle()).inFlight());
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void writeThatWasGivenUpGoesOn(Setup setup) throws Exception {
        var content = new byte[5_000_000];
        new Random(2).nextBytes(content);
        var path = file("");
        try (var running = Disk.RING.start(setup)) {
            inTask(running.handle(), () -> {
                var write = Fs.write(path, content);
                var unused = write.poll(Context.of(() -> {})); // the kernel's thread may be faster
                write.cancel();
                return null;
            });
            Eventually.until("all is written", () -> Files.size(path) == content.length && openFiles(path) == 0);
            assertArrayEquals(content, Files.readAllBytes(path));
        }
    }

    /** The kernel opens all files before anybody looks; then the one end is found while another write goes on. */
    @Test
    void manyWritesThatWereGivenUpGoOnAtOnce() throws Exception {
        var looks = new AtomicBoolean(true);
        var builder = Setup.CURRENT_THREAD.builder();
        builder.enableIoUring(new UringCalls() {
            @Override
            public long next(long ring) {
                return looks.get() ? UringCalls.super.next(ring) : NativeUring.EMPTY;
            }
        });
        int writes = 3000;
        try (var running = Running.of(builder)) {
            inTask(running.handle(), () -> {
                looks.set(false);
                for (int i = 0; i < writes; i++) {
                    var write = Fs.write(dir.resolve("" + i), new byte[] {1});
                    assertFalse(write.poll(Context.of(() -> {})).isReady());
                    write.cancel();
                }
                Eventually.until("all are open", () -> Files.exists(dir.resolve("" + (writes - 1))));
                looks.set(true);
                assertTrue(soon(Fs.tryExists(dir))); // which looks when it begins
                return null;
            });
            Eventually.until("nothing is in flight", () -> ring(running.handle()).inFlight() == 0);
            for (int i = 0; i < writes; i++) {
                assertEquals(1, Files.size(dir.resolve("" + i)), "bytes of file " + i);
            }
        }
    }

    /** A stopped clock stands still while the kernel is at work. */
    @Test
    void kernelHoldsAPausedClock() throws Exception {
        var path = dir.resolve("fifo");
        try (var writer = fifo(path); var running = Disk.RING.start(Setup.CURRENT_THREAD)) {
            var slept = inTask(running.handle(), () -> {
                TestClock.pause();
                var file = soon(File.open(path));
                var read = Edo.spawn(file.read(ByteBuffer.allocate(10)));
                var sleeper = Edo.spawn(() -> Edo.sleep(Duration.ofHours(1)).await());
                var unused = Thread.ofPlatform().start(() -> {
                    try {
                        Eventually.until("it is in flight", () -> ring(running.handle()).inFlight() == 1);
                        writer.write(1);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
                read.await();
                boolean finished = sleeper.isFinished();
                sleeper.await();
                file.close();
                return finished;
            });
            assertFalse(slept);
        }
    }
}
