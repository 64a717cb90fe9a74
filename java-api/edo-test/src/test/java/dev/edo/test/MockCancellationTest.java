package dev.edo.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.time.TestClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripted I/O and streams, given up at each await point: the script is then followed to its end as without, and who
 * gave up is not woken.
 */
class MockCancellationTest {
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final String TEXT = "abcd";

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    /** Each poll finds one more byte; the last one comes when the read was given up. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aReadThatWasGivenUpHasReadWhatItSawAndNoMore(int bytesSeen) throws Exception {
        try (var script = MockIo.builder().buildWithHandle(); var io = script.io()) {
            var dst = ByteBuffer.allocate(TEXT.length());
            var read = TaskProbe.of(io.readExact(dst));
            for (int i = 0; i < bytesSeen; i++) {
                assertFalse(read.poll().isReady());
                script.read(TEXT.substring(i, i + 1));
                assertTrue(read.isWoken());
            }
            assertFalse(read.poll().isReady());
            int wakes = read.wakeCount();
            read.cancel();
            script.read(TEXT.substring(bytesSeen));
            assertEquals(wakes, read.wakeCount());
            assertEquals(TEXT.substring(0, bytesSeen), text(dst.duplicate().flip()));
            assertTrue(TaskProbe.of(io.readExact(dst)).poll().isReady());
            assertEquals(TEXT, text(dst.flip()));
        }
    }

    /** Each poll finds one more byte expected; closing tells whether all came once. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aWriteThatWasGivenUpHasWrittenWhatWasTakenAndNoMore(int bytesTaken) throws Exception {
        try (var script = MockIo.builder().buildWithHandle(); var io = script.io()) {
            var src = StandardCharsets.UTF_8.encode(TEXT);
            var write = TaskProbe.of(io.writeAll(src));
            for (int i = 0; i < bytesTaken; i++) {
                assertFalse(write.poll().isReady());
                script.write(TEXT.substring(i, i + 1));
                assertTrue(write.isWoken());
            }
            assertFalse(write.poll().isReady());
            int wakes = write.wakeCount();
            write.cancel();
            script.write(TEXT.substring(bytesTaken));
            assertEquals(wakes, write.wakeCount());
            assertEquals(TEXT.substring(bytesTaken), text(src));
            assertTrue(TaskProbe.of(io.writeAll(src)).poll().isReady());
            assertTrue(TaskProbe.of(io.flush()).poll().isReady());
            assertTrue(TaskProbe.of(io.shutdownOutput()).poll().isReady());
        }
    }

    /** The time of the script goes on, whoever waits for it. */
    @EdoTest(startPaused = true)
    void aReadThatWasGivenUpInAWaitOfTheScriptLeavesTheBytes() throws Exception {
        try (var io = MockIo.builder().wait(WAIT).read(TEXT).build()) {
            var dst = ByteBuffer.allocate(TEXT.length());
            var read = TaskProbe.of(io.read(dst));
            assertFalse(read.poll().isReady());
            read.cancel();
            TestClock.advance(WAIT).await();
            assertEquals(0, read.wakeCount());
            assertEquals(TEXT.length(), io.read(dst).await());
        }
    }

    @EdoTest(startPaused = true)
    void anElementWhoseWaitWasGivenUpComesNext() throws Exception {
        try (var stream = MockStream.<Integer>builder().wait(WAIT).next(1).build()) {
            var next = TaskProbe.of(stream.next());
            assertFalse(next.poll().isReady());
            next.cancel();
            TestClock.advance(WAIT).await();
            assertEquals(1, stream.next().await());
            assertNull(stream.next().await());
        }
    }

    @EdoTest(startPaused = true)
    void aStreamThatWasGivenUpHasNoTimerLeft() throws Exception {
        try (var stream = MockStream.<Integer>builder().wait(WAIT).build()) {
            var next = TaskProbe.of(stream.next());
            assertFalse(next.poll().isReady());
            stream.cancel();
            TestClock.advance(WAIT).await();
            assertEquals(0, next.wakeCount());
            assertNull(stream.next().await());
        }
    }

    @Test
    void aReadThatWasGivenUpBeforeItsFirstPollHasReadNothing() throws Exception {
        try (var io = MockIo.builder().read(TEXT).build()) {
            var dst = ByteBuffer.allocate(TEXT.length());
            TaskProbe.of(io.read(dst)).cancel();
            assertEquals(0, dst.position());
            assertTrue(TaskProbe.of(io.read(dst)).poll().isReady());
        }
    }
}
