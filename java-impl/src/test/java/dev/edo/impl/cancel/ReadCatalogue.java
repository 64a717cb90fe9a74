package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.AsyncBufRead;
import dev.edo.io.AsyncRead;
import dev.edo.io.BufReader;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What reads until it has what it wants. Most of these say that they are not cancel safe: what they have taken is
 * theirs. But they must not have taken more, nor stay where they waited.
 */
final class ReadCatalogue extends Catalogue {
    ReadCatalogue() {
        buffers();
        ends();
        delimited();
    }

    private void buffers() {
        add("AsyncRead.read(ByteBuffer[])", () -> {
            var feed = new Feed("abc");
            var dsts = new ByteBuffer[] {ByteBuffer.allocate(0), ByteBuffer.allocate(2), ByteBuffer.allocate(9)};
            return feed.readBy(feed.reader().read(dsts), feed.reader(), 2)
                    .losesNothing(outcome -> {
                        expect("bytes in the buffers", 2 * outcome.one(), dsts[1].position() + dsts[2].position());
                        expect("bytes left", outcome.completed() ? "c" : feed.parts(0, outcome.provoked()),
                                Feed.drain(feed.reader()));
                    });
        });
        add("AsyncRead.readExact(ByteBuffer)", () -> {
            var feed = Feed.byByte("abcd");
            var dst = ByteBuffer.allocate(4);
            return feed.readBy(feed.reader().readExact(dst), feed.reader(), null).losesNothing(outcome -> {
                expect("bytes in the buffer", feed.parts(0, outcome.seen()), Feed.text(dst.flip()));
                feed.expectRest(outcome, feed.reader());
            });
        });
    }

    private void ends() {
        toEnd("AsyncRead.readToEnd()", AsyncRead::readToEnd);
        toEnd("AsyncRead.readToEnd(int)", source -> source.readToEnd(9));
        toEnd("AsyncRead.readToString()", AsyncRead::readToString);
        toEnd("AsyncRead.readToString(int)", source -> source.readToString(9));
    }

    private void toEnd(String method, Function<AsyncRead, Future<?>> read) {
        add(method, () -> {
            var feed = Feed.byByte("abc");
            return feed.readBy(read.apply(feed.reader()), feed.reader(), "abc");
        });
    }

    private void delimited() {
        buffered("AsyncBufRead.readLine()", AsyncBufRead::readLine, "ab", "a", "b", "\n");
        buffered("AsyncBufRead.readLine(int)", source -> source.readLine(9), "ab", "a", "b", "\n");
        buffered("AsyncBufRead.readLine(): up to the end", AsyncBufRead::readLine, "ab", "a", "b");
        buffered("AsyncBufRead.readUntil(byte)", source -> source.readUntil((byte) ';'), "ab;", "a", "b", ";");
        buffered("AsyncBufRead.readUntil(byte, int)", source -> source.readUntil((byte) ';', 9), "ab;", "a", "b", ";");
        add("AsyncBufRead.fillBuf()", () -> {
            var feed = new Feed("abc");
            var source = new BufReader<>(feed.reader());
            return feed.readBy(source.fillBuf(), source, "abc").losesNothing(
                    outcome -> expect("bytes left", feed.parts(0, outcome.provoked()), Feed.drain(source)));
        });
        add("Split.nextSegment()", () -> {
            var feed = new Feed("a", "b", ";");
            var segments = new BufReader<>(feed.reader()).split((byte) ';');
            return goneOnWith(feed, segments.nextSegment(), segments::nextSegment);
        });
        add("Split.pollNextSegment(Context)", () -> {
            var feed = new Feed("a", "b", ";");
            var source = new BufReader<>(feed.reader());
            var segments = source.split((byte) ';');
            return goneOnWith(feed, Polled.of(segments::pollNextSegment, source::cancelRead), segments::nextSegment);
        });
        add("Lines.pollNextLine(Context)", () -> {
            var feed = new Feed("a", "b", "\n");
            var source = new BufReader<>(feed.reader());
            var lines = source.lines();
            return goneOnWith(feed, Polled.of(lines::pollNextLine, source::cancelRead), lines::nextLine);
        });
    }

    /** Who gave up and asks again gets all three parts. */
    private static Scenario goneOnWith(Feed feed, Future<?> first, Supplier<Future<?>> next) {
        return Scenario.of(first).wokenAt(feed::give).losesNothing(outcome -> {
            var value = outcome.value();
            if (!outcome.completed()) {
                for (int part = outcome.provoked() + 1; part <= 3; part++) {
                    feed.give(part);
                }
                value = now("what was asked for again", next.get());
            }
            expect("value", "ab", Feed.comparable(value));
        });
    }

    private void buffered(
            String method, Function<AsyncBufRead, Future<?>> read, @Nullable Object value, String... parts) {
        add(method, () -> {
            var feed = new Feed(parts);
            var source = new BufReader<>(feed.reader());
            return feed.readBy(read.apply(source), source, value);
        });
    }
}
