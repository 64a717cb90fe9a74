package dev.edo.impl.cancel;

import dev.edo.codec.BytesCodec;
import dev.edo.codec.FramedWrite;
import dev.edo.io.AsyncWrite;
import dev.edo.io.BufStream;
import dev.edo.io.BufWriter;
import dev.edo.io.Io;
import dev.edo.io.SimplexWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sinks of bytes, polled by hand: what was taken comes out once, and what was not stays with the caller. */
final class PollWriteCatalogue extends Catalogue {
    private static final int CAPACITY_BYTES = 4;
    private static final String WRITE = ".pollWrite(Context, ByteBuffer)";
    private static final String WRITE_VECTORED = ".pollWrite(Context, ByteBuffer[])";
    private static final String FLUSH = ".pollFlush(Context)";
    private static final String SHUTDOWN = ".pollShutdown(Context)";

    PollWriteCatalogue() {
        writes();
        finishes();
        ready();
    }

    private static AsyncWrite buffered(SimplexWriter out) {
        return new BufWriter<>(out, CAPACITY_BYTES);
    }

    private static AsyncWrite bufferedStream(SimplexWriter out) {
        return new BufStream<>(Io.join(Io.empty(), out), CAPACITY_BYTES, CAPACITY_BYTES);
    }

    private static AsyncWrite half(AsyncWrite out) {
        return Io.split(Io.join(Io.empty(), out)).write();
    }

    private void writes() {
        write("AsyncWrite" + WRITE, out -> out);
        write("SimplexWriter" + WRITE, out -> out);
        write("BufWriter" + WRITE, PollWriteCatalogue::buffered);
        write("BufStream" + WRITE, PollWriteCatalogue::bufferedStream);
        write("Joined" + WRITE, out -> Io.join(Io.empty(), out));
        write("WriteHalf" + WRITE, PollWriteCatalogue::half);
        write("Io.inspectWrites(AsyncWrite, Consumer)", out -> Io.inspectWrites(out, bytes -> {}));
        writeVectored("AsyncWrite" + WRITE_VECTORED, out -> Io.inspectWrites(out, bytes -> {}));
        writeVectored("SimplexWriter" + WRITE_VECTORED, out -> out);
        writeVectored("BufWriter" + WRITE_VECTORED, PollWriteCatalogue::buffered);
        writeVectored("BufStream" + WRITE_VECTORED, PollWriteCatalogue::bufferedStream);
        writeVectored("Joined" + WRITE_VECTORED, out -> Io.join(Io.empty(), out));
        writeVectored("WriteHalf" + WRITE_VECTORED, PollWriteCatalogue::half);
        add("DuplexStream" + WRITE, () -> duplex(false));
        add("DuplexStream" + WRITE_VECTORED, () -> duplex(true));
        add("Io.writer(Sink)", () -> {
            var drain = new Drain();
            var frames = new FramedWrite<>(drain.writer(), new BytesCodec());
            frames.setBackpressureBoundary(1);
            var sink = Io.writer(new ByteFrames(frames));
            now("room in the buffer", sink.write(Feed.bytes("abc")));
            var src = Feed.bytes("de");
            return Scenario.of(sink.write(src)).wokenBy(drain::take).losesNothing(outcome -> expect("bytes",
                    Drain.BEFORE + "abc" + "de".substring(0, src.position()), drain.allBehind(sink)));
        });
    }

    private void write(String method, Function<SimplexWriter, AsyncWrite> adapter) {
        add(method, () -> writing(adapter, false));
    }

    private void writeVectored(String method, Function<SimplexWriter, AsyncWrite> adapter) {
        add(method, () -> writing(adapter, true));
    }

    private static Scenario writing(Function<SimplexWriter, AsyncWrite> adapter, boolean vectored) throws Exception {
        var drain = new Drain();
        var sink = adapter.apply(drain.writer());
        var before = held(sink);
        var src = Feed.bytes("ef");
        var srcs = new ByteBuffer[] {src};
        var write = Polled.writing(sink, cx -> vectored ? sink.pollWrite(cx, srcs) : sink.pollWrite(cx, src));
        return Scenario.of(write).wokenBy(drain::take).losesNothing(outcome -> {
            expect("taken", outcome.completed(), src.position() > 0);
            expect("bytes", Drain.BEFORE + "abc".substring(0, before.position()) + "ef".substring(0, src.position()),
                    drain.allBehind(sink));
        });
    }

    /** Three bytes that a sink may have taken into its buffer; there is room for one more. */
    private static ByteBuffer held(AsyncWrite sink) throws Exception {
        var bytes = Feed.bytes("abc");
        var write = sink.write(bytes);
        if (!new CountingContext().poll(write).isReady()) {
            write.cancel(); // it has no buffer
        }
        return bytes;
    }

