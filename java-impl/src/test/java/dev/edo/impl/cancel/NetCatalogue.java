package dev.edo.impl.cancel;

import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.io.IoResult;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * TCP: bytes and connections are there for whoever asks next; and all slots are free in the end.
 */
final class NetCatalogue extends Catalogue {
    private static final int MESSAGE_BYTES = 3;
    private static final int BLOCK_BYTES = 64 * 1024;

    private final RuntimeWorld world;

    NetCatalogue(RuntimeWorld world) {
        this.world = world;
        accept();
        read();
        write();
    }

    /** A stream of the runtime, and its peer, which is a blocking socket. */
    private record Pair(TcpStream stream, Socket peer) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stream.close();
            peer.close();
        }
    }

    private TcpListener listen() throws Exception {
        return world.inWorking(() -> TcpListener.bind("127.0.0.1:0").await());
    }

    private static Socket connectTo(TcpListener listener) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), listener.localAddress().getPort());
    }

    private Pair connect() throws Exception {
        try (var listener = listen()) {
            var peer = connectTo(listener);
            return new Pair(world.inWorking(() -> Eventually.returns("accept", () -> listener.accept().await())), peer);
        }
    }

    private void accept() {
        add("TcpListener.accept()", () -> {
            var listener = listen();
            var peer = new @Nullable Socket[1];
            return Scenario.of(listener.accept())
                    .wokenBy(() -> peer[0] = connectTo(listener))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        if (outcome.provoked() > outcome.one()) {
                            Eventually.returns("the connection", () -> listener.accept().await()).close();
                        }
                        notNow("a connection", listener.accept());
                    }).finallyDo(() -> {
                        listener.close();
                        if (peer[0] != null) {
                            peer[0].close();
                        }
                        world.expectNoSlotsInUse();
                    });
        });
    }

    private void read() {
        add("AsyncRead.read(ByteBuffer): of a socket", () -> {
            var pair = connect();
            var buffer = ByteBuffer.allocateDirect(16);
            return Scenario.of(pair.stream.read(buffer))
                    .wokenBy(() -> pair.peer.getOutputStream().write(new byte[MESSAGE_BYTES]))
                    .losesNothing(outcome -> {
                        expect("bytes in the buffer", outcome.one() * MESSAGE_BYTES, buffer.position());
                        if (outcome.provoked() > outcome.one()) {
                            int n = Eventually.returns("the bytes", () -> pair.stream.read(buffer).await());
                            expect("bytes", MESSAGE_BYTES, n);
                        }
                        notNow("more bytes", pair.stream.read(buffer));
                    })
                    .finallyDo(() -> {
                        pair.close();
                        world.expectNoSlotsInUse();
                    });
        });
        add("TcpStream.readable()", () -> {
            var pair = connect();
            return Scenario.of(pair.stream.readable())
                    .wokenBy(() -> pair.peer.getOutputStream().write(new byte[MESSAGE_BYTES]))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            Eventually.returns("readiness", () -> pair.stream.readable().await());
                            expect("bytes", MESSAGE_BYTES, pair.stream.tryRead(ByteBuffer.allocateDirect(16)));
                        }
                        expect("more bytes", IoResult.PENDING, pair.stream.tryRead(ByteBuffer.allocateDirect(16)));
                    })
                    .finallyDo(() -> {
                        pair.close();
                        world.expectNoSlotsInUse();
                    });
        });
    }

    private void write() {
        add("AsyncWrite.write(ByteBuffer): to a socket", () -> {
            var pair = connect();
            long filled = fill(pair.stream);
            var block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            var drained = new long[1];
            return Scenario.of(pair.stream.write(block))
                    .mayEndByItself()
                    .wokenBy(() -> drained[0] += drain(pair, filled))
                    .losesNothing(outcome -> {
                        expect("bytes taken from the buffer", outcome.value() instanceof Integer n ? n : 0,
                                block.position());
                        pair.stream.close();
                        drained[0] += pair.peer.getInputStream().readAllBytes().length;
                        expect("bytes received", filled + block.position(), drained[0]);
                    })
                    .finallyDo(() -> {
                        pair.close();
                        world.expectNoSlotsInUse();
                    });
        });
    }

    private static long fill(TcpStream stream) throws Exception {
        var block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        long total = 0;
        var cx = new CountingContext();
        while (true) {
            var write = stream.write(block.clear());
            if (!(cx.poll(write) instanceof Poll.Ready<Integer>(Integer n))) {
                write.cancel();
                return total;
            }
            total += n;
        }
    }

    /** Lets the peer read so much that there is room. */
    private static long drain(Pair pair, long bytes) throws Exception {
        return pair.peer.getInputStream().readNBytes((int) bytes).length;
    }
}
