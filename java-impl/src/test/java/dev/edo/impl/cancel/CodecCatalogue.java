package dev.edo.impl.cancel;

import dev.edo.codec.Framed;
import dev.edo.codec.FramedRead;
import dev.edo.codec.FramedWrite;
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

    /** The first frame comes in two parts; with a wait given up, both frames come. */
    private static Scenario next(Feed feed, Stream<String> frames, Future<@Nullable String> next) {
        return Scenario.of(next).wokenAt(feed::give).losesNothing(outcome -> {
            if (!outcome.completed()) {
                for (int part = outcome.provoked() + 1; part <= 2; part++) {
                    feed.give(part);
                }
            }
            expect("frame", "ab", outcome.completed() ? outcome.value() : now("the frame", frames.next()));
            feed.give(3);
            expect("frame", "c", now("the next frame", frames.next()));
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
