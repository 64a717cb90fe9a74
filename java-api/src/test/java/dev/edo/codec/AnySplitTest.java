package dev.edo.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.io.AsyncRead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** However a stream is cut, the frames are the same; whatever the bytes are, memory stays within limits. */
class AnySplitTest {
    private static final int ROUNDS = 300;
    private static final int LIMIT = 1000;

    private final Random random = new Random(20261121);

    /** What came out, in order: frames and failures, by their text. */
    private static <T> List<String> outcomes(FramedRead<T> reader, Context cx) {
        var outcomes = new ArrayList<String>();
        while (true) {
            try {
                var frame = reader.pollNext(cx);
                if (frame != null) {
                    outcomes.add(frame instanceof byte[] bytes ? Script.text(bytes) : frame.toString());
                } else if (reader.isTerminated()) {
                    return outcomes;
                }
            } catch (FrameTooLongException e) {
                outcomes.add("longer than " + e.limit()); // how much has come depends on the cut
            } catch (IOException e) {
                outcomes.add(e.toString());
            }
        }
    }

    private Script cut(byte[] stream, int longest) {
        var script = new Script();
        for (int at = 0; at < stream.length;) {
            int n = Math.min(stream.length - at, 1 + random.nextInt(longest));
            script.data(Arrays.copyOfRange(stream, at, at + n));
            at += n;
            if (random.nextInt(4) == 0) {
                script.pending();
            }
        }
        return script;
    }

    private <T> void sameForAllCuts(byte[] stream, Supplier<Decoder<T>> decoders) {
        var whole = new Script().data(stream);
        var expected = outcomes(new FramedRead<>(whole, decoders.get(), new FrameBuffer(stream.length + 1)),
                whole.context());
        for (int longest : new int[] {1, 3, 50, 5000}) {
            var script = cut(stream, longest);
            var reader = new FramedRead<>(script, decoders.get(), new FrameBuffer(random.nextInt(64)));
            assertEquals(expected, outcomes(reader, script.context()));
        }
    }

    private byte[] garbage(String alphabet) {
        var stream = new byte[random.nextInt(3000)];
        int nearlyAll = 1 + random.nextInt(200);
        for (int i = 0; i < stream.length; i++) {
            stream[i] = (byte) (random.nextInt(nearlyAll) == 0
                    ? alphabet.charAt(random.nextInt(alphabet.length()))
                    : random.nextInt(256));
        }
        return stream;
    }

    @Test
    void linesAreTheSameForAllCuts() {
        for (int round = 0; round < ROUNDS; round++) {
            sameForAllCuts(garbage("\n\r"), () -> new LinesCodec(50));
            sameForAllCuts(garbage("\n\r"), LinesCodec::new);
        }
    }

    @Test
    void chunksAreTheSameForAllCuts() {
        for (int round = 0; round < ROUNDS; round++) {
            sameForAllCuts(garbage(",;"), () -> new AnyDelimiterCodec(
                    Script.bytes(",;"), Script.bytes(","), 50));
        }
    }

    private LengthDelimitedBuilder anyBuilder() {
        var builder = LengthDelimitedCodec.builder()
                .lengthFieldLength(1 + random.nextInt(8))
                .lengthFieldOffset(random.nextInt(3))
                .lengthAdjustment(random.nextInt(20) - 10)
                .maxFrameLength(LIMIT);
        if (random.nextBoolean()) {
            builder.littleEndian();
        }
        if (random.nextBoolean()) {
            builder.numSkip(random.nextInt(15));
        }
        return builder;
    }

    @Test
    void lengthDelimitedFramesAreTheSameForAllCuts() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            int size = 1 + random.nextInt(8);
            var builder = LengthDelimitedCodec.builder().lengthFieldLength(size).maxFrameLength(LIMIT)
                    .lengthAdjustment(-random.nextInt(5));
            var codec = builder.build();
            var stream = new FrameBuffer();
            var sent = new ArrayList<String>();
            for (int i = random.nextInt(20); i > 0; i--) {
                var frame = new byte[random.nextInt(codec.maxFrameLength() + 1)];
                random.nextBytes(frame);
                codec.encode(frame, stream);
                sent.add(Script.text(frame));
            }
            var bytes = stream.readBytes(stream.length());
            var script = cut(bytes, 700);
            assertEquals(sent, outcomes(builder.newRead(script), script.context()));
            sameForAllCuts(bytes, builder::build);
            sameForAllCuts(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), builder::build);
        }
    }

    @Test
    void garbageIsTheSameForAllCutsOfALengthDelimitedStream() {
        for (int round = 0; round < ROUNDS; round++) {
            var builder = anyBuilder();
            // Small numbers, so that some of them make frames.
            var stream = new byte[random.nextInt(500)];
            for (int i = 0; i < stream.length; i++) {
                stream[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(40) : 0);
            }
            sameForAllCuts(stream, builder::build);
        }
    }

    /** A connection that sends garbage for ever, a few bytes at a time or as many as there is room for. */
    private final class Flood implements AsyncRead {
        private int left = 100_000;

        @Override
        public int pollRead(Context cx, ByteBuffer dst) {
            int n = Math.min(left, Math.min(dst.remaining(), 1 + random.nextInt(3000)));
            if (n == 0) {
                return -1;
            }
            left -= n;
            for (int i = 0; i < n; i++) {
                dst.put((byte) random.nextInt(256));
            }
            return n;
        }
    }

    /** What a frame needs is far below what a source may fill at once, which is the only limit then. */
    @Test
    void garbageNeverAllocatesBeyondTheLimit() {
        for (int round = 0; round < ROUNDS; round++) {
            var decoder = switch (random.nextInt(3)) {
                case 0 -> new LinesCodec(LIMIT).map(line -> line.getBytes(StandardCharsets.UTF_8));
                case 1 -> new AnyDelimiterCodec(Script.bytes(","), Script.bytes(","), LIMIT);
                default -> anyBuilder().build();
            };
            int initial = 1 + random.nextInt(100);
            var reader = new FramedRead<>(new Flood(), decoder, new FrameBuffer(initial));
            int largest = 0;
            var cx = Context.of(() -> {});
            for (int answers = 0; answers < 2000; answers++) {
                try {
                    var frame = reader.pollNext(cx);
                    assertTrue(frame == null || frame.length <= LIMIT, "frame beyond the limit");
                } catch (CodecException e) {
                    if (!e.isRecoverable()) {
                        break;
                    }
                } catch (IOException e) {
                    break; // the end inside a frame
                }
                largest = Math.max(largest, reader.readBuffer().capacity());
            }
            assertTrue(largest <= 64 * 1024, "what is filled at once is at most 64 KiB, capacity=" + largest);
        }
    }
}
