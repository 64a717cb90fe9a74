package dev.edo.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation, over a stream that gives and takes one byte at a time: its result is the same
 * when it has to wait before each step, it passes on a failure of each step, and it can be given up
 * after each poll without leaving a waker.
 */
class EveryPointTest {
    private static final int MOST_POLLS = 500;

    /** An operation on a stream that has "ab\ncd\nef" to read. */
    private record Operation(String name, Function<FakeStream, IoFuture<?>> on) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static FakeStream stream() {
        return FakeStream.readingBytes("ab\ncd\nef".getBytes()).writing(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    private static IoFuture<?> seek(AsyncSeek seek) {
        return seek.seek(SeekFrom.current(3));
    }

    private static BufWriter<FakeStream> filled(FakeStream to) {
        var writer = new BufWriter<>(to, 16);
        try {
            int unused = writer.pollWrite(new TestContext(), TestContext.bytes("buffered"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return writer;
    }

    static Stream<Operation> operations() {
        return Stream.of(
                new Operation("read", s -> s.read(ByteBuffer.allocate(4))),
                new Operation("readExact", s -> s.readExact(ByteBuffer.allocate(5))),
                new Operation("readToEnd", s -> s.readToEnd()),
                new Operation("readToString", s -> s.readToString(8)),
                new Operation("readU8", s -> s.readU8()),
                new Operation("readI64Le", s -> s.readI64Le()),
                new Operation("readU32 buffered", s -> new BufReader<>(s, 2).readU32()),
                new Operation("chain", s -> s.chain(Io.reader(TestContext.bytes("!"))).readToString()),
                new Operation("take", s -> s.take(4).readToString()),
                new Operation("fillBuf", s -> new BufReader<>(s).fillBuf()),
                new Operation("readUntil", s -> new BufReader<>(s).readUntil((byte) 'd')),
                new Operation("readLine", s -> new BufReader<>(s).readLine()),
                new Operation("nextLine", s -> new BufReader<>(s).lines().nextLine()),
                new Operation("nextSegment", s -> new BufReader<>(s).split((byte) 'c').nextSegment()),
                new Operation("buffered take and chain", s -> new BufReader<>(s, 3).take(4)
                        .chain(Io.reader(TestContext.bytes("!\n"))).readLine()),
                new Operation("seek", s -> seek(s)),
                new Operation("rewind", s -> s.rewind()),
                new Operation("streamPosition", s -> s.streamPosition()),
                new Operation("seek of a reader", s -> seek(new BufReader<>(s))),
                new Operation("seek of a writer", s -> seek(filled(s))),
                new Operation("writeAll", s -> s.writeAll(TestContext.bytes("hello"))),
                new Operation("writeAll vectored", s -> s.vectored()
                        .writeAll(new ByteBuffer[] {TestContext.bytes("he"), TestContext.bytes("llo")})),
                new Operation("writeU64", s -> s.writeU64(7)),
                new Operation("flush of a writer", s -> filled(s).flush()),
                new Operation("shutdown of a writer", s -> filled(s).shutdownOutput()),
                new Operation("write to a full writer", s -> filled(s).writeAll(TestContext.bytes("0123456789"))),
                new Operation("copy", s -> Io.copy(s, s)),
                new Operation("copy through a small buffer", s -> Io.copy(s, s, ByteBuffer.allocate(3))),
                new Operation("copyBuf", s -> Io.copyBuf(new BufReader<>(s, 3), s)),
                new Operation("copyBidirectional", s -> Io.copyBidirectional(s, stream(), 2, 2)),
                new Operation("halves", s -> Io.split(s).read().readToString()),
                new Operation("joined", s -> Io.join(s, s).writeAll(TestContext.bytes("x"))),
                new Operation("inspected", s -> Io.inspectReads(s, _ -> {}).readToEnd()));
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> Arrays.toString(bytes);
            case ByteBuffer buffer -> TestContext.text(buffer);
            case null, default -> value;
        };
    }

    private record Outcome(@Nullable Object value, String written) {}

    private static Outcome outcome(Operation operation, boolean pending) throws Exception {
        var stream = stream();
        stream.pendingBeforeEachStep = pending;
        var value = shown(TestContext.complete(operation.on().apply(stream)));
        assertFalse(stream.hasWakers(), "a waker was left");
        return new Outcome(value, stream.text());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void waitingBeforeEachStepChangesNothing(Operation operation) throws Exception {
        assertEquals(outcome(operation, false), outcome(operation, true));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void failureOfEachStepIsPassedOnAndEndsTheFuture(Operation operation) throws Exception {
        for (boolean pending : new boolean[] {false, true}) {
            var smooth = stream();
            TestContext.complete(operation.on().apply(smooth));
            for (int step = 0; step < smooth.steps; step++) {
                var stream = stream();
                stream.pendingBeforeEachStep = pending;
                stream.failAtStep = step;
                var future = operation.on().apply(stream);
                if (stream.steps > step) {
                    continue; // while the operation was prepared
                }
                var thrown = assertThrows(IOException.class, () -> TestContext.complete(future), "step " + step);
                assertEquals("scripted", thrown.getMessage());
                assertFalse(stream.hasWakers(), "a waker was left at step " + step);
                assertThrows(IllegalStateException.class, () -> future.poll(new TestContext()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void canBeGivenUpAfterEachPoll(Operation operation) throws Exception {
        for (int polls = 0; polls < MOST_POLLS; polls++) {
            var stream = stream();
            stream.pendingBeforeEachStep = true;
            var future = operation.on().apply(stream);
            var cx = new TestContext();
            boolean ended = false;
            for (int i = 0; i < polls && !ended; i++) {
                ended = future.poll(cx) instanceof Poll.Ready;
            }
            future.cancel();
            future.cancel();
            assertFalse(stream.hasWakers(), "a waker was left after " + polls + " polls");
            assertThrows(IllegalStateException.class, () -> future.poll(cx), "after " + polls + " polls");
            if (ended) {
                return;
            }
        }
        throw new AssertionError("never ends");
    }
}
