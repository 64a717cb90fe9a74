package dev.edo.io;

import static dev.edo.io.TestContext.bytes;
import static dev.edo.io.TestContext.complete;
import static dev.edo.io.TestContext.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Delimiters, lines and the buffer of a reader. */
class BufReadTest {
    private final TestContext cx = new TestContext();

    private static BufReader<FakeStream> over(String... chunks) {
        return new BufReader<>(FakeStream.reading(chunks), 4);
    }

    @Test
    void fillBufShowsTheSameUntilItIsConsumed() throws Exception {
        var reader = over("hello");
        assertEquals("hell", text(cx.now(reader.fillBuf())));
        assertEquals("hell", text(cx.now(reader.fillBuf())));
        assertEquals("hell", text(reader.buffered()));
        reader.consume(3);
        assertEquals("l", text(cx.now(reader.fillBuf())));
        assertThrows(IllegalArgumentException.class, () -> reader.consume(2));
        assertThrows(IllegalArgumentException.class, () -> reader.consume(-1));
        reader.consume(1);
        assertEquals("o", text(cx.now(reader.fillBuf())));
        reader.consume(1);
        assertFalse(cx.now(reader.fillBuf()).hasRemaining());
    }

    @Test
    void smallReadsComeOutOfTheBufferAndLargeOnesGoPastIt() throws Exception {
        var reader = over("0123456789");
        var dst = ByteBuffer.allocate(3);
        assertEquals(3, cx.now(reader.read(dst)));
        assertEquals(1, reader.buffered().remaining());
        assertEquals(1, cx.now(reader.read(dst.clear())), "what is in the buffer comes first, alone");
        assertEquals('3', dst.get(0));
        var large = ByteBuffer.allocate(5);
        assertEquals(5, cx.now(reader.read(large)));
        assertEquals("45678", text(large.flip()));
        assertEquals(0, reader.buffered().remaining());
        assertEquals(0, cx.now(reader.read(ByteBuffer.allocate(0))));
        assertEquals("9", complete(reader.readToString()));
        assertEquals(-1, cx.now(reader.read(dst.clear())));
    }

    @Test
    void shortReadsOfTheSourceAreHandedOut() throws Exception {
        var reader = over("0", "12", "", "3");
        var dst = ByteBuffer.allocate(3);
        assertEquals(1, cx.now(reader.read(dst)));
        assertEquals(2, cx.now(reader.read(dst)));
        assertEquals("012", text(dst.flip()));
    }

    /** A file that grows, or a terminal: what ended once is asked again. */
    @Test
    void endOfTheSourceIsPassedOnAndNotRemembered() throws Exception {
        var script = new ArrayDeque<>(List.of("", "0", "12", "", "3", ""));
        var reader = new BufReader<AsyncRead>((_, dst) -> {
            var chunk = script.remove().getBytes(StandardCharsets.UTF_8);
            dst.put(chunk);
            return chunk.length == 0 ? IoResult.END_OF_STREAM : chunk.length;
        }, 8);
        for (int expected : new int[] {-1, 1, 2, -1, 1, -1}) {
            assertEquals(expected, cx.now(reader.read(ByteBuffer.allocate(2))));
        }
    }

    /** What comes behind the end belongs to the next number. */
    @Test
    void numberThatMeetsTheEndFailsAtOnce() throws Exception {
        var script = new ArrayDeque<>(List.of("", "0"));
        var reader = new BufReader<AsyncRead>((_, dst) -> {
            var chunk = script.remove().getBytes(StandardCharsets.UTF_8);
            dst.put(chunk);
            return chunk.length == 0 ? IoResult.END_OF_STREAM : chunk.length;
        }, 8);
        assertThrows(EOFException.class, () -> cx.now(reader.readU8()));
        assertEquals((int) '0', cx.now(reader.readU8()));
    }

