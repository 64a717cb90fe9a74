package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.UnixListener;
import dev.edo.net.UnixPair;
import dev.edo.net.UnixReadHalf;
import dev.edo.net.UnixSocket;
import dev.edo.net.UnixSocketAddress;
import dev.edo.net.UnixStream;
import dev.edo.net.UnixWriteHalf;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Unix domain sockets: connections, readiness and bytes are there for whoever asks next, and neither a slot nor a
 * descriptor is left behind.
 */
final class UnixCatalogue extends Catalogue {
    private static final int MESSAGE_BYTES = 3;

    private final RuntimeWorld world;

    UnixCatalogue(RuntimeWorld world) {
        this.world = world;
        connects();
        accepts();
        streams();
        halves();
    }

    /** A directory for a socket, which is deleted with it. */
    private record Place(Path dir, Path path) {
        static Place make() throws IOException {
            var dir = Files.createTempDirectory("edo");
            return new Place(dir, dir.resolve("socket"));
        }

        void delete() throws IOException {
            Files.deleteIfExists(path);
            Files.delete(dir);
        }
    }

    // ---- connections ----

    /** Begins a connection. */
    @FunctionalInterface
    private interface Connect {
        Future<UnixStream> to(Path path) throws Exception;
    }

    private void connects() {
        connect("UnixStream.connect(Path)", UnixStream::connect);
        connect("UnixStream.connect(UnixSocketAddress)", path -> UnixStream.connect(UnixSocketAddress.of(path)));
        connect("UnixSocket.connect(Path)", path -> UnixSocket.newStream().connect(path));
        connect("UnixSocket.connect(UnixSocketAddress)",
                path -> UnixSocket.newStream().connect(UnixSocketAddress.of(path)));
    }

    /** It is the kernel that connects, whenever it likes. */
    private void connect(String method, Connect connect) {
        add(method, () -> {
            var place = Place.make();
            var listener = world.inWorking(() -> UnixListener.bind(place.path()));
            long descriptors = ConnectCatalogue.openDescriptors();
            var future = connect.to(place.path());
            return Scenario.of(world.polledInWorking(future))
                    .wakesByItself()
                    .mayEndByItself()
                    .wokenBy(() -> {})
                    .losesNothing(outcome -> {
                        expect("connected", outcome.completed(), outcome.value() instanceof UnixStream);
                        outcome.closeValue();
                        ConnectCatalogue.expectDescriptors(world, descriptors);
                    })
                    .finallyDo(() -> {
                        listener.close();
                        place.delete();
                        world.expectNoSlotsInUse();
                    });
        });
    }

    private void accepts() {
        accepting("UnixListener.accept()", UnixListener::accept);
        accepting("UnixListener.incoming()", listener -> Polled.ending(listener.incoming()));
        accepting("Stream.from(UnixListener)", listener -> Polled.ending(Stream.from(listener)));
        add("UnixListener.pollAccept(Context)", () -> accepting(
                listener -> Polled.<UnixStream>of(listener::pollAccept, waker -> {})).leavesItsWaker());
    }

    private void accepting(String method, Function<UnixListener, Future<?>> accept) {
        add(method, () -> accepting(accept));
    }

    private Scenario accepting(Function<UnixListener, Future<?>> accept) throws Exception {
        var place = Place.make();
        var listener = world.inWorking(() -> UnixListener.bind(place.path()));
        var peer = new @Nullable UnixStream[1];
        return Scenario.of(accept.apply(listener))
                .wokenBy(() -> peer[0] = soon("a client", world.polledInWorking(UnixStream.connect(place.path()))))
                .losesNothing(outcome -> {
                    outcome.closeValue();
                    if (outcome.provoked() > outcome.one()) {
                        soon("the connection", listener.accept()).close();
                    }
                    notNow("a connection", listener.accept());
                })
                .finallyDo(() -> {
                    listener.close();
                    if (peer[0] != null) {
                        peer[0].close();
                    }
                    place.delete();
                    world.expectNoSlotsInUse();
                });
    }

    // ---- streams ----

    private UnixPair pair() throws Exception {
        return world.inWorking(UnixStream::pair);
    }

    private void close(UnixPair pair) throws Exception {
        pair.close();
        world.expectNoSlotsInUse();
    }

    private static void send(UnixPair pair) throws Exception {
        soon("room", pair.second().writeAll(ByteBuffer.allocate(MESSAGE_BYTES)));
    }

    /** Writes until there is no room. */
    private static void fill(UnixStream stream) throws Exception {
        soon("room", stream.writable());
        var block = ByteBuffer.allocateDirect(TcpPair.BLOCK_BYTES);
        while (stream.tryWrite(block.clear()) != IoResult.WOULD_BLOCK) {
            // on to the next one
        }
    }

    /** Reads until there is room for the other side. */
    private static void drain(UnixStream stream) throws Exception {
        soon("bytes", stream.readable());
        var block = ByteBuffer.allocateDirect(TcpPair.BLOCK_BYTES);
        while (stream.tryRead(block.clear()) != IoResult.WOULD_BLOCK) {
            // on to the next one
        }
    }

