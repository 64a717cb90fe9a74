package dev.edo.impl.cancel;

import dev.edo.impl.contract.Eventually;
import dev.edo.io.IoResult;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * TCP: bytes and connections are there for whoever asks next; and all slots are free in the end.
 */
final class NetCatalogue extends Catalogue {
    private static final int MESSAGE_BYTES = 3;

    private final RuntimeWorld world;

    NetCatalogue(RuntimeWorld world) {
        this.world = world;
        accept();
        read();
        write();
    }

    private void accept() {
        add("TcpListener.accept()", () -> {
            var listener = TcpPair.listen(world);
            var peer = new @Nullable Socket[1];
            return Scenario.of(listener.accept())
                    .wokenBy(() -> peer[0] = TcpPair.connectTo(listener))
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
            var pair = TcpPair.connect(world);
            var buffer = ByteBuffer.allocateDirect(16);
            return Scenario.of(pair.stream().read(buffer))
                    .wokenBy(() -> pair.peer().getOutputStream().write(new byte[MESSAGE_BYTES]))
                    .losesNothing(outcome -> {
                        expect("bytes in the buffer", outcome.one() * MESSAGE_BYTES, buffer.position());
                        if (outcome.provoked() > outcome.one()) {
                            int n = Eventually.returns("the bytes", () -> pair.stream().read(buffer).await());
                            expect("bytes", MESSAGE_BYTES, n);
                        }
                        notNow("more bytes", pair.stream().read(buffer));
                    })
                    .finallyDo(() -> {
                        pair.close();
                        world.expectNoSlotsInUse();
                    });
        });
        add("TcpStream.readable()", () -> {
            var pair = TcpPair.connect(world);
            return Scenario.of(pair.stream().readable())
                    .wokenBy(() -> pair.peer().getOutputStream().write(new byte[MESSAGE_BYTES]))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            Eventually.returns("readiness", () -> pair.stream().readable().await());
                            expect("bytes", MESSAGE_BYTES, pair.stream().tryRead(ByteBuffer.allocateDirect(16)));
                        }
                        expect("more bytes", IoResult.PENDING, pair.stream().tryRead(ByteBuffer.allocateDirect(16)));
                    })
                    .finallyDo(() -> {
                        pair.close();
                        world.expectNoSlotsInUse();
                    });
        });
    }

    private void write() {
        add("AsyncWrite.write(ByteBuffer): to a socket", () -> {
            var pair = TcpPair.connect(world);
            long filled = pair.fill();
            var block = ByteBuffer.allocateDirect(TcpPair.BLOCK_BYTES);
            var drained = new long[1];
            return Scenario.of(pair.stream().write(block))
                    .mayEndByItself()
                    .wokenBy(() -> drained[0] += pair.drain(filled))
                    .losesNothing(outcome -> {
                        expect("bytes taken from the buffer", outcome.value() instanceof Integer n ? n : 0,
                                block.position());
                        pair.stream().close();
                        drained[0] += pair.peer().getInputStream().readAllBytes().length;
                        expect("bytes received", filled + block.position(), drained[0]);
                    })
                    .finallyDo(() -> {
                        pair.close();
                        world.expectNoSlotsInUse();
                    });
        });
    }
}
