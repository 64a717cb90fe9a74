package dev.edo.impl.cancel;

import dev.edo.future.Poll;
import dev.edo.io.AsyncBufRead;
import dev.edo.io.AsyncRead;
import dev.edo.io.BufReader;
import dev.edo.io.BufStream;
import dev.edo.io.Io;
import dev.edo.io.IoResult;
import dev.edo.io.SimplexReader;
import dev.edo.stream.Stream;
import dev.edo.sync.Mpsc;
import dev.edo.sync.UnboundedSender;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** Sources of bytes, polled by hand: who gives up has read nothing, and what came is there for who reads next. */
final class PollReadCatalogue extends Catalogue {
    private static final String READ = ".pollRead(Context, ByteBuffer)";
    private static final String READ_VECTORED = ".pollRead(Context, ByteBuffer[])";
    private static final String FILL = ".pollFillBuf(Context)";

    PollReadCatalogue() {
        reads();
        adapters();
        fills();
        ready();
    }

    private void reads() {
        read("AsyncRead" + READ, in -> in);
        read("SimplexReader" + READ, in -> in);
        read("BufReader" + READ, BufReader::new);
        read("BufStream" + READ, in -> new BufStream<>(Io.join(in, Io.sink())));
        read("Take" + READ, in -> in.take(100));
        read("Joined" + READ, in -> Io.join(in, Io.sink()));
        read("ReadHalf" + READ, in -> Io.split(Io.join(in, Io.sink())).read());
        add("DuplexStream" + READ, () -> {
            var ends = Io.duplex(16);
            return reading(ends.first(), false, () -> now("room", ends.second().write(Feed.bytes("abc"))));
        });
        readVectored("AsyncRead" + READ_VECTORED, BufReader::new);
        readVectored("Joined" + READ_VECTORED, in -> Io.join(in, Io.sink()));
        readVectored("ReadHalf" + READ_VECTORED, in -> Io.split(Io.join(in, Io.sink())).read());
    }

    private void adapters() {
        read("AsyncRead.chain(AsyncRead)", in -> ((AsyncRead) Io.empty()).chain(in));
        read("AsyncBufRead.chain(AsyncBufRead)", in -> Io.empty().chain(new BufReader<>(in)));
        read("AsyncRead.take(long)", in -> in.take(100));
        read("AsyncBufRead.take(long)", in -> new BufReader<>(in).take(100));
        read("Io.inspectReads(AsyncRead, Consumer)", in -> Io.inspectReads(in, bytes -> {}));
        read("Io.join(AsyncRead, AsyncWrite)", in -> Io.join(in, Io.sink()));
        add("Io.reader(Stream)", () -> {
            var channel = Mpsc.<ByteBuffer>unbounded();
            Scenario.Step give = () -> channel.sender().send(Feed.bytes("abc"));
            return reading(Io.reader(Stream.from(channel.receiver())), false, give).leavesItsWaker();
        });
    }

    private void read(String method, Function<SimplexReader, AsyncRead> adapter) {
        add(method, () -> {
            var feed = new Feed("abc");
            return reading(adapter.apply(feed.reader()), false, () -> feed.give(1));
        });
    }

    private void readVectored(String method, Function<SimplexReader, AsyncRead> adapter) {
        add(method, () -> {
            var feed = new Feed("abc");
            return reading(adapter.apply(feed.reader()), true, () -> feed.give(1));
        });
    }

    /** A source that gets three bytes. */
    private static Scenario reading(AsyncRead source, boolean vectored, Scenario.Step give) {
        var dst = ByteBuffer.allocate(16);
        var dsts = new ByteBuffer[] {dst};
        var read = Polled.reading(source, cx -> vectored ? source.pollRead(cx, dsts) : source.pollRead(cx, dst));
        return Scenario.of(read).wokenBy(give).losesNothing(outcome -> {
            expect("bytes in the buffer", outcome.completed() ? "abc" : "", Feed.text(dst.flip()));
            expect("bytes left", outcome.provoked() > outcome.one() ? "abc" : "", Feed.drain(source));
        });
    }

    private void fills() {
        fill("AsyncBufRead" + FILL, BufReader::new);
        fill("BufReader" + FILL, BufReader::new);
        fill("BufStream" + FILL, in -> new BufStream<>(Io.join(in, Io.sink())));
        fill("BufTake" + FILL, in -> new BufReader<>(in).take(100));
    }

    /** Showing takes nothing. */
    private void fill(String method, Function<SimplexReader, AsyncBufRead> adapter) {
        add(method, () -> {
            var feed = new Feed("abc");
            var source = adapter.apply(feed.reader());
            var fill = Polled.<ByteBuffer>of(cx -> {
                var view = source.pollFillBuf(cx);
                return view == null ? Poll.pending() : Poll.ready(view);
            }, source::cancelRead);
            return Scenario.of(fill).wokenAt(feed::give).losesNothing(
                    outcome -> expect("bytes left", feed.parts(0, outcome.provoked()), Feed.drain(source)));
        });
    }

    /** Those that never wait: one that was not polled has read nothing. */
    private void ready() {
        add("Io.reader(ByteBuffer)", () -> {
            var source = Io.reader(Feed.bytes("abc"));
            var dst = ByteBuffer.allocate(16);
            return Scenario.of(source.read(dst)).losesNothing(
                    outcome -> expect("bytes", "abc", Feed.text(dst.flip()) + Feed.drain(source)));
        });
        add("Io.repeat(byte)", () -> Scenario.of(Io.repeat((byte) 1).read(ByteBuffer.allocate(3))).losesNothing(
                outcome -> expect("bytes", outcome.completed() ? 3 : null, outcome.value())));
        add("Io.empty()", () -> Scenario.of(Io.empty().read(ByteBuffer.allocate(3))).losesNothing(
                outcome -> expect("end", outcome.completed() ? IoResult.END_OF_STREAM : null, outcome.value())));
        add("Empty" + READ, () -> {
            var dst = ByteBuffer.allocate(3);
            return Scenario.of(Polled.reading(Io.empty(), cx -> Io.empty().pollRead(cx, dst))).losesNothing(
                    outcome -> expect("bytes", 0, dst.position()));
        });
        add("Empty" + FILL, () -> Scenario.of(Polled.<ByteBuffer>of(
                        cx -> Poll.ready(Io.empty().pollFillBuf(cx)), waker -> Io.empty().cancelRead(waker)))
                .losesNothing(outcome -> expect("bytes", outcome.completed() ? "" : null,
                        Feed.comparable(outcome.value()))));
    }
}
