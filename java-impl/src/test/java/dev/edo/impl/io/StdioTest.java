package dev.edo.impl.io;

import static dev.edo.impl.io.InSetup.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.io.AsyncWrite;
import dev.edo.io.BufReader;
import dev.edo.io.Interest;
import dev.edo.io.Io;
import dev.edo.io.IoResult;
import dev.edo.runtime.Handle;
import dev.edo.runtime.RuntimeShutdownException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard streams, over pipes in their place. */
class StdioTest {
    private static StdinReader stdin(PipeEnds pipe) {
        return new StdinReader(new StdioDescriptor(pipe.in().intValue(), Interest.READABLE),
                new StdinThread(failingInput()));
    }

    private static InputStream failingInput() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("read by the thread, although the descriptor can be polled");
            }
        };
    }

    private static StdoutWriter stdout(PipeEnds pipe) {
        return new StdoutWriter(new StdioDescriptor(pipe.out().intValue(), Interest.WRITABLE), FileDescriptor.err);
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void linesComeOutOfAPipe(Setup setup) throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(setup, () -> {
                var lines = new BufReader<>(stdin(pipe)).lines();
                var task = Edo.spawn(() -> lines.nextLine().await());
                soon(Edo.yieldNow());
                pipe.write("first\nsec");
                assertEquals("first", soon(task));
                pipe.write("ond\n");
                assertEquals("second", soon(lines.nextLine()));
                pipe.out().close();
                assertNull(soon(lines.nextLine()));
            });
        }
    }

    /** What made Tokio's users ask: a program that waits for input could not end. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void readThatWaitsDoesNotHoldUpTheShutdownAndLosesNothing(Setup setup) throws Exception {
        try (var pipe = PipeEnds.open()) {
            var descriptor = new StdioDescriptor(pipe.in().intValue(), Interest.READABLE);
            var thread = new StdinThread(failingInput());
            var waiting = new CountDownLatch(1);
            try (var running = setup.start()) {
                var unused = running.handle().spawn(() -> {
                    var reader = new StdinReader(descriptor, thread);
                    assertEquals(-2, reader.pollRead(new CountingWaker().cx, ByteBuffer.allocate(1)));
                    waiting.countDown();
                    return reader.read(ByteBuffer.allocate(1)).await();
                });
                Eventually.opened("the task waits", waiting);
            }
            pipe.write("kept");
            InSetup.run(setup, () -> {
                var buffer = ByteBuffer.allocateDirect(4);
                soon(new StdinReader(descriptor, thread).readExact(buffer));
                assertEquals("kept", StandardCharsets.UTF_8.decode(buffer.flip()).toString());
            });
        }
    }

    /** A direct one would be written into all the same, and for another one the bytes would be gone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledOnOs(OS.LINUX)
    void readIntoAReadOnlyBufferTakesNothing(boolean direct) throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(Setup.CURRENT_THREAD, () -> {
                var reader = stdin(pipe);
                pipe.write("kept");
                var readOnly = (direct ? ByteBuffer.allocateDirect(4) : ByteBuffer.allocate(4)).asReadOnlyBuffer();
                assertThrows(ReadOnlyBufferException.class,
                        () -> reader.pollRead(new CountingWaker().cx, readOnly));
                var buffer = ByteBuffer.allocate(4);
                soon(reader.readExact(buffer));
                assertEquals("kept", StandardCharsets.UTF_8.decode(buffer.flip()).toString());
            });
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void cancelledReadIsNotWoken() throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(Setup.TWO_WORKERS, () -> {
                var reader = stdin(pipe);
                var waker = new CountingWaker();
                var given = reader.read(ByteBuffer.allocate(1));
                assertFalse(given.poll(waker.cx).isReady());
                given.cancel();
                pipe.write("x");
                assertEquals(1, soon(reader.read(ByteBuffer.allocate(1))));
                assertEquals(0, waker.wakes.get());
            });
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void cancelledWriteHasWrittenNothingAndIsNotWoken() throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(Setup.TWO_WORKERS, () -> {
                var out = stdout(pipe);
                pipe.fill();
                var waker = new CountingWaker();
                var given = out.write(StandardCharsets.UTF_8.encode("lost"));
                assertFalse(given.poll(waker.cx).isReady());
                given.cancel();
                pipe.drain();
                assertEquals(1, soon(out.write(StandardCharsets.UTF_8.encode("x"))));
                assertEquals("x", pipe.read(10));
                assertEquals(0, waker.wakes.get());
            });
        }
    }

    /** A task that was aborted gives its read up late, when the next one waits already. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void readThatIsGivenUpLateLeavesTheNextOneAlone() throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(Setup.TWO_WORKERS, () -> {
                var reader = stdin(pipe);
                var first = new CountingWaker();
                var second = new CountingWaker();
                var given = reader.read(ByteBuffer.allocate(1));
                var next = reader.read(ByteBuffer.allocate(1));
                assertFalse(given.poll(first.cx).isReady());
                assertFalse(next.poll(second.cx).isReady());
                given.cancel();
                pipe.write("x");
                Eventually.until("the next read is woken", () -> second.wakes.get() == 1);
                assertEquals(1, soon(next));
                assertEquals(0, first.wakes.get());
            });
        }
    }

    /** The same; it is given up on another thread, while the next one is being polled. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void readThatIsGivenUpDuringTheNextPollLeavesThatAlone() throws Exception {
        for (int moment = 0; moment < 4; moment++) {
            int at = moment;
            try (var pipe = PipeEnds.open()) {
                InSetup.run(Setup.TWO_WORKERS, () -> {
                    var reader = stdin(pipe);
                    var second = new CountingWaker();
                    var given = reader.read(ByteBuffer.allocate(1));
                    var next = reader.read(ByteBuffer.allocate(1));
                    assertFalse(given.poll(new CountingWaker().cx).isReady());
                    assertFalse(next.poll(second.interruptedAt(at, given::cancel)).isReady());
                    pipe.write("x");
                    Eventually.until("the next read is woken", () -> second.wakes.get() == 1);
                    assertEquals(1, soon(next));
                });
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void writeThatIsGivenUpLateLeavesTheNextOneAlone() throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(Setup.TWO_WORKERS, () -> {
                var out = stdout(pipe);
                pipe.fill();
                var first = new CountingWaker();
                var second = new CountingWaker();
                var given = out.write(StandardCharsets.UTF_8.encode("lost"));
                var next = out.write(StandardCharsets.UTF_8.encode("x"));
                assertFalse(given.poll(first.cx).isReady());
                assertFalse(next.poll(second.cx).isReady());
                given.cancel();
                pipe.drain();
                Eventually.until("the next write is woken", () -> second.wakes.get() == 1);
                assertEquals(1, soon(next));
                assertEquals("x", pipe.read(10));
                assertEquals(0, first.wakes.get());
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void outputWaitsForRoomWithoutAThread(Setup setup) throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(setup, () -> {
                var out = stdout(pipe);
                var text = "0123456789".repeat(30_000);
                var task = Edo.spawn(() -> {
                    out.writeAll(StandardCharsets.UTF_8.encode(text)).await();
                    out.flush().await();
                    var direct = ByteBuffer.allocateDirect(1).put((byte) '!').flip();
                    return out.write(direct).await();
                });
                var got = new StringBuilder();
                while (got.length() <= text.length()) {
                    var piece = pipe.read(65536);
                    if (piece == null) {
                        soon(Edo.yieldNow());
                    } else {
                        got.append(piece);
                    }
                }
                assertEquals(1, soon(task));
                assertEquals(text + "!", got.toString());
                soon(out.shutdownOutput());
                assertTrue(pipe.out().isOpen());
            });
        }
    }

    /** They stay registered as long as the runtime, and a test that prints a line leaves nothing behind. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    @EnabledOnOs(OS.LINUX)
    void standardStreamIsNoneOfTheSlotsThatSomebodyHasToGiveBack(Setup setup) throws Exception {
        try (var pipe = PipeEnds.open()) {
            InSetup.run(setup, () -> {
                var metrics = Handle.current().metrics();
                int before = metrics.ioDriverSlotsInUse();
                long registered = metrics.ioDriverFdRegisteredCount();
                soon(stdout(pipe).writeAll(StandardCharsets.UTF_8.encode("line\n")));
                assertEquals("line\n", pipe.read(10));
                assertEquals(registered + 1, metrics.ioDriverFdRegisteredCount());
                assertEquals(before, metrics.ioDriverSlotsInUse());
            });
        }
    }

    /**
     * Registering takes other locks, and who does it may leave its carrier meanwhile. A task that comes then must not
     * keep the thread until that is done: nobody else may be there to go on with it.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void taskThatComesWhileAnotherRegistersIsPolledAgain() throws Exception {
        try (var input = PipeEnds.open(); var output = PipeEnds.open()) {
            var in = new StdioDescriptor(input.in().intValue(), Interest.READABLE);
            var out = new StdioDescriptor(output.out().intValue(), Interest.WRITABLE);
            InSetup.run(Setup.CURRENT_THREAD, () -> {
                var reader = new StdinReader(in, new StdinThread(failingInput()));
                var writer = new StdoutWriter(out, FileDescriptor.err);
                var waker = new CountingWaker();
                assertTrue(in.beginRegistering());
                assertEquals(IoResult.PENDING, reader.pollRead(waker.cx, ByteBuffer.allocate(1)));
                assertEquals(1, waker.wakes.get());
                in.endRegistering();
                assertTrue(out.beginRegistering());
                assertEquals(IoResult.PENDING, writer.pollWrite(waker.cx, ByteBuffer.allocate(1)));
                assertEquals(2, waker.wakes.get());
                out.endRegistering();
                input.write("x");
                assertEquals(1, soon(reader.read(ByteBuffer.allocate(1))));
                assertEquals(1, soon(writer.write(StandardCharsets.UTF_8.encode("y"))));
                assertEquals("y", output.read(10));
            });
        }
    }

    /** That a runtime refuses because it has ended says nothing about what the kernel can poll. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void streamThatIsFirstUsedInARuntimeThatHasEndedIsPolledInTheNext() throws Exception {
        try (var pipe = PipeEnds.open()) {
            var descriptor = new StdioDescriptor(pipe.in().intValue(), Interest.READABLE);
            var ended = Setup.CURRENT_THREAD.start();
            ended.close();
            try (var _ = ended.handle().enter()) {
                assertThrows(RuntimeShutdownException.class, () -> descriptor.entry(new CountingWaker().cx));
            }
            InSetup.run(Setup.CURRENT_THREAD,
                    () -> assertNotSame(StdioDescriptor.Entry.NONE, descriptor.entry(new CountingWaker().cx)));
        }
    }

    /** The flags of a descriptor are those of every process that has it: the shell's terminal must stay blocking. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void flagsOfTheDescriptorItselfStayAsTheyAre() throws Exception {
        try (var pipe = PipeEnds.open()) {
            var before = flags(pipe.in().intValue());
            var second = new StdioDescriptor(pipe.in().intValue(), Interest.READABLE).second();
            assertTrue(second.intValue() != pipe.in().intValue());
            assertEquals(before, flags(pipe.in().intValue()));
            second.close();
        }
    }

    private static String flags(int fd) throws IOException {
        return Files.readString(Path.of("/proc/self/fdinfo/" + fd)).lines()
                .filter(line -> line.startsWith("flags")).findFirst().orElseThrow();
    }

    /** A regular file in the place of the standard input: a second descriptor would begin at its start. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void regularFileIsReadByTheThread() throws Exception {
        var file = Files.createTempFile("edo", "stdin");
        Files.writeString(file, "content");
        try (var descriptor = new FileInputStream(file.toFile())) {
            var regular = new StdioDescriptor(number(file), Interest.READABLE);
            InSetup.run(Setup.CURRENT_THREAD, () -> {
                assertSame(StdioDescriptor.Entry.NONE, regular.entry(new CountingWaker().cx));
                assertEquals("content", soon(new StdinReader(regular, new StdinThread(descriptor)).readToString()));
            });
        } finally {
            Files.delete(file);
        }
    }

    private static int number(Path file) throws IOException {
        try (var fds = Files.list(Path.of("/proc/self/fd"))) {
            return fds.filter(fd -> {
                try {
                    return Files.isSameFile(fd, file);
                } catch (IOException e) {
                    return false;
                }
            }).mapToInt(fd -> Integer.parseInt(fd.getFileName().toString())).findFirst().orElseThrow();
        }
    }

    /** Where nothing can be polled: the thread reads when it is asked, and no sooner. */
    @Test
    void threadReadsOnDemandAndKeepsWhatACancelledReadAskedFor() throws Exception {
        var input = new PipedInputStream(64);
        try (var keyboard = new PipedOutputStream(input)) {
            var thread = new StdinThread(input);
            keyboard.write("ab".getBytes(StandardCharsets.UTF_8));
            assertFalse(thread.hasBegun());
            assertEquals(2, input.available());
            InSetup.run(Setup.CURRENT_THREAD, () -> {
                var first = thread.read(ByteBuffer.allocate(1));
                assertFalse(first.poll(new CountingWaker().cx).isReady());
                first.cancel();
                assertEquals((int) 'a', soon(thread.readU8()));
                assertEquals((int) 'b', soon(thread.readU8()));
                keyboard.write('c');
                assertEquals((int) 'c', soon(thread.readU8()));
            });
            assertEquals(0, input.available());
        }
    }

    @Test
    void failureOfTheThreadReachesTheReader() throws Exception {
        InSetup.run(Setup.CURRENT_THREAD, () -> {
            var thread = new StdinThread(failingInput());
            var thrown = assertThrows(IOException.class,
                    () -> soon(thread.read(ByteBuffer.allocate(1))));
            assertTrue(thrown.getMessage().contains("although"), thrown.getMessage());
        });
    }

    /** The real ones, whatever they are in the process that runs the tests. */
    @Test
    void outputStreamsOfTheProcessTakeBytes() throws Exception {
        InSetup.run(Setup.TWO_WORKERS, () -> {
            for (var out : new AsyncWrite[] {Io.stdout(), Io.stderr()}) {
                soon(out.writeAll(ByteBuffer.wrap(new byte[] {'\n'})));
                soon(out.flush());
            }
            assertNotNull(Io.stdin());
        });
    }
}
