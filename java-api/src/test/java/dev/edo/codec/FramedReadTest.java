package dev.edo.codec;

import static dev.edo.codec.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramedReadTest {
    private static final Decoder<Integer> INTS = src -> src.length() < 4 ? null : src.readInt();
    private static final Decoder<Long> LONGS = src -> src.length() < 8 ? null : src.readLong();

    private final Script io = new Script();

    private Answers<Integer> ints() {
        return new Answers<>(io, new FramedRead<>(io, INTS));
    }

    @Test
    void framesInOnePieceAreCut() throws IOException {
        io.data("\0\0\0\0\0\0\0\u0001\0\0\0\u0002");
        ints().frame(0).frame(1).frame(2).end();
    }

    @Test
    void framesComePieceByPiece() throws IOException {
        io.data("\0\0\0\0").data("\0\0\0\u0001").data("\0\0\0\u0002");
        ints().frame(0).frame(1).frame(2).end();
    }

    @Test
    void anotherDecoderGoesOnWithWhatWasRead() throws IOException {
        io.data("\0\0\0\u0004\0\0\0\0\0\0\0\u0008");
        var reader = new FramedRead<>(io, INTS);
        new Answers<>(io, reader).frame(4);
        new Answers<>(io, reader.mapDecoder(_ -> LONGS)).frame(8L).end();
    }

    // The peer waits for an answer to what it has sent already: nothing more will come.
    @Test
    void anotherDecoderIsAskedAboutBytesThatWereNoFrameToTheOneBefore() throws IOException {
        io.data("\0\0\0\u0004\u0001\u0002").pending();
        var reader = new FramedRead<>(io, INTS);
        new Answers<>(io, reader).frame(4);
        assertNull(reader.nextBuffered());
        Decoder<Byte> single = src -> src.isEmpty() ? null : src.readByte();
        new Answers<>(io, reader.mapDecoder(_ -> single)).frame((byte) 1).frame((byte) 2).pending();
    }

    @Test
    void sourceMayNotBeReady() throws IOException {
        io.pending().data("\0\0\0\0").data("\0\0\0\u0001");
        ints().pending().frame(0).frame(1).end();
    }

    @Test
    void sourceMayNotBeReadyInsideAFrame() throws IOException {
        io.data("\0\0").pending().data("\0\0\0\0\0\u0001\0\0\0\u0002");
        ints().pending().frame(0).frame(1).frame(2).end();
    }

    @Test
    void failureOfTheSourceIsPassedOn() throws IOException {
        io.failure("broken");
        assertEquals("broken", ints().failure(IOException.class).getMessage());
    }

    @Test
    void failureInsideAFrameIsPassedOn() {
        io.data("\0\0").failure("broken");
        assertEquals("broken", ints().failure(IOException.class).getMessage());
    }

    @Test
    void failureAfterWaitingInsideAFrameIsPassedOn() throws IOException {
        io.data("\0\0").pending().failure("broken");
        assertEquals("broken", ints().pending().failure(IOException.class).getMessage());
    }

    @Test
    void bufferGrowsWithTheFrame() throws IOException {
        io.data(new byte[32 * 1024]);
        Decoder<Integer> big = src -> {
            if (src.length() < 32 * 1024) {
                return null;
            }
            src.skip(32 * 1024);
            return 0;
        };
        new Answers<>(io, new FramedRead<>(io, big)).frame(0).end();
    }

    @Test
    void bytesBehindTheLastFrameAreAnError() throws IOException {
        io.data(new byte[5]);
        var answers = ints().frame(0);
        assertTrue(answers.failure(EOFException.class).getMessage().contains("left=1 bytes"));
    }

    @Test
    void framesMayBeMadeOfTheEnd() throws IOException {
        var last = new ArrayDeque<>(List.of(0, 1, 2, 3));
        var decoder = new Decoder<Integer>() {
            @Override
            public @Nullable Integer decode(FrameBuffer src) {
                throw new AssertionError("nothing has come");
            }

            @Override
            public @Nullable Integer decodeEof(FrameBuffer src) {
                return last.poll();
            }
        };
        new Answers<>(io, new FramedRead<>(io, decoder)).frame(0).frame(1).frame(2).frame(3).end();
    }

    @Test
    void sourceMayGoOnAfterItsEnd() throws IOException {
        io.data("\0\0\0\u0001").end().data("\0\0\0\u0002").end().data("\0\0\0\u0003");
        ints().frame(1).end().frame(2).end().frame(3).end().end();
    }

    @Test
    void framesEndOnceAfterAFailureAndGoOn() throws IOException {
        io.data("abcdef").failure("broken").data("more data");
        var answers = new Answers<>(io, new FramedRead<>(io, new BytesCodec()));
        answers.frame("abcdef").failure(IOException.class);
        answers.end().frame("more data").end();
    }

    @Test
    void decoderThatFailsForGoodIsNotAskedAgainBeforeMoreHasCome() throws IOException {
        io.data("x").pending();
        var answers = new Answers<>(io, new FramedRead<Integer>(io, _ -> {
            throw new IOException("bad");
        }));
        answers.failure(IOException.class);
        answers.end().pending();
    }

    @Test
    void uncheckedExceptionsEndTheFramesToo() throws IOException {
        io.data("x");
        var reader = new FramedRead<Integer>(io, _ -> {
            throw new IllegalStateException("bug");
        });
        assertThrows(IllegalStateException.class, () -> reader.pollNext(io.context()));
        new Answers<>(io, reader).end();
    }

    @Test
    void decoderThatNeverFindsAFrameMeetsTheLimit() throws IOException {
        var reader = new FramedRead<Integer>(io, _ -> null);
        assertThrows(IllegalArgumentException.class, () -> reader.setMaxBuffered(0));
        reader.setMaxBuffered(5);
        io.data("abc").pending().data("de");
        var answers = new Answers<>(io, reader).pending();
        var e = answers.failure(FrameTooLongException.class);
        assertEquals(5, e.length());
        assertEquals(5, e.limit());
        answers.end();
    }

    @Test
    void nextBufferedTakesWhatHasComeAndReadsNothing() throws IOException {
        io.data("\0\0\0\u0001\0\0\0\u0002\0\0").data("\0\u0003");
        var reader = new FramedRead<>(io, INTS);
        assertNull(reader.nextBuffered());
        assertEquals(1, reader.pollNext(io.context()));
        assertEquals(2, reader.nextBuffered());
        assertNull(reader.nextBuffered());
        assertNull(reader.nextBuffered());
        new Answers<>(io, reader).frame(3).end();
        assertNull(reader.nextBuffered());
    }

    @Test
    void nextBufferedSeesTheFramesOfTheEnd() throws IOException {
        io.data("a\nb");
        var reader = new FramedRead<>(io, new LinesCodec());
        assertEquals("a", reader.pollNext(io.context()));
        assertNull(reader.nextBuffered());
        assertEquals("b", reader.pollNext(io.context()));
        assertNull(reader.nextBuffered());
        new Answers<>(io, reader).end();
    }

    // A terminal goes on after its end: who reads once more waits for somebody to type.
    @Test
    void nextBufferedLeavesTheEndToNext() throws IOException {
        io.data("a").end().data("b");
        var reader = new FramedRead<>(io, new LinesCodec());
        assertEquals("a", reader.pollNext(io.context()));
        assertNull(reader.nextBuffered());
        assertNull(reader.nextBuffered());
        new Answers<>(io, reader).end().frame("b").end();
    }

    @Test
    void failureOfNextBufferedEndsTheFrames() throws IOException {
        var reader = new FramedRead<Integer>(io, _ -> {
            throw new IOException("bad");
        }, FrameBuffer.of(bytes("x")));
        assertThrows(IOException.class, reader::nextBuffered);
        assertNull(reader.nextBuffered());
        new Answers<>(io, reader).end();
    }

    @Test
    void nextIsAFutureForOneUse() throws IOException {
        io.data("\0\0\0\u0001").pending();
        var reader = new FramedRead<>(io, INTS);
        var next = reader.next();
        assertEquals(Poll.ready(1), next.poll(io.context()));
        assertThrows(IllegalStateException.class, () -> next.poll(io.context()));
        var pending = reader.next();
        assertEquals(Poll.pending(), pending.poll(io.context()));
        assertEquals(Poll.ready(), pending.poll(io.context()), "the end is null");
        assertThrows(IllegalStateException.class, () -> pending.poll(io.context()));
    }

    @Test
    void cancelledNextForgetsItsWakerAndLosesNoBytes() throws IOException {
        Waker waker = () -> {};
        io.data("\0\0").pending().data("\0\u0007");
        var reader = new FramedRead<>(io, INTS);
        var next = reader.next();
        assertEquals(Poll.pending(), next.poll(Context.of(waker)));
        next.cancel();
        assertSame(waker, io.cancelledRead);
        io.cancelledRead = null;
        next.cancel();
        assertNull(io.cancelledRead);
        assertThrows(IllegalStateException.class, () -> next.poll(io.context()));
        new Answers<>(io, reader).frame(7);
    }

    // A select gives up branches that it has not polled, and a task may wait in two: what the source has
    // registered is then the other one's, though the waker may be the same.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelledNextLeavesALaterWaitAlone(boolean polled) throws IOException {
        io.pending().pending();
        var reader = new FramedRead<>(io, INTS);
        var older = reader.next();
        if (polled) {
            assertEquals(Poll.pending(), older.poll(io.context()));
        }
        var newer = reader.next();
        assertEquals(Poll.pending(), newer.poll(io.context()));
        older.cancel();
        assertNull(io.cancelledRead);
        newer.cancel();
        assertSame(io.context().waker(), io.cancelledRead);
    }

    @Test
    void cancelledReaderHasEndedAndKeepsTheBytes() throws IOException {
        Waker waker = () -> {};
        io.data("\0\0").pending().data("\0\u0007");
        var reader = new FramedRead<>(io, INTS);
        assertNull(reader.pollNext(Context.of(waker)));
        reader.cancel();
        assertSame(waker, io.cancelledRead);
        new Answers<>(io, reader).end().end();
        assertNull(reader.nextBuffered());
        assertEquals(2, reader.readBuffer().length());
    }

    @Test
    void readerIsAStream() throws Exception {
        io.data("1\n22\n333");
        var sum = new FramedRead<>(io, new LinesCodec()).map(Integer::valueOf).fold(0, Integer::sum);
        assertEquals(Poll.ready(356), sum.poll(io.context()));
    }

    @Test
    void failedNextIsSpent() {
        io.failure("broken");
        var next = new FramedRead<>(io, INTS).next();
        assertThrows(IOException.class, () -> next.poll(io.context()));
        assertThrows(IllegalStateException.class, () -> next.poll(io.context()));
    }

    @Test
    void mappedDecoderMapsTheFramesOfTheEndToo() throws IOException {
        io.data("1\n22\n333");
        new Answers<>(io, new FramedRead<>(io, new LinesCodec().map(Integer::valueOf)))
                .frame(1).frame(22).frame(333).end();
        var none = new LinesCodec().<String>map(_ -> null);
        assertThrows(NullPointerException.class, () -> none.decode(FrameBuffer.of(bytes("a\n"))));
    }

    @Test
    void sourceThatReadsNothingIsNotAskedForEver() {
        var broken = new FramedRead<>((_, _) -> 0, INTS);
        assertThrows(IOException.class, () -> broken.pollNext(io.context()));
    }
}
