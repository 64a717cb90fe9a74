package dev.edo.impl.net;

import static dev.edo.impl.net.InRuntime.bytes;
import static dev.edo.impl.net.InRuntime.soon;
import static dev.edo.impl.net.InRuntime.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.edo.Edo;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.libc.FileCalls;
import dev.edo.io.BrokenPipeException;
import dev.edo.io.Interest;
import dev.edo.net.NoReaderException;
import dev.edo.net.Pipe;
import dev.edo.net.PipeOptions;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes, with and without a name. */
class UnixPipeTest {
    private static final String TEXT = "this is some data to write to the pipe";

    @TempDir
    Path dir = Path.of("");

    private Path fifo() throws Exception {
        var path = dir.resolve("fifo");
        var mkfifo = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
        assertTrue(mkfifo.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, mkfifo.exitValue());
        return path;
    }

    private static String read(PipeReceiver receiver) throws Exception {
        var buffer = ByteBuffer.allocate(TEXT.length());
        soon(receiver.readExact(buffer));
        return text(buffer);
    }

    /** Opens, writes, and goes. */
    private static void visit(Path fifo) throws Exception {
        try (var sender = new PipeOptions().openSender(fifo)) {
            soon(sender.writeAll(bytes(TEXT)));
        }
    }

    // ---- with a name ----

    @Test
    void readerOfAFifoIsWokenByWhatIsWritten() throws Exception {
        var fifo = fifo();
        InRuntime.currentThread(() -> {
            try (var receiver = new PipeOptions().openReceiver(fifo)) {
                var waker = new CountingWaker();
                var buffer = ByteBuffer.allocate(TEXT.length());
                var read = receiver.readExact(buffer);
                assertFalse(read.poll(waker.cx).isReady());
                try (var sender = new PipeOptions().openSender(fifo)) {
                    soon(sender.writeAll(bytes(TEXT)));
                    while (waker.wakes() == 0) {
                        soon(Edo.yieldNow());
                    }
                    assertTrue(read.poll(waker.cx).isReady());
                    assertEquals(TEXT, text(buffer));
                    assertTrue(sender.toString().contains("FIFO " + fifo), sender::toString);
                }
            }
        });
    }