    private static Scenario duplex(boolean vectored) throws Exception {
        var ends = Io.duplex(1);
        now("room", ends.first().write(Feed.bytes(Drain.BEFORE)));
        var src = Feed.bytes("ab");
        var srcs = new ByteBuffer[] {src};
        var sink = ends.first();
        var taken = ByteBuffer.allocate(1);
        var write = Polled.writing(sink, cx -> vectored ? sink.pollWrite(cx, srcs) : sink.pollWrite(cx, src));
        return Scenario.of(write)
                .wokenBy(() -> now("a byte", ends.second().read(taken)))
                .losesNothing(outcome -> {
                    expect("taken", outcome.one(), src.position());
                    expect("bytes", Drain.BEFORE + "ab".substring(0, src.position()),
                            Feed.text(taken.flip()) + Feed.drain(ends.second()));
                });
    }

    private void finishes() {
        flush("AsyncWrite" + FLUSH, PollWriteCatalogue::buffered);
        flush("BufWriter" + FLUSH, PollWriteCatalogue::buffered);
        flush("BufStream" + FLUSH, PollWriteCatalogue::bufferedStream);
        flush("Joined" + FLUSH, out -> Io.join(Io.empty(), buffered(out)));
        flush("WriteHalf" + FLUSH, out -> half(buffered(out)));
        shutDown("AsyncWrite" + SHUTDOWN, PollWriteCatalogue::buffered);
        shutDown("BufWriter" + SHUTDOWN, PollWriteCatalogue::buffered);
        shutDown("BufStream" + SHUTDOWN, PollWriteCatalogue::bufferedStream);
        shutDown("Joined" + SHUTDOWN, out -> Io.join(Io.empty(), buffered(out)));
        shutDown("WriteHalf" + SHUTDOWN, out -> half(buffered(out)));
        add("SimplexWriter" + FLUSH, () -> finishing(Io.simplex(1).writer(), false));
        add("SimplexWriter" + SHUTDOWN, () -> finishing(Io.simplex(1).writer(), true));
        add("DuplexStream" + FLUSH, () -> finishing(Io.duplex(1).first(), false));
        add("DuplexStream" + SHUTDOWN, () -> finishing(Io.duplex(1).first(), true));
    }

    private void flush(String method, Function<SimplexWriter, AsyncWrite> adapter) {
        add(method, () -> finishing(adapter, false));
    }

    private void shutDown(String method, Function<SimplexWriter, AsyncWrite> adapter) {
        add(method, () -> finishing(adapter, true));
    }

    private static Scenario finishing(Function<SimplexWriter, AsyncWrite> adapter, boolean shutDown)
            throws Exception {
        var drain = new Drain();
        var sink = adapter.apply(drain.writer());
        var held = held(sink);
        return Scenario.of(finish(sink, shutDown)).wokenBy(drain::take).losesNothing(
                outcome -> expect("bytes", Drain.BEFORE + "abc".substring(0, held.position()), drain.allBehind(sink)));
    }

    private static Polled<@Nullable Void> finish(AsyncWrite sink, boolean shutDown) {
        return Polled.finishing(sink, cx -> shutDown ? sink.pollShutdown(cx) : sink.pollFlush(cx));
    }

    /** A sink that holds nothing back: one that was not shut down can be written to. */
    private static Scenario finishing(AsyncWrite sink, boolean shutDown) {
        return Scenario.of(finish(sink, shutDown)).losesNothing(outcome -> {
            if (!shutDown || !outcome.completed()) {
                now("room", sink.write(Feed.bytes("a")));
            }
        });
    }

    /** Those that never wait: one that was not polled has written nothing. */
    private void ready() {
        add("Io.writer(ByteArrayOutputStream)", () -> {
            var bytes = new ByteArrayOutputStream();
            return Scenario.of(Io.writer(bytes).writeAll(Feed.bytes("abc"))).losesNothing(outcome -> expect("bytes",
                    outcome.completed() ? "abc" : "", bytes.toString(StandardCharsets.ISO_8859_1)));
        });
        var sink = Io.empty();
        empty("Io.sink()", src -> Io.sink().write(src));
        empty("Empty" + WRITE, src -> Polled.writing(sink, cx -> sink.pollWrite(cx, src)));
        empty("Empty" + WRITE_VECTORED,
                src -> Polled.writing(sink, cx -> sink.pollWrite(cx, new ByteBuffer[] {src})));
        add("Empty" + FLUSH, () -> Scenario.of(finish(sink, false)).losesNothing(
                outcome -> now("room", sink.write(Feed.bytes("a")))));
        add("Empty" + SHUTDOWN, () -> Scenario.of(finish(sink, true)).losesNothing(
                outcome -> now("room", sink.write(Feed.bytes("a")))));
    }

    private void empty(String method, Function<ByteBuffer, dev.edo.future.Future<Integer>> write) {
        add(method, () -> {
            var src = Feed.bytes("abc");
            return Scenario.of(write.apply(src)).losesNothing(
                    outcome -> expect("bytes taken", 3 * outcome.one(), src.position()));
        });
    }
}