    /** Delimiters are looked for eight bytes at a time, which the wrong order would turn around. */
    @Test
    void byteOrderThatACallerSetsIsGoneWithTheNextCall() throws Exception {
        var reader = new BufReader<>(FakeStream.reading("\1\0\0\0ab\ncdefgh\n"));
        assertEquals(1, cx.now(reader.fillBuf()).order(ByteOrder.LITTLE_ENDIAN).getInt());
        reader.consume(4);
        assertEquals("ab", cx.now(reader.readLine()));
        assertEquals(ByteOrder.BIG_ENDIAN, cx.now(reader.fillBuf()).order());
    }

    @Test
    void readerWithADirectBufferReadsTheSame() throws Exception {
        var reader = new BufReader<>(FakeStream.reading("ab\ncdefgh\n"), ByteBuffer.allocateDirect(5));
        assertEquals("ab", complete(reader.readLine()));
        assertEquals("cdefgh", complete(reader.readLine()));
        assertThrows(IllegalArgumentException.class, () -> new BufReader<>(Io.empty(), 0));
        assertThrows(IllegalArgumentException.class,
                () -> new BufReader<>(Io.empty(), ByteBuffer.allocate(4).asReadOnlyBuffer()));
    }

    @Test
    void readUntilTakesTheDelimiterAlong() throws Exception {
        var reader = over("hello wor", "ld");
        assertEquals("hello ", text(complete(reader.readUntil((byte) ' '))));
        assertEquals("world", text(complete(reader.readUntil((byte) ' '))));
        assertEquals("", text(complete(reader.readUntil((byte) ' '))));
    }

    @Test
    void readLineStripsEitherLineEndAndNothingElse() throws Exception {
        var reader = over("one\r\ntw", "o\r\r\n\n\r\nthree\rx\nlast\r");
        assertEquals("one", complete(reader.readLine()));
        assertEquals("two\r", complete(reader.readLine()));
        assertEquals("", complete(reader.readLine()));
        assertEquals("", complete(reader.readLine()));
        assertEquals("three\rx", complete(reader.readLine()));
        assertEquals("last\r", complete(reader.readLine()));
        assertNull(complete(reader.readLine()));
        assertNull(complete(reader.readLine()));
    }

    @Test
    void lineThatIsNotUtf8FailsAndTheNextOneIsFine() throws Exception {
        var source = FakeStream.readingBytes((byte) 'a', (byte) 0xff, (byte) '\n', (byte) 'b', (byte) '\n');
        var lines = new BufReader<>(source).lines();
        assertThrows(CharacterCodingException.class, () -> complete(lines.nextLine()));
        assertEquals("b", complete(lines.nextLine()));
        assertNull(complete(lines.nextLine()));
    }

    /** What came before the failure is no text either, but nobody knows yet whether it is all. */
    @Test
    void failureOfTheSourceComesBeforeThatOfTheText() {
        var source = FakeStream.reading("Hello Wor").thenRead(new byte[] {-1, -1, -1});
        source.failAtStep = 2;
        var reader = new BufReader<>(source);
        var thrown = assertThrows(IOException.class, () -> complete(reader.readLine()));
        assertEquals("scripted", thrown.getMessage());
    }

    /** The task waits in the middle of a line, another branch wins, and it asks for the line again. */
    @Test
    void cancelledNextLineLosesNothing() throws Exception {
        var source = FakeStream.reading("hel").thenRead(FakeStream.PENDING).thenRead("lo\nnext".getBytes());
        var lines = new BufReader<>(source).lines();
        var given = lines.nextLine();
        assertFalse(given.poll(cx).isReady());
        given.cancel();
        assertNull(source.readWaker);
        assertEquals("hello", complete(lines.nextLine()));
        assertEquals("next", complete(lines.nextLine()));
    }

    @Test
    void splitGivesThePartsBetweenDelimiters() throws Exception {
        var parts = over("a,,b", "c,").split((byte) ',');
        assertEquals("a", text(complete(parts.nextSegment())));
        assertEquals("", text(complete(parts.nextSegment())));
        assertEquals("bc", text(complete(parts.nextSegment())));
        assertNull(complete(parts.nextSegment()));
    }