    @Test
    void senderNeedsAReaderFirst() throws Exception {
        var fifo = fifo();
        InRuntime.currentThread(() -> {
            var thrown = assertThrows(NoReaderException.class, () -> new PipeOptions().openSender(fifo));
            assertEquals(fifo.toString(), thrown.getFile());
            assertTrue(thrown.getMessage().contains("open the reading end first"), thrown.getMessage());
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void senderThatOpensBothEndsComesFirst() throws Exception {
        var fifo = fifo();
        InRuntime.currentThread(() -> {
            try (var sender = new PipeOptions().readWrite(true).openSender(fifo)) {
                soon(sender.writeAll(bytes(TEXT)));
                try (var receiver = new PipeOptions().openReceiver(fifo)) {
                    assertEquals(TEXT, read(receiver));
                }
            }
        });
    }

    @Test
    void receiverEndsWithEachWriterAndGoesOnWithTheNext() throws Exception {
        var fifo = fifo();
        InRuntime.currentThread(() -> {
            try (var receiver = new PipeOptions().openReceiver(fifo)) {
                for (int round = 0; round < 3; round++) {
                    visit(fifo);
                    assertTrue(soon(receiver.ready(Interest.READABLE)).isReadable());
                    assertEquals(TEXT, read(receiver));
                    assertThrows(EOFException.class, () -> soon(receiver.readExact(ByteBuffer.allocate(1))));
                }
            }
        });
    }

    /** After an end there is a writer again, who is silent: the end must not be told of for ever. */
    @Test
    void receiverWaitsForTheNextWriterWithoutSpinning() throws Exception {
        var fifo = fifo();
        InRuntime.currentThread(() -> {
            try (var receiver = new PipeOptions().openReceiver(fifo)) {
                visit(fifo);
                assertEquals(TEXT, read(receiver));
                assertEquals(-1, soon(receiver.read(ByteBuffer.allocate(1))));
                try (var sender = new PipeOptions().openSender(fifo)) {
                    var waker = new CountingWaker();
                    var buffer = ByteBuffer.allocate(8);
                    var read = receiver.read(buffer);
                    assertFalse(read.poll(waker.cx).isReady());
                    for (int turn = 0; turn < 10; turn++) {
                        soon(Edo.yieldNow());
                    }
                    assertEquals(0, waker.wakes());
                    assertEquals(PipeReceiver.WOULD_BLOCK, receiver.tryRead(buffer));
                    soon(sender.writeAll(bytes("again")));
                    assertEquals(5, soon(read));
                    assertEquals("again", text(buffer));
                }
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void receiverThatOpensBothEndsKnowsNoEnd() throws Exception {
        var fifo = fifo();
        InRuntime.currentThread(() -> {
            try (var receiver = new PipeOptions().readWrite(true).openReceiver(fifo)) {
                visit(fifo);
                assertFalse(soon(receiver.ready(Interest.READABLE)).isReadClosed());
                assertEquals(TEXT, read(receiver));
                var buffer = ByteBuffer.allocate(TEXT.length());
                var second = receiver.readExact(buffer);
                assertFalse(second.poll(new CountingWaker().cx).isReady());
                visit(fifo);
                soon(second);
                assertEquals(TEXT, text(buffer));
            }
        });
    }

    @Test
    void whatIsNoFifoIsRefused() throws Exception {
        var file = Files.createFile(dir.resolve("file"));
        InRuntime.currentThread(() -> {
            assertThrows(FileSystemException.class, () -> new PipeOptions().openSender(file));
            long before = descriptors(); // when all is loaded
            for (var open : List.<Executable>of(
                    () -> new PipeOptions().openSender(file), () -> new PipeOptions().openReceiver(file))) {
                var thrown = assertThrows(FileSystemException.class, open);
                assertEquals(file.toString(), thrown.getFile());
                assertTrue(thrown.getMessage().contains("not a FIFO"), thrown.getMessage());
            }
            assertThrows(NoSuchFileException.class, () -> new PipeOptions().openSender(dir.resolve("none")));
            assertThrows(NoSuchFileException.class, () -> new PipeOptions().openReceiver(dir.resolve("none")));
            // Passed on to the driver, which polls no regular files.
            var thrown = assertThrows(IOException.class, () -> new PipeOptions().unchecked(true).openReceiver(file));
            assertTrue(thrown.getMessage().contains("cannot be polled"), thrown.getMessage());
            assertTrue(descriptors() <= before, "descriptors were left open");
        });
    }

    /** The system would take the FIFO of the same path that it knows. */
    @Test
    void pathsOfOtherFileSystemsAreRefused() throws Exception {
        var fifo = fifo().toString();
        try (var zip = FileSystems.newFileSystem(dir.resolve("a.zip"), Map.of("create", "true"))) {
            var path = zip.getPath(fifo);
            InRuntime.currentThread(() -> {
                refused("path=" + fifo, () -> new PipeOptions().openReceiver(path));
                refused("path=" + fifo, () -> new PipeOptions().openSender(path));
            });
        }
    }

    /** The system says of it what it says of a FIFO without a reader; but there is none to wait for. */
    @Test
    void socketIsNoFifoWithoutAReader() throws Exception {
        var path = dir.resolve("socket");
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(path));
            InRuntime.currentThread(() -> {
                var thrown = assertThrows(FileSystemException.class, () -> new PipeOptions().openSender(path));
                assertFalse(thrown instanceof NoReaderException, thrown.toString());
                assertEquals(path.toString(), thrown.getFile());
            });
        }
    }

    /** Where the system tells. */
    private static long descriptors() throws IOException {
        var list = Path.of("/proc/self/fd");
        if (!Files.isDirectory(list)) {
            return 0;
        }
        try (var files = Files.list(list)) {
            return files.count();
        }
    }

    // ---- descriptors of others ----

    @Test
    void descriptorsOfOthersBecomeEndsThatDoNotBlock() throws Exception {
        InRuntime.currentThread(() -> {
            int[] fds = Pipes.blockingPair();
            assertTrue(DescriptorFlags.isBlocking(fds[0]) && DescriptorFlags.isBlocking(fds[1]));
            try (var receiver = PipeReceiver.fromFd(fds[0]); var sender = PipeSender.fromFd(fds[1])) {
                assertFalse(DescriptorFlags.isBlocking(receiver.fd()) || DescriptorFlags.isBlocking(sender.fd()));
                var buffer = ByteBuffer.allocate(TEXT.length());
                var read = receiver.readExact(buffer);
                assertFalse(read.poll(new CountingWaker().cx).isReady());
                soon(sender.writeAll(bytes(TEXT)));
                soon(read);
                assertEquals(TEXT, text(buffer));
            }
            assertThrows(IOException.class, () -> DescriptorFlags.isBlocking(fds[0]), "closed with its end");
            assertThrows(IOException.class, () -> DescriptorFlags.isBlocking(fds[1]), "closed with its end");
        });
    }

    @Test
    void descriptorsThatDoNotFitAreRefusedAndStayTheCallers() throws Exception {
        var file = Files.createFile(dir.resolve("file"));
        int[] pipe = Pipes.blockingPair();
        int read = FileCalls.open(file, FileCalls.READ);
        int write = FileCalls.open(file, FileCalls.WRITE);
        try {
            InRuntime.currentThread(() -> {
                refused("fd=" + write + " is not a pipe", () -> PipeSender.fromFd(write));
                refused("fd=" + read + " is not a pipe", () -> PipeReceiver.fromFd(read));
                refused("fd=" + pipe[0] + " is open only to read", () -> PipeSender.fromFd(pipe[0]));
                refused("fd=" + pipe[1] + " is open only to write", () -> PipeReceiver.fromFd(pipe[1]));
                refused("fd=-1 is not a descriptor", () -> PipeSender.fromFd(-1));
                refused("fd=-1 is not a descriptor", () -> PipeReceiver.fromFdUnchecked(-1));
                var thrown = assertThrows(IOException.class, () -> PipeSender.fromFd(1_000_000));
                assertTrue(thrown.getMessage().contains("fd=1000000"), thrown.getMessage());
            });
            assertThrows(IllegalStateException.class, () -> PipeReceiver.fromFd(pipe[0]), "outside a runtime");
            for (int fd : new int[] {pipe[0], pipe[1], read, write}) {
                DescriptorFlags.isBlocking(fd); // or it fails: the descriptor is closed
            }
        } finally {
            for (int fd : new int[] {pipe[0], pipe[1], read, write}) {
                Pipes.close(fd);
            }
        }
    }

    /** Whoever else has the pipe, as the shell has this process's standard input, goes on using it. */
    @Test
    void descriptorsThatAreNotTakenStayAsTheyAre() throws Exception {
        int[] pipe = Pipes.blockingPair();
        try {
            assertThrows(IllegalStateException.class, () -> PipeReceiver.fromFd(pipe[0]), "outside a runtime");
            assertThrows(IllegalStateException.class, () -> PipeSender.fromFd(pipe[1]), "outside a runtime");
            assertTrue(DescriptorFlags.isBlocking(pipe[0]));
            assertTrue(DescriptorFlags.isBlocking(pipe[1]));
        } finally {
            Pipes.close(pipe[0]);
            Pipes.close(pipe[1]);
        }
    }

    private static void refused(String message, Executable use) {
        var thrown = assertThrows(IllegalArgumentException.class, use);
        assertTrue(String.valueOf(thrown.getMessage()).startsWith(message), thrown.getMessage());
    }

    @Test
    void descriptorsAreGivenAwayOpen() throws Exception {
        InRuntime.currentThread(() -> {
            for (boolean blocking : new boolean[] {false, true}) {
                var pipe = Pipe.open();
                assertNotEquals(pipe.sender().fd(), pipe.receiver().fd());
                int in = blocking ? pipe.receiver().intoBlockingFd() : pipe.receiver().intoNonBlockingFd();
                int out = blocking ? pipe.sender().intoBlockingFd() : pipe.sender().intoNonBlockingFd();
                pipe.close();
                assertEquals(blocking, DescriptorFlags.isBlocking(in));
                assertEquals(blocking, DescriptorFlags.isBlocking(out));
                assertThrows(ClosedChannelException.class, () -> pipe.sender().intoBlockingFd());
                assertThrows(ClosedChannelException.class, () -> pipe.receiver().tryRead(ByteBuffer.allocate(1)));
                try (var receiver = PipeReceiver.fromFd(in); var sender = PipeSender.fromFd(out)) {
                    soon(sender.writeAll(bytes(TEXT)));
                    assertEquals(TEXT, read(receiver));
                }
            }
        });
    }

    /**
     * Whoever gets the descriptor may close it, and the next file that is opened has its number: an operation that is
     * under way would go on with that one.
     */
    @Test
    void descriptorThatIsInUseStaysOpenWhenItIsGivenAway() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pipe = Pipe.open()) {
                soon(pipe.sender().writable());
                int used = pipe.sender().fd();
                int given = Objects.requireNonNull(pipe.sender().tryIo(() -> {
                    int fd = pipe.sender().intoNonBlockingFd();
                    assertNotEquals(used, fd);
                    Pipes.close(fd);
                    DescriptorFlags.isBlocking(used); // or it fails: the descriptor is closed
                    return fd;
                }));
                assertThrows(IOException.class, () -> DescriptorFlags.isBlocking(used), "closed after its last use");
                assertThrows(IOException.class, () -> DescriptorFlags.isBlocking(given));
                assertEquals(-1, soon(pipe.receiver().read(ByteBuffer.allocate(1))));
            }
        });
    }

    // ---- data ----

    @ParameterizedTest
    @EnumSource(Setup.class)
    void whatIsWrittenToOneEndIsReadFromTheOtherToTheEnd(Setup setup) throws Exception {
        int blocks = 200;
        UnixPlace.in(setup, () -> {
            try (var pipe = Pipe.open()) {
                var sent = new CRC32();
                var writer = Edo.spawn(() -> {
                    for (int i = 0; i < blocks; i++) {
                        var block = new byte[1000 + 17 * i];
                        Arrays.fill(block, (byte) i);
                        sent.update(block);
                        pipe.sender().writeAll(ByteBuffer.wrap(block)).await();
                    }
                    pipe.sender().close();
                    return "done";
                });
                var received = new CRC32();
                var buffer = ByteBuffer.allocateDirect(7000);
                while (soon(pipe.receiver().read(buffer.clear())) >= 0) {
                    received.update(buffer.flip());
                }
                assertEquals("done", soon(writer));
                assertEquals(sent.getValue(), received.getValue());
            }
        });
    }

    /** A pipe is full: no try is worth it before the other side has read; and what was sent arrives. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void triesMoveBytesAsLongAsThePipeIsReady(boolean vectored) throws Exception {
        InRuntime.currentThread(() -> {
            try (var pipe = Pipe.open()) {
                var waker = new CountingWaker();
                var readable = pipe.receiver().readable();
                assertFalse(readable.poll(waker.cx).isReady());
                soon(pipe.sender().writable());
                var sent = new CRC32();
                long written = 0;
                while (pipe.sender().writable().poll(waker.cx).isReady()) {
                    var block = new byte[4000];
                    Arrays.fill(block, (byte) written);
                    var parts = new ByteBuffer[] {ByteBuffer.wrap(block, 0, 10), ByteBuffer.wrap(block, 10, 3990)};
                    int n = vectored ? pipe.sender().tryWrite(parts) : pipe.sender().tryWrite(ByteBuffer.wrap(block));
                    if (n > 0) {
                        sent.update(block, 0, n);
                        written += n;
                    }
                }
                assertTrue(written >= 4000, "written=" + written);
                assertEquals(PipeSender.WOULD_BLOCK, pipe.sender().tryWrite(bytes("x")));
                var writable = pipe.sender().ready(Interest.WRITABLE);
                assertFalse(writable.poll(waker.cx).isReady());
                soon(readable);
                var received = new CRC32();
                long read = 0;
                while (read < written) {
                    assertFalse(soon(pipe.receiver().ready(Interest.READABLE)).isReadClosed());
                    var block = ByteBuffer.allocate(70_000);
                    var parts = new ByteBuffer[] {block.slice(0, 10), block.slice(10, 69_990)};
                    int n = vectored ? pipe.receiver().tryRead(parts) : pipe.receiver().tryRead(block);
                    if (n != PipeReceiver.WOULD_BLOCK) {
                        received.update(block.array(), 0, n);
                        read += n;
                    }
                }
                assertEquals(sent.getValue(), received.getValue());
                assertFalse(soon(writable).isWriteClosed());
            }
        });
    }

    /** Packets end a read each: it is short although there is more, and no event will tell of that. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void packetsThatFollowAShortOneAreRead(boolean vectored) throws Exception {
        int direct = 0x4000; // O_DIRECT
        var fds = new int[2];
        Function pipe2 = NativeLibrary.getProcess().getFunction("pipe2");
        assertEquals(0, pipe2.invokeInt(new Object[] {fds, direct}));
        InRuntime.currentThread(() -> {
            try (var receiver = PipeReceiver.fromFd(fds[0]); var sender = PipeSender.fromFd(fds[1])) {
                soon(sender.writeAll(bytes("one")));
                soon(sender.writeAll(bytes("two")));
                var buffer = ByteBuffer.allocate(100);
                for (int packet = 0; packet < 2; packet++) {
                    assertEquals(3, vectored ? soon(receiver.read(new ByteBuffer[] {buffer}))
                            : soon(receiver.read(buffer)));
                }
                assertEquals("onetwo", text(buffer));
            }
        });
    }

    @Test
    void writingToAPipeWithoutReadersSaysSo() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pipe = Pipe.open()) {
                pipe.receiver().close();
                var thrown = assertThrows(BrokenPipeException.class, () -> soon(pipe.sender().write(bytes("x"))));
                assertTrue(thrown.getMessage().startsWith("write to pipe (fd="), thrown.getMessage());
                assertThrows(BrokenPipeException.class,
                        () -> pipe.sender().tryWrite(new ByteBuffer[] {bytes("x"), bytes("y")}));
                soon(pipe.sender().flush());
                soon(pipe.sender().shutdownOutput());
            }
        });
    }

    /** Who waits for room learns that the readers have gone. */
    @Test
    void closingTheReceiverFailsWhoWaitsForRoom() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pipe = Pipe.open()) {
                soon(pipe.sender().writable());
                var block = ByteBuffer.allocateDirect(64 * 1024);
                while (pipe.sender().tryWrite(block.clear()) != PipeSender.WOULD_BLOCK) {
                    // on to the next one
                }
                var waker = new CountingWaker();
                var write = pipe.sender().write(bytes("x"));
                assertFalse(write.poll(waker.cx).isReady());
                pipe.receiver().close();
                while (waker.wakes() == 0) {
                    soon(Edo.yieldNow());
                }
                assertThrows(BrokenPipeException.class, () -> soon(write));
            }
        });
    }

    // ---- readiness ----

    @Test
    void operationsAreTriedAsLongAsTheSenderIsReady() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pipe = Pipe.open()) {
                soon(pipe.sender().writable());
                assertEquals("called", pipe.sender().tryIo(() -> "called"));
                assertNull(pipe.sender().tryIo(() -> null), "would have to wait");
                assertNull(pipe.sender().tryIo(() -> "called"), "the readiness was cleared");
            }
        });
    }

    @Test
    void operationsAreTriedAsLongAsTheReceiverIsReady() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pipe = Pipe.open()) {
                soon(Edo.yieldNow());
                assertNull(pipe.receiver().tryIo(() -> "called"), "nothing to read");
                var asked = pipe.receiver().asyncIo(() -> "asked");
                assertFalse(asked.poll(new CountingWaker().cx).isReady());
                soon(pipe.sender().writeAll(bytes("x")));
                assertEquals("asked", soon(asked));
                assertEquals("called", pipe.receiver().tryIo(() -> "called"));
                assertNull(pipe.receiver().tryIo(() -> null), "would have to wait");
                assertNull(pipe.receiver().tryIo(() -> "called"), "the readiness was cleared");
            }
        });
    }

    @Test
    void waitsThatWouldNotEndAreRefused() throws Exception {
        InRuntime.currentThread(() -> {
            try (var pipe = Pipe.open()) {
                refused("interest=", () -> pipe.sender().ready(Interest.READABLE));
                refused("interest=", () -> pipe.receiver().ready(Interest.WRITABLE));
                refused("interest=", () -> pipe.receiver().ready(Interest.PRIORITY));
                var error = pipe.sender().ready(Interest.ERROR);
                assertFalse(error.poll(new CountingWaker().cx).isReady());
                pipe.receiver().close();
                assertTrue(soon(error).isError());
            }
        });
    }

    // ---- closing ----

    @ParameterizedTest
    @EnumSource(Setup.class)
    void closeFailsWhoWaits(Setup setup) throws Exception {
        UnixPlace.in(setup, () -> {
            try (var pipe = Pipe.open()) {
                var waker = new CountingWaker();
                var readable = pipe.receiver().readable();
                assertFalse(readable.poll(waker.cx).isReady());
                var reader = Edo.spawn(() -> pipe.receiver().read(ByteBuffer.allocate(1)).await());
                soon(Edo.yieldNow());
                pipe.receiver().close();
                assertEquals(1, waker.wakes());
                assertThrows(ClosedChannelException.class, () -> soon(readable));
                var failed = assertThrows(Exception.class, () -> soon(reader));
                assertTrue(failed.getCause() instanceof ClosedChannelException, failed.toString());
            }
        });
    }

    @Test
    void everyUseAfterCloseSaysThatItIsClosed() throws Exception {
        InRuntime.currentThread(() -> {
            var pipe = Pipe.open();
            pipe.close();
            pipe.close();
            List<Executable> uses = List.of(
                    () -> soon(pipe.receiver().read(ByteBuffer.allocate(1))),
                    () -> soon(pipe.receiver().read(new ByteBuffer[] {ByteBuffer.allocate(1)})),
                    () -> soon(pipe.sender().write(bytes("x"))),
                    () -> soon(pipe.receiver().ready(Interest.READABLE)),
                    () -> soon(pipe.sender().writable()),
                    () -> pipe.receiver().tryRead(ByteBuffer.allocate(1)),
                    () -> pipe.sender().tryWrite(bytes("x")),
                    () -> pipe.sender().tryIo(() -> "called"),
                    () -> soon(pipe.receiver().asyncIo(() -> "called")),
                    () -> pipe.sender().fd(),
                    () -> pipe.receiver().intoNonBlockingFd());
            for (var use : uses) {
                var thrown = assertThrows(ClosedChannelException.class, use);
                assertTrue(String.valueOf(thrown.getMessage()).contains("is closed"), thrown.getMessage());
            }
        });
    }

    @Test
    void pipesNeedARuntime() throws Exception {
        assertThrows(IllegalStateException.class, Pipe::open);
        long before = descriptors(); // when all is loaded
        assertThrows(IllegalStateException.class, Pipe::open);
        assertTrue(descriptors() <= before, "descriptors were left open");
    }
}
