package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.BufReader;
import dev.edo.io.Copied;
import dev.edo.io.DuplexStream;
import dev.edo.io.Io;
import java.nio.ByteBuffer;

/** Copies, given up while the source waits, while the sink waits, and at the end. */
final class CopyCatalogue extends Catalogue {
    private static final int CAPACITY_BYTES = 16;

    CopyCatalogue() {
        sources();
        sinks();
        bothWays();
    }

    /** Starts a copy. */
    @FunctionalInterface
    private interface Copy {
        Future<?> of(AsyncRead source, AsyncWrite sink);
    }

    private void sources() {
        waitingForBytes("Io.copy(AsyncRead, AsyncWrite)", Io::copy);
        waitingForBytes("Io.copy(AsyncRead, AsyncWrite, ByteBuffer)",
                (source, sink) -> Io.copy(source, sink, ByteBuffer.allocate(2)));
        waitingForBytes("Io.copyBuf(AsyncBufRead, AsyncWrite)",
                (source, sink) -> Io.copyBuf(new BufReader<>(source), sink));
    }

    /** What it saw was handed on; what came later is in the source. */
    private void waitingForBytes(String method, Copy copy) {
        add(method + ": while the source waits", () -> {
            var feed = new Feed("ab", "c");
            var sink = Io.simplex(CAPACITY_BYTES);
            return Scenario.of(copy.of(feed.reader(), sink.writer())).wokenAt(feed::give).losesNothing(outcome -> {
                if (outcome.completed()) {
                    expect("copied", 3L, outcome.value());
                }
                expect("bytes in the sink", feed.parts(0, outcome.seen()), Feed.drain(sink.reader()));
                feed.expectRest(outcome, feed.reader());
            });
        });
    }

    private void sinks() {
        add("Io.copy(AsyncRead, AsyncWrite): while the sink waits", () -> {
            var drain = new Drain();
            return drain.writtenBy(Io.copy(Io.reader(Feed.bytes("abc")), drain.writer()), "abc");
        });
        add("Io.copyBuf(AsyncBufRead, AsyncWrite): while the sink waits", () -> {
            var drain = new Drain();
            var source = Io.reader(Feed.bytes("abc"));
            return drain.writtenBy(Io.copyBuf(source, drain.writer()), "abc").losesNothing(outcome -> {
                expect("bytes left", "abc".substring(outcome.seen()), Feed.drain(source));
                expect("bytes", Drain.BEFORE + "abc".substring(0, outcome.seen()), drain.all());
            });
        });
    }

    /** Starts a copy in both directions. */
    @FunctionalInterface
    private interface CopyBothWays {
        Future<Copied> of(DuplexStream a, DuplexStream b);
    }

    private void bothWays() {
        bothWays("Io.copyBidirectional(AsyncRead, AsyncRead)", Io::copyBidirectional);
        bothWays("Io.copyBidirectional(AsyncRead, AsyncRead, int, int)", (a, b) -> Io.copyBidirectional(a, b, 3, 5));
    }

    private void bothWays(String method, CopyBothWays copy) {
        add(method, () -> {
            var a = Io.duplex(CAPACITY_BYTES);
            var b = Io.duplex(CAPACITY_BYTES);
            return Scenario.of(copy.of(a.second(), b.first()))
                    .wokenAt(point -> {
                        switch (point) {
                            case 1 -> now("room", a.first().write(Feed.bytes("to b")));
                            case 2 -> now("room", b.second().write(Feed.bytes("to a")));
                            case 3 -> a.first().writer().close();
                            default -> b.second().writer().close();
                        }
                    })
                    .losesNothing(outcome -> {
                        if (outcome.completed()) {
                            expect("copied", new Copied(4, 4), outcome.value());
                        }
                        expect("bytes at b", outcome.seen() > 0 ? "to b" : "", Feed.drain(b.second()));
                        expect("bytes at a", outcome.seen() > 1 ? "to a" : "", Feed.drain(a.first()));
                        boolean comesToB = outcome.seen() == 0 && outcome.provoked() == 1;
                        expect("bytes not seen on the way to b", comesToB ? "to b" : "", Feed.drain(a.second()));
                        boolean comesToA = outcome.seen() == 1 && outcome.provoked() == 2;
                        expect("bytes not seen on the way to a", comesToA ? "to a" : "", Feed.drain(b.first()));
                    });
        });
    }
}