    @Test
    void cancelledNextSegmentLosesNothing() throws Exception {
        var source = FakeStream.reading("a").thenRead(FakeStream.PENDING).thenRead("b,c".getBytes());
        var parts = new BufReader<>(source).split((byte) ',');
        var given = parts.nextSegment();
        assertFalse(given.poll(cx).isReady());
        given.cancel();
        assertEquals("ab", text(complete(parts.nextSegment())));
        assertEquals("c", text(complete(parts.nextSegment())));
    }

    @Test
    void linesCanBePolledForByHand() throws Exception {
        var source = FakeStream.reading("hel").thenRead(FakeStream.PENDING).thenRead("lo\nnext".getBytes());
        var lines = new BufReader<>(source).lines();
        assertEquals(Poll.pending(), lines.pollNextLine(cx));
        assertEquals(cx, source.readWaker);
        assertEquals(Poll.ready("hello"), lines.pollNextLine(cx));
        assertEquals(Poll.ready("next"), lines.pollNextLine(cx));
        assertEquals(Poll.ready(), lines.pollNextLine(cx));
        var tooLong = over("abcdef\n").lines(3);
        assertThrows(LimitExceededException.class, () -> tooLong.pollNextLine(cx));
    }

    @Test
    void partsCanBePolledForByHand() throws Exception {
        var source = FakeStream.reading("a").thenRead(FakeStream.PENDING).thenRead("b,c".getBytes());
        var parts = new BufReader<>(source).split((byte) ',');
        assertFalse(parts.pollNextSegment(cx).isReady());
        byte[] first = cx.now(parts::pollNextSegment);
        assertEquals("ab", text(first));
        byte[] second = cx.now(parts::pollNextSegment);
        assertEquals("c", text(second));
        assertEquals(Poll.ready(), parts.pollNextSegment(cx));
    }

    @Test
    void lineThatIsTooLongFailsAndDoesNotFillTheMemory() throws Exception {
        assertEquals("abcd", complete(over("abcd\n").readLine(5)));
        assertEquals("abcde", complete(over("abcde").readLine(5)));
        assertThrows(LimitExceededException.class, () -> complete(over("abcde\n").readLine(5)));
        assertThrows(LimitExceededException.class, () -> complete(over("abcdefghijklmnop").readUntil((byte) 'z', 15)));
        var endless = new BufReader<>(Io.repeat((byte) 'x'));
        assertThrows(LimitExceededException.class, () -> complete(endless.readLine(1_000_000)));
        assertThrows(IllegalArgumentException.class, () -> over().readLine(-1));
    }

    /** A loop that skips lines that are too long must come to an end. */
    @Test
    void linesGoOnBehindALineThatIsTooLong() throws Exception {
        var lines = over("aaaaaaaaaaaaaaaaaaaaaaaaa\nok\n").lines(6);
        int failures = 0;
        while (true) {
            try {
                var line = complete(lines.nextLine());
                if (line == null || line.equals("ok")) {
                    assertEquals("ok", line);
                    break;
                }
            } catch (LimitExceededException e) {
                failures++;
            }
        }
        assertEquals(3, failures);
    }

    @Test
    void failureOfTheSourceIsPassedOnAndTheLineCanStillBeRead() throws Exception {
        var source = FakeStream.reading("hel", "lo\n");
        source.failAtStep = 1;
        var lines = new BufReader<>(source).lines();
        assertThrows(IOException.class, () -> complete(lines.nextLine()));
        assertEquals("hello", complete(lines.nextLine()));
        var bytes = FakeStream.reading("hel", "lo#");
        bytes.failAtStep = 1;
        var segments = new BufReader<>(bytes).split((byte) '#');
        assertThrows(IOException.class, () -> complete(segments.nextSegment()));
        assertEquals("hello", text(complete(segments.nextSegment())));
    }

