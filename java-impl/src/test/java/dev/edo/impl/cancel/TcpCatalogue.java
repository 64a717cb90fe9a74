package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.TcpReadHalf;
import dev.edo.net.TcpStream;
import dev.edo.net.TcpWriteHalf;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** Streams of TCP and their halves: readiness and bytes are there for whoever asks next, and the slots are free. */
final class TcpCatalogue extends Catalogue {
    private static final int MESSAGE_BYTES = 3;

    private final RuntimeWorld world;

    TcpCatalogue(RuntimeWorld world) {
        this.world = world;
        readiness();
        peeks();
        operations();
        halves();
    }

    /** Waits for something that is to be read. */
    @FunctionalInterface
    private interface Wait {
        Future<?> of(TcpPair pair, ByteBuffer dst) throws Exception;
    }

    private void readiness() {
        reading("TcpStream.ready(Interest)", (pair, dst) -> pair.stream().ready(Interest.READABLE));
        reading("TcpStream.readable(): by hand", (pair, dst) -> pair.stream().readable());
        writing("TcpStream.writable()", TcpStream::writable);
        writing("TcpStream.ready(Interest): for writing", stream -> stream.ready(Interest.WRITABLE));
        reading("TcpStream.pollReadReady(Context)", (pair, dst) ->
                Polled.of((Polled.Done) pair.stream()::pollReadReady, pair.stream()::cancelRead));
        writing("TcpStream.pollWriteReady(Context)", stream -> Polled.finishing(stream, stream::pollWriteReady));
    }

    private void peeks() {
        reading("TcpStream.peek(ByteBuffer)", (pair, dst) -> pair.stream().peek(dst));
        add("TcpStream.pollPeek(Context, ByteBuffer)", () -> {
            var pair = TcpPair.connect(world);
            var dst = ByteBuffer.allocateDirect(16);
            var stream = pair.stream();
            return reading(pair, Polled.reading(stream, cx -> stream.pollPeek(cx, dst)));
        });
    }

    private void reading(String method, Wait wait) {
        add(method, () -> {
            var pair = TcpPair.connect(world);
            return reading(pair, wait.of(pair, ByteBuffer.allocateDirect(16)));
        });
    }

    /** What only looks takes nothing. */
    private Scenario reading(TcpPair pair, Future<?> wait) {
        return Scenario.of(wait)
                .wokenBy(() -> pair.peer().getOutputStream().write(new byte[MESSAGE_BYTES]))
                .losesNothing(outcome -> {
                    var dst = ByteBuffer.allocateDirect(16);
                    if (outcome.provoked() == 1) {
                        expect("bytes", MESSAGE_BYTES, soon("the bytes", pair.stream().read(dst)));
                    }
                    expect("more bytes", IoResult.PENDING, pair.stream().tryRead(dst));
                })
                .finallyDo(() -> close(pair));
    }

    private void close(TcpPair pair) throws Exception {
        pair.close();
        world.expectNoSlotsInUse();
    }

    private void writing(String method, Function<TcpStream, Future<?>> wait) {
        add(method, () -> {
            var pair = TcpPair.connect(world);
            return writing(pair, wait.apply(pair.stream()));
        });
    }

    /** A full stream, which has room when its peer has read. */
    private Scenario writing(TcpPair pair, Future<?> wait) throws Exception {
        long filled = pair.fill();
        return Scenario.of(wait).mayEndByItself().wokenBy(() -> pair.drain(filled)).losesNothing(outcome -> {
            if (outcome.provoked() == 1) {
                soon("room", pair.stream().writable());
            }
        }).finallyDo(() -> close(pair));
    }

    private void operations() {
        add("TcpStream.asyncIo(Interest, IoOperation)", () -> {
            var pair = TcpPair.connect(world);
            var dst = ByteBuffer.allocateDirect(16);
            var read = pair.stream().asyncIo(Interest.READABLE, () -> {
                int n = pair.stream().tryRead(dst);
                return n == IoResult.PENDING ? null : n;
            });
            return Scenario.of(read)
                    .wokenBy(() -> pair.peer().getOutputStream().write(new byte[MESSAGE_BYTES]))
                    .losesNothing(outcome -> {
                        expect("bytes in the buffer", outcome.one() * MESSAGE_BYTES, dst.position());
                        if (outcome.provoked() > outcome.one()) {
                            expect("bytes", MESSAGE_BYTES, soon("the bytes", pair.stream().read(dst)));
                        }
                        expect("more bytes", IoResult.PENDING, pair.stream().tryRead(dst));
                    })
                    .finallyDo(() -> close(pair));
        });
        add("TcpStream.shutdownOutput()", () -> {
            var pair = TcpPair.connect(world);
            return Scenario.of(pair.stream().shutdownOutput()).losesNothing(outcome -> {
                if (!outcome.completed()) {
                    expect("written", 1, soon("room", pair.stream().write(ByteBuffer.allocateDirect(1))));
                    now("the shutdown", pair.stream().shutdownOutput());
                }
                int bytes = Eventually.returns("the end", () -> pair.peer().getInputStream().readAllBytes().length);
                expect("bytes", 1 - outcome.one(), bytes);
            }).finallyDo(() -> close(pair));
        });
    }

    private void halves() {
        readingHalf("TcpReadHalf.peek(ByteBuffer)", half -> half.peek(ByteBuffer.allocateDirect(16)));
        readingHalf("TcpReadHalf.readable()", TcpReadHalf::readable);
        readingHalf("TcpReadHalf.ready(Interest)", half -> half.ready(Interest.READABLE));
        readingHalf("TcpReadHalf.pollPeek(Context, ByteBuffer)", half -> {
            var dst = ByteBuffer.allocateDirect(16);
            return Polled.reading(half, cx -> half.pollPeek(cx, dst));
        });
        writingHalf("TcpWriteHalf.writable()", TcpWriteHalf::writable);
        writingHalf("TcpWriteHalf.ready(Interest)", half -> half.ready(Interest.WRITABLE));
    }

    private void readingHalf(String method, Function<TcpReadHalf, Future<?>> wait) {
        add(method, () -> {
            var pair = TcpPair.connect(world);
            var halves = pair.stream().split();
            var scenario = wait.apply(halves.read());
            return Scenario.of(scenario)
                    .wokenBy(() -> pair.peer().getOutputStream().write(new byte[MESSAGE_BYTES]))
                    .losesNothing(outcome -> {
                        var dst = ByteBuffer.allocateDirect(16);
                        if (outcome.provoked() == 1) {
                            expect("bytes", MESSAGE_BYTES, soon("the bytes", halves.read().read(dst)));
                        }
                        expect("more bytes", IoResult.PENDING, halves.read().tryRead(dst));
                    })
                    .finallyDo(() -> {
                        halves.read().close();
                        halves.write().close();
                        close(pair);
                    });
        });
    }

    private void writingHalf(String method, Function<TcpWriteHalf, Future<?>> wait) {
        add(method, () -> {
            var pair = TcpPair.connect(world);
            long filled = pair.fill();
            var halves = pair.stream().split();
            return Scenario.of(wait.apply(halves.write())).mayEndByItself()
                    .wokenBy(() -> pair.drain(filled))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            soon("room", halves.write().writable());
                        }
                    })
                    .finallyDo(() -> {
                        halves.read().close();
                        halves.write().close();
                        close(pair);
                    });
        });
    }
}
