package dev.edo.test;

import static dev.edo.test.EdoAssertions.assertElapsed;
import static dev.edo.test.EdoAssertions.assertPending;
import static dev.edo.test.EdoAssertions.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.io.IoResult;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.task.JoinError;
import dev.edo.time.Instant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MockIoTest {
    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static String read(MockIo io, int room) throws IOException {
        var buffer = ByteBuffer.allocate(room);
        int n = io.read(buffer).await();
        assertEquals(Math.max(0, n), buffer.position());
        return n < 0 ? "the end" : StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static void write(MockIo io, String text) throws IOException {
        io.writeAll(bytes(text)).await();
    }

    @EdoTest
    void readsBringWhatTheScriptHasAndThenTheEnd() throws IOException {
        try (var io = MockIo.builder().read("hello ").read("world!").build()) {
            assertEquals("hello ", read(io, 256));
            assertEquals("wor", read(io, 3));
            assertEquals("ld!", read(io, 256));
            assertEquals("the end", read(io, 256));
            assertEquals("", read(io, 0));
        }
    }

    @EdoTest
    void readErrorComesOnce() throws IOException {
        var cruel = new IOException("cruel");
        try (var io = MockIo.builder().read("hello ").readError(cruel).read("world!").build()) {
            assertEquals("hello ", read(io, 256));
            assertSame(cruel, assertThrows(IOException.class, () -> read(io, 256)));
            assertEquals("world!", read(io, 256));
        }
    }

    @EdoTest
    void writesAreExpectedByTheScript() throws IOException {
        try (var io = MockIo.builder().write("hello ").write("world!").build()) {
            write(io, "hello ");
            write(io, "wor");
            write(io, "ld!");
        }
        try (var io = MockIo.builder().write("hello ").write("world!").build()) {
            assertEquals(12, io.write(bytes("hello world!")).await());
        }
    }

    @EdoTest
    void writeErrorComesOnce() throws IOException {
        var cruel = new IOException("cruel");
        try (var io = MockIo.builder().write("hello ").writeError(cruel).write("world!").build()) {
            write(io, "hello ");
            assertSame(cruel, assertThrows(IOException.class, () -> write(io, "whoa")));
            write(io, "world!");
        }
    }

    @EdoTest
    void handleContinuesTheScript() throws Exception {
        try (var handle = MockIo.builder().buildWithHandle(); var io = handle.io()) {
            handle.write("hello ").write("world!").read("hello ").read("world!");
            write(io, "hello ");
            write(io, "world!");
            assertEquals("hello ", read(io, 6));
            assertEquals("world!", read(io, 6));
            handle.readError(new IOException("r")).writeError(new IOException("w"));
            assertThrows(IOException.class, () -> read(io, 6));
            assertThrows(IOException.class, () -> write(io, "x"));
        }
    }

    @Test
    void readersAndWritersOfAnOpenScriptAreWokenByTheHandle() throws Exception {
        var handle = MockIo.builder().buildWithHandle();
        var io = handle.io();
        var read = TaskProbe.of(io.read(ByteBuffer.allocate(9)));
        var write = TaskProbe.of(io.write(bytes("out")));
        assertPending(read);
        assertPending(write);
        handle.write("out");
        assertTrue(read.isWoken());
        assertTrue(write.isWoken());
        assertPending(read);
        assertReady(3, write);
        assertTrue(read.isWoken(), "the write step is done");
        handle.read("in");
        assertReady(2, read);
        var end = TaskProbe.of(io.read(ByteBuffer.allocate(9)));
        assertPending(end);
        handle.close();
        assertTrue(end.isWoken());
        assertReady(-1, end);
        io.close();
        var e = assertThrows(IllegalStateException.class, () -> handle.read("late"));
        assertTrue(e.getMessage().contains("complete"), e::getMessage);
    }

    @Test
    void readerWaitsForTheWritesBeforeIt() throws Exception {
        var io = MockIo.builder().write("ping").read("pong").build();
        var read = TaskProbe.of(io.read(ByteBuffer.allocate(9)));
        assertPending(read);
        assertReady(2, TaskProbe.of(io.write(bytes("pi"))));
        assertPending(read);
        assertReady(2, TaskProbe.of(io.write(bytes("ng"))));
        assertTrue(read.isWoken());
        assertReady(4, read);
        io.close();
    }

    @Test
    void writerMayGoAheadOfReads() throws Exception {
        var io = MockIo.builder().read("in").write("out").build();
        assertReady(3, TaskProbe.of(io.write(bytes("out"))));
        assertReady(2, TaskProbe.of(io.read(ByteBuffer.allocate(9))));
        io.close();
    }

    @Test
    void writerWaitsForTheErrorThatIsNotItsTurnYet() throws Exception {
        var io = MockIo.builder().read("in").writeError(new IOException("w")).build();
        var write = TaskProbe.of(io.write(bytes("out")));
        assertPending(write);
        assertReady(2, TaskProbe.of(io.read(ByteBuffer.allocate(9))));
        assertTrue(write.isWoken());
        EdoAssertions.assertReadyErr(IOException.class, write);
        io.close();
    }

    @Test
    void cancelledReadsAndWritesAreNotWoken() throws Exception {
        var handle = MockIo.builder().buildWithHandle();
        var read = TaskProbe.of(handle.io().read(ByteBuffer.allocate(9)));
        var write = TaskProbe.of(handle.io().write(bytes("out")));
        assertPending(read);
        assertPending(write);
        read.cancel();
        write.cancel();
        handle.close();
        assertFalse(read.isWoken());
        assertFalse(write.isWoken());
    }

    @Test
    void wrongBytesFailAtOnceAndAgainWhenClosed() {
        var io = MockIo.builder().name("peer").write("hello\n").build();
        var e = assertThrows(AssertionError.class, () -> TaskProbe.of(io.write(bytes("help\0"))).poll());
        assertEquals("MockIo[peer]: written: \"help\\x00\", expected: \"hello\"; the script goes on with"
                + " [write \"hello\\n\"]", e.getMessage());
        assertEquals(e.getMessage(), assertThrows(AssertionError.class, io::close).getMessage());
    }

    @Test
    void writeThatCannotComeFails() {
        var none = MockIo.builder().build();
        assertThrows(AssertionError.class, () -> TaskProbe.of(none.write(bytes("x"))).poll());
        assertThrows(AssertionError.class, none::close);
        var reads = MockIo.builder().read("in").build();
        var e = assertThrows(AssertionError.class, () -> TaskProbe.of(reads.write(bytes("x"))).poll());
        assertTrue(e.getMessage().contains("unexpected write of \"x\""), e::getMessage);
    }

    @Test
    void unfinishedScriptFailsWhenClosed() {
        var read = MockIo.builder().name("peer").read("left").build();
        var e = assertThrows(AssertionError.class, read::close);
        assertEquals("MockIo[peer]: the script was not followed to its end, left: [read \"left\"]",
                e.getMessage());
        assertThrows(AssertionError.class, () -> MockIo.builder().write("left").build().close());
        var error = MockIo.builder().readError(new IOException()).build();
        assertThrows(AssertionError.class, error::close);
        MockIo.builder().read("").write("").wait(Duration.ofDays(1)).build().close();
    }

    @Test
    void failureOfTheTestIsNotHiddenByTheRestOfTheScript() {
        var e = assertThrows(IllegalStateException.class, () -> {
            try (var io = MockIo.builder().read("left").build()) {
                throw new IllegalStateException("the test's own, with " + io);
            }
        });
        assertEquals(1, e.getSuppressed().length);
    }

    @Test
    void builderMayBeUsedAgain() throws Exception {
        var builder = MockIo.builder().read("in").write("out");
        for (int i = 0; i < 2; i++) {
            try (var io = builder.build()) {
                assertReady(2, TaskProbe.of(io.read(ByteBuffer.allocate(9))));
                assertReady(3, TaskProbe.of(io.write(bytes("out"))));
            }
        }
    }

    @EdoTest(startPaused = true)
    void waitsHoldUpReadsAndWrites() throws Exception {
        try (var io = MockIo.builder()
                .wait(Duration.ofSeconds(1)).read("hello ").wait(Duration.ofSeconds(2)).read("world!")
                .wait(Duration.ofSeconds(3)).write("bye").wait(Duration.ZERO).build()) {
            var start = Instant.now();
            assertEquals("hello ", read(io, 99));
            assertElapsed(start, Duration.ofSeconds(1));
            assertEquals("world!", read(io, 99));
            assertElapsed(start, Duration.ofSeconds(3));
            write(io, "bye");
            assertElapsed(start, Duration.ofSeconds(6));
        }
    }

    /** Both sides stand in the same wait; whoever polled its timer last, both are woken. */
    @EdoTest(startPaused = true)
    void waitHoldsUpBothSidesAtOnce() throws Exception {
        try (var io = MockIo.builder().wait(Duration.ofSeconds(1)).write("out").read("in").build()) {
            var reader = Edo.spawn(() -> read(io, 9));
            var writer = Edo.spawn(() -> write(io, "out"));
            writer.await();
            assertEquals("in", reader.await());
        }
    }

    /**
     * The message of a failure tells what is left of the script, and so asks its exceptions what they are. One that
     * leaves its carrier meanwhile has the mock's lock: the stackless task that comes next on that carrier wants it
     * too, and must not keep it from going on.
     */
    @EdoTest
    @Timeout(30)
    void exceptionOfTheScriptMayTakeItsTimeToTellWhatItIs() throws Exception {
        var slow = new IOException("slow") {
            @Override
            public String toString() {
                Thread.yield();
                return "slow";
            }
        };
        var io = MockIo.builder().write("out").writeError(slow).build();
        var writer = Edo.spawn(() -> write(io, "oops"));
        var reader = Edo.spawn(Future.<Integer>of(cx -> {
            int n = io.pollRead(cx, ByteBuffer.allocate(1));
            io.cancelRead(cx.waker());
            return Poll.ready(n);
        }));
        assertEquals(IoResult.PENDING, (int) reader.await());
        var cause = assertThrows(JoinError.class, writer::await).getCause();
        assertTrue(String.valueOf(cause).contains("writeError slow"), () -> "cause: " + cause);
        assertThrows(AssertionError.class, io::close);
    }

    @EdoTest(flavor = RuntimeFlavor.MULTI_THREAD)
    void twoTasksOnTwoWorkersShareAMock() throws Exception {
        for (int round = 0; round < 200; round++) {
            var handle = MockIo.builder().buildWithHandle();
            try (var io = handle.io()) {
                var reader = Edo.spawn(() -> {
                    var all = new StringBuilder();
                    for (var part = read(io, 2); !part.equals("the end"); part = read(io, 2)) {
                        all.append(part);
                    }
                    return all.toString();
                });
                var writer = Edo.spawn(() -> {
                    for (char c : "abcdef".toCharArray()) {
                        write(io, "" + c);
                    }
                });
                for (int i = 0; i < 3; i++) {
                    handle.write("abcdef".substring(2 * i, 2 * i + 2)).read("xyz");
                }
                handle.close();
                writer.await();
                assertEquals("xyzxyzxyz", reader.await());
            }
        }
    }
}