    @Test
    void delimiterIsFoundWhereverItIs() {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            var content = new byte[random.nextInt(40)];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (random.nextInt(4) * 0x7f);
            }
            byte wanted = (byte) (random.nextInt(5) * 0x7f);
            int from = content.length == 0 ? 0 : random.nextInt(content.length);
            int expected = -1;
            for (int i = content.length - 1; i >= from; i--) {
                expected = content[i] == wanted ? i : expected;
            }
            var buffer = ByteBuffer.wrap(content).position(from);
            assertEquals(expected, ByteSearch.indexOf(buffer, wanted), () -> Arrays.toString(content));
        }
    }

    @Test
    void seekDropsWhatWasReadAheadAndCountsFromWhereTheCallerIs() throws Exception {
        var source = FakeStream.reading("0123456789");
        var reader = new BufReader<>(source, 4);
        assertEquals((int) '0', complete(reader.readU8()));
        assertEquals(1L, complete(reader.streamPosition()));
        assertEquals(0, reader.buffered().remaining(), "a seek drops the buffer even where it goes nowhere");
        assertEquals((int) '4', complete(reader.readU8()), "the script is no file: it goes on");
        assertEquals(4L, complete(reader.seek(SeekFrom.current(2))));
        assertEquals(100L - 7, complete(reader.seek(SeekFrom.end(-7))));
        complete(reader.rewind());
        assertEquals(0, source.position);
    }

    @Test
    void seekBeforeTheStartFailsAndKeepsTheBuffer() throws Exception {
        var reader = new BufReader<>(Io.reader(bytes("0123456789")), 4);
        assertEquals((int) '0', complete(reader.readU8()));
        assertThrows(IOException.class, () -> complete(reader.seek(SeekFrom.current(Long.MIN_VALUE))));
        assertThrows(IOException.class, () -> complete(reader.seek(SeekFrom.current(-2))));
        assertEquals((int) '1', complete(reader.readU8()));
        assertEquals(1L, complete(reader.seek(SeekFrom.current(-1))));
        assertEquals("123456789", complete(reader.readToString()));
        assertThrows(UnsupportedOperationException.class,
                () -> complete(new BufReader<>(Io.simplex(1).reader()).rewind()));
    }

    /** A source whose seek has to wait, and fails only then, as that of a file on another thread; reads wait, too. */
    private static final class LateSeek implements AsyncRead, AsyncSeek {
        private final ByteBuffer content = bytes("56701234");
        private @Nullable SeekFrom target;
        private boolean waits;

        @Override
        public int pollRead(Context cx, ByteBuffer dst) throws IOException {
            if (pollComplete(cx) == IoResult.PENDING) {
                return IoResult.PENDING;
            }
            int n = Math.min(dst.remaining(), content.remaining());
            dst.put(content.slice(content.position(), n));
            content.position(content.position() + n);
            return n == 0 ? IoResult.END_OF_STREAM : n;
        }

        @Override
        public void startSeek(SeekFrom position) {
            target = position;
            waits = true;
        }

        @Override
        public long pollComplete(Context cx) throws IOException {
            var to = target;
            if (to == null) {
                return content.position();
            }
            if (waits) {
                waits = false;
                return IoResult.PENDING;
            }
            target = null;
            long reached = switch (to) {
                case SeekFrom.Start(long bytes) -> bytes;
                case SeekFrom.Current(long bytes) -> content.position() + bytes;
                case SeekFrom.End(long bytes) -> content.limit() + bytes;
            };
            if (reached < 0) {
                throw new IOException("before the start");
            }
            content.position((int) reached);
            return reached;
        }
    }

    @Test
    void seekThatFailsAfterAWaitKeepsTheBuffer() throws Exception {
        var reader = new BufReader<>(new LateSeek(), 2);
        assertEquals(3L, complete(reader.seek(SeekFrom.current(3))));
        assertEquals("01", text(complete(reader.fillBuf())));
        for (long back : new long[] {-4, Long.MIN_VALUE + 1, Long.MIN_VALUE + 2, Long.MIN_VALUE + 5}) {
            assertThrows(IOException.class, () -> complete(reader.seek(SeekFrom.current(back))));
            assertEquals("01", text(complete(reader.fillBuf())));
            assertEquals(3, reader.pollComplete(cx), "no seek is left that could drop the buffer");
            assertEquals("01", text(complete(reader.fillBuf())));
        }
        assertEquals(4L, complete(reader.seek(SeekFrom.current(1))));
        assertEquals("12", text(complete(reader.fillBuf())));
        reader.consume(1);
        assertEquals(3L, complete(reader.seek(SeekFrom.current(-2))));
    }

    @Test
    void seekThatFailsBeforeItBeginsIsOver() throws Exception {
        var source = new LateSeek();
        var reader = new BufReader<>(source, 2);
        source.startSeek(SeekFrom.current(-1));
        reader.startSeek(SeekFrom.start(3));
        assertEquals(IoResult.PENDING, reader.pollComplete(cx));
        assertThrows(IOException.class, () -> reader.pollComplete(cx));
        assertEquals(0, reader.pollComplete(cx), "that begins no seek that has failed");
        assertEquals("56", text(complete(reader.fillBuf())));
    }

    /** The source goes on seeking: what was read ahead of that belongs neither to the old place nor to the new one. */
    @Test
    void readAfterASeekThatWasGivenUpWaitsForIt() throws Exception {
        var reader = new BufReader<>(new LateSeek(), 2);
        assertEquals((int) '5', complete(reader.readU8()));
        var seek = reader.seek(SeekFrom.start(3));
        assertFalse(seek.poll(cx).isReady());
        seek.cancel();
        assertEquals("01234", complete(reader.readToString()));
        assertEquals(8L, complete(reader.streamPosition()));
    }

    /** It is where the first one has led: what was read ahead of that does not count any more. */
    @Test
    void seekBehindOneThatWasGivenUpCountsFromWhereThatHasLed() throws Exception {
        var reader = new BufReader<>(new LateSeek(), 2);
        assertEquals((int) '5', complete(reader.readU8()));
        reader.startSeek(SeekFrom.start(3));
        assertEquals(IoResult.PENDING, reader.pollComplete(cx));
        reader.startSeek(SeekFrom.current(1));
        assertEquals(IoResult.PENDING, reader.pollComplete(cx));
        assertEquals(4, reader.pollComplete(cx));
        assertEquals("12", text(complete(reader.fillBuf())));
    }

    @Test
    void seekBehindOneThatWasGivenUpAndFailsKeepsTheBuffer() throws Exception {
        var reader = new BufReader<>(new LateSeek(), 2);
        assertEquals((int) '5', complete(reader.readU8()));
        reader.startSeek(SeekFrom.current(-4));
        assertEquals(IoResult.PENDING, reader.pollComplete(cx));
        reader.startSeek(SeekFrom.start(3));
        assertThrows(IOException.class, () -> reader.pollComplete(cx));
        assertEquals((int) '6', complete(reader.readU8()));
    }

    /** Of a {@code BufStream}, what was written would land behind the second one otherwise, instead of before it. */
    @Test
    void readAfterASeekThatWasGivenUpBeginsNoOther() throws Exception {
        var reader = new BufReader<>(new LateSeek(), 2);
        reader.startSeek(SeekFrom.start(3));
        assertEquals(IoResult.PENDING, reader.pollComplete(cx));
        reader.startSeek(SeekFrom.start(0));
        assertEquals((int) '0', complete(reader.readU8()));
    }

    @Test
    void readThatWaitsForASeekCanBeGivenUp() throws Exception {
        var source = FakeStream.reading("ab");
        var reader = new BufReader<>(source);
        source.pendingBeforeEachStep = true;
        var seek = reader.seek(SeekFrom.start(1));
        for (int poll = 0; poll < 3; poll++) {
            assertFalse(seek.poll(cx).isReady());
        }
        seek.cancel();
        assertEquals(1, source.pollComplete(cx));
        var read = reader.read(ByteBuffer.allocate(1));
        assertFalse(read.poll(cx).isReady());
        assertEquals(List.of("seek " + SeekFrom.start(1)), source.log, "no read was tried");
        read.cancel();
        assertFalse(source.hasWakers());
    }
}