    private void streams() {
        reading("UnixStream.ready(Interest)", stream -> stream.ready(Interest.READABLE));
        reading("UnixStream.readable()", UnixStream::readable);
        writing("UnixStream.writable()", UnixStream::writable);
        reading("UnixStream.pollReadReady(Context)",
                stream -> Polled.of((Polled.Done) stream::pollReadReady, stream::cancelRead));
        writing("UnixStream.pollWriteReady(Context)", stream -> Polled.finishing(stream, stream::pollWriteReady));
        writing("UnixStream.ready(Interest): for writing", stream -> stream.ready(Interest.WRITABLE));
        add("AsyncRead.read(ByteBuffer): of a Unix socket", () -> {
            var pair = pair();
            var dst = ByteBuffer.allocateDirect(16);
            return moving(pair, pair.first().read(dst), dst);
        });
        add("UnixStream.asyncIo(Interest, IoOperation)", () -> {
            var pair = pair();
            var dst = ByteBuffer.allocateDirect(16);
            return moving(pair, pair.first().asyncIo(Interest.READABLE, () -> {
                int n = pair.first().tryRead(dst);
                return n == IoResult.WOULD_BLOCK ? null : n;
            }), dst);
        });
        add("UnixStream.shutdownOutput()", () -> {
            var pair = pair();
            return Scenario.of(pair.first().shutdownOutput()).losesNothing(outcome -> {
                if (!outcome.completed()) {
                    expect("written", 1, soon("room", pair.first().write(ByteBuffer.allocateDirect(1))));
                    now("the shutdown", pair.first().shutdownOutput());
                    expect("bytes", 1, soon("the byte", pair.second().read(ByteBuffer.allocate(2))));
                }
                expect("end", -1, soon("the end", pair.second().read(ByteBuffer.allocate(2))));
            }).finallyDo(() -> close(pair));
        });
    }

    /** What only looks takes nothing. */
    private void reading(String method, Function<UnixStream, Future<?>> wait) {
        add(method, () -> {
            var pair = pair();
            return Scenario.of(wait.apply(pair.first()))
                    .wokenBy(() -> send(pair))
                    .losesNothing(outcome -> {
                        var dst = ByteBuffer.allocateDirect(16);
                        if (outcome.provoked() == 1) {
                            expect("bytes", MESSAGE_BYTES, soon("the bytes", pair.first().read(dst)));
                        }
                        expect("more bytes", IoResult.WOULD_BLOCK, pair.first().tryRead(dst));
                    })
                    .finallyDo(() -> close(pair));
        });
    }

    private Scenario moving(UnixPair pair, Future<?> read, ByteBuffer dst) {
        return Scenario.of(read)
                .wokenBy(() -> send(pair))
                .losesNothing(outcome -> {
                    expect("bytes in the buffer", outcome.one() * MESSAGE_BYTES, dst.position());
                    if (outcome.provoked() > outcome.one()) {
                        expect("bytes", MESSAGE_BYTES, soon("the bytes", pair.first().read(dst)));
                    }
                    expect("more bytes", IoResult.WOULD_BLOCK, pair.first().tryRead(dst));
                })
                .finallyDo(() -> close(pair));
    }

    private void writing(String method, Function<UnixStream, Future<?>> wait) {
        add(method, () -> {
            var pair = pair();
            fill(pair.first());
            return Scenario.of(wait.apply(pair.first()))
                    .wokenBy(() -> drain(pair.second()))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            soon("room", pair.first().writable());
                        }
                    })
                    .finallyDo(() -> close(pair));
        });
    }

    // ---- halves ----

    private void halves() {
        readingHalf("UnixReadHalf.readable()", UnixReadHalf::readable);
        readingHalf("UnixReadHalf.ready(Interest)", half -> half.ready(Interest.READABLE));
        writingHalf("UnixWriteHalf.writable()", UnixWriteHalf::writable);
        writingHalf("UnixWriteHalf.ready(Interest)", half -> half.ready(Interest.WRITABLE));
    }

    private void readingHalf(String method, Function<UnixReadHalf, Future<?>> wait) {
        add(method, () -> {
            var pair = pair();
            var halves = pair.first().split();
            return Scenario.of(wait.apply(halves.read()))
                    .wokenBy(() -> send(pair))
                    .losesNothing(outcome -> {
                        var dst = ByteBuffer.allocateDirect(16);
                        if (outcome.provoked() == 1) {
                            expect("bytes", MESSAGE_BYTES, soon("the bytes", halves.read().read(dst)));
                        }
                        expect("more bytes", IoResult.WOULD_BLOCK, halves.read().tryRead(dst));
                    })
                    .finallyDo(() -> {
                        halves.reunite().close();
                        close(pair);
                    });
        });
    }

    private void writingHalf(String method, Function<UnixWriteHalf, Future<?>> wait) {
        add(method, () -> {
            var pair = pair();
            fill(pair.first());
            var halves = pair.first().split();
            return Scenario.of(wait.apply(halves.write()))
                    .wokenBy(() -> drain(pair.second()))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            soon("room", halves.write().writable());
                        }
                    })
                    .finallyDo(() -> {
                        halves.reunite().close();
                        close(pair);
                    });
        });
    }
}
