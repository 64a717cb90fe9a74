package dev.edo.impl.cancel;

import dev.edo.codec.Framed;
import dev.edo.codec.FramedRead;
import dev.edo.codec.FramedWrite;
import dev.edo.codec.LengthDelimitedBuilder;
import dev.edo.codec.LengthDelimitedCodec;
import dev.edo.codec.LinesCodec;
import dev.edo.codec.Sink;
import dev.edo.future.Future;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Io;
import dev.edo.stream.Stream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Frames, which are there wholly or not at all. */
final class CodecCatalogue extends Catalogue {
    CodecCatalogue() {
        frames("FramedRead", source -> new FramedRead<>(source, new LinesCodec()));
        frames("Framed", source -> framed(source, Io.sink()));
        add("Framed.next()", () -> {
            var feed = new Feed("a", "b\n", "c\n");
            var frames = framed(feed.reader(), Io.sink());
            return next(feed, frames, frames.next());
        });
        add("FramedRead.next()", () -> {
            var feed = new Feed("a", "b\n", "c\n");
            var frames = new FramedRead<>(feed.reader(), new LinesCodec());
            return next(feed, frames, frames.next());
        });
        view("Framed.reader()", source -> framed(source, Io.sink()).reader());
        view("Framed.mapCodec(Function)", source -> framed(source, Io.sink()).mapCodec(codec -> codec));
        view("FramedRead.mapDecoder(Function)",
                source -> new FramedRead<>(source, new LinesCodec()).mapDecoder(decoder -> decoder));
        lengths("LengthDelimitedBuilder.newRead(AsyncRead)", source -> lengths().newRead(source));
        lengths("LengthDelimitedBuilder.newFramed(AsyncRead)",
                source -> lengths().newFramed(Io.join(source, Io.sink())));
        items();
        polls("FramedWrite", CodecCatalogue::writing);
        polls("Framed", sink -> withBoundary(framed(Io.empty(), sink)));
        polls("Sink", CodecCatalogue::writing);
    }

    private static Framed<String, String> framed(AsyncRead source, AsyncWrite sink) {
        return new Framed<>(Io.join(source, sink), new LinesCodec());
    }

    private static Framed<String, String> withBoundary(Framed<String, String> framed) {
        framed.writer().setBackpressureBoundary(1);
        return framed;
    }

    private static FramedWrite<String> writing(AsyncWrite sink) {
        var frames = new FramedWrite<>(sink, new LinesCodec());
        frames.setBackpressureBoundary(1);
        return frames;
    }

    private void view(String method, Function<AsyncRead, Stream<String>> view) {
        add(method, () -> {
            var feed = new Feed("a", "b\n", "c\n");
            var frames = view.apply(feed.reader());
            return next(feed, frames, frames.next());
        });
    }

    private static LengthDelimitedBuilder lengths() {
        return LengthDelimitedCodec.builder().lengthFieldLength(1);
    }

    private void lengths(String method, Function<AsyncRead, Stream<byte[]>> codec) {
        add(method, () -> {
            var feed = new Feed("\2a", "b", "\1c");
            var frames = codec.apply(feed.reader());
            return next(feed, frames, frames.next());
        });
    }

    /** The first frame comes in two parts; with a wait given up, both frames come. */
    private static <T> Scenario next(Feed feed, Stream<T> frames, Future<@Nullable T> next) {
        return Scenario.of(next).wokenAt(feed::give).losesNothing(outcome -> {
            if (!outcome.completed()) {
                for (int part = outcome.provoked() + 1; part <= 2; part++) {
                    feed.give(part);
                }
            }
            var frame = outcome.completed() ? outcome.value() : now("the frame", frames.next());
            expect("frame", "ab", Feed.comparable(frame));
            feed.give(3);
            expect("frame", "c", Feed.comparable(now("the next frame", frames.next())));
        });
    }

    private void frames(String type, Function<AsyncRead, Stream<String>> codec) {
        add(type + ".pollNext(Context)", () -> {
            var feed = new Feed("a", "b\n");
            var frames = codec.apply(feed.reader());
            return Scenario.of(Polled.ending(frames)).wokenAt(feed::give).losesNothing(outcome -> {
                frames.cancel();
                expect("ended", true, frames.isTerminated());
                feed.expectRest(outcome, feed.reader());
            });
        });
    }

    /** An item that waits behind another one. */
    private void items() {
        add("Sink.feed(Object)", () -> {
            var drain = new Drain();
            var sink = writing(drain.writer());
            now("room", sink.feed("a"));
            return Scenario.of(sink.feed("b")).wokenBy(drain::take).losesNothing(outcome -> expect(
                    "bytes", Drain.BEFORE + "a\n" + (outcome.completed() ? "b\n" : ""), drain.allAfter(sink.flush())));
        });
        add("Sink.send(Object)", () -> {
            var drain = new Drain();
            var sink = writing(drain.writer());
            now("room", sink.feed("a"));
            return Scenario.of(sink.send("b")).wokenBy(drain::take).losesNothing(outcome -> {
                boolean wasTaken = outcome.seen() >= "a\n".length();
                expect("bytes", Drain.BEFORE + "a\n" + (wasTaken ? "b\n" : ""), drain.allAfter(sink.flush()));
            });
        });
        add("Sink.flush()", () -> held(CodecCatalogue::writing, Sink::flush));
        add("Sink.close()", () -> held(CodecCatalogue::writing, Sink::close));
    }

    private static Scenario held(Function<AsyncWrite, Sink<String>> codec, Function<Sink<String>, Future<?>> wait)
            throws Exception {
        var drain = new Drain();
        var sink = codec.apply(drain.writer());
        now("room", sink.feed("a"));
        return Scenario.of(wait.apply(sink)).wokenBy(drain::take).losesNothing(
                outcome -> expect("bytes", Drain.BEFORE + "a\n", drain.allAfter(sink.flush())));
    }

    private void polls(String type, Function<AsyncWrite, Sink<String>> codec) {
        add(type + ".pollReady(Context)", () -> held(codec, sink -> polled(sink, sink::pollReady)));
        add(type + ".pollFlush(Context)", () -> held(codec, sink -> polled(sink, sink::pollFlush)));
        add(type + ".pollClose(Context)", () -> held(codec, sink -> polled(sink, sink::pollClose)));
    }

    private static Future<@Nullable Void> polled(Sink<?> sink, Polled.Done done) {
        return Polled.of(done, sink::cancelSend);
    }
}
