package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.AsyncWrite;
import dev.edo.io.BufWriter;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** What writes until all is written: what the buffers say was taken comes out, once. */
final class WriteCatalogue extends Catalogue {
    private static final int CAPACITY_BYTES = 4;

    WriteCatalogue() {
        add("AsyncWrite.writeAll(ByteBuffer)", () -> {
            var drain = new Drain();
            var src = Feed.bytes("abcd");
            return drain.writtenBy(drain.writer().writeAll(src), "abcd");
        });
        add("AsyncWrite.write(ByteBuffer[])", () -> vectored((sink, srcs) -> sink.write(srcs)));
        add("AsyncWrite.writeAll(ByteBuffer[])", () -> vectored((sink, srcs) -> sink.writeAll(srcs)));
        add("AsyncWrite.writeAll(ByteBuffer): through a buffer", () -> {
            var drain = new Drain();
            var sink = new BufWriter<>(drain.writer(), CAPACITY_BYTES);
            now("room in the buffer", sink.write(Feed.bytes("abc")));
            var src = Feed.bytes("de");
            return Scenario.of(sink.writeAll(src)).wokenBy(drain::take).losesNothing(outcome -> expect("bytes",
                    Drain.BEFORE + "abc" + "de".substring(0, src.position()), drain.allBehind(sink)));
        });
        add("AsyncWrite.flush()", () -> finishing(AsyncWrite::flush));
        add("AsyncWrite.shutdownOutput()", () -> finishing(AsyncWrite::shutdownOutput));
    }

    private static Scenario vectored(BiFunction<AsyncWrite, ByteBuffer[], Future<?>> write) throws Exception {
        var drain = new Drain();
        var srcs = new ByteBuffer[] {Feed.bytes("a"), Feed.bytes(""), Feed.bytes("bc")};
        return Scenario.of(write.apply(drain.writer(), srcs)).wokenBy(drain::take).losesNothing(outcome -> {
            int written = Stream.of(srcs).mapToInt(ByteBuffer::position).sum();
            expect("bytes taken from the buffers", outcome.seen(), written);
            expect("bytes", Drain.BEFORE + "abc".substring(0, written), drain.all());
        });
    }

    static Scenario finishing(Function<BufWriter<?>, Future<?>> finish) throws Exception {
        var drain = new Drain();
        var sink = new BufWriter<>(drain.writer(), CAPACITY_BYTES);
        now("room in the buffer", sink.write(Feed.bytes("abc")));
        return Scenario.of(finish.apply(sink)).wokenBy(drain::take).losesNothing(outcome -> {
            expect("held back", "abc".substring(outcome.seen()), Feed.text(sink.buffered()));
            expect("bytes", Drain.BEFORE + "abc", drain.allBehind(sink));
        });
    }
}
