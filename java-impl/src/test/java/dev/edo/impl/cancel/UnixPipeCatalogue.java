package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.io.Interest;
import dev.edo.io.IoResult;
import dev.edo.net.Pipe;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** Pipes of the system: readiness and bytes are there for whoever asks next. */
final class UnixPipeCatalogue extends Catalogue {
    private static final int MESSAGE_BYTES = 3;

    private final RuntimeWorld world;

    UnixPipeCatalogue(RuntimeWorld world) {
        this.world = world;
        reading("PipeReceiver.ready(Interest)", receiver -> receiver.ready(Interest.READABLE));
        reading("PipeReceiver.readable()", PipeReceiver::readable);
        reading("PipeReceiver.pollReadReady(Context)",
                receiver -> Polled.of((Polled.Done) receiver::pollReadReady, receiver::cancelRead));
        moving("AsyncRead.read(ByteBuffer): of a pipe", (receiver, dst) -> receiver.read(dst));
        moving("PipeReceiver.asyncIo(IoOperation)", (receiver, dst) -> receiver.asyncIo(() -> {
            int n = receiver.tryRead(dst);
            return n == IoResult.WOULD_BLOCK ? null : n;
        }));
        writing("PipeSender.ready(Interest)", sender -> sender.ready(Interest.WRITABLE));
        writing("PipeSender.writable()", PipeSender::writable);
        writing("PipeSender.pollWriteReady(Context)", sender -> Polled.finishing(sender, sender::pollWriteReady));
        writing("PipeSender.asyncIo(IoOperation)", sender -> sender.asyncIo(() -> {
            var nothing = ByteBuffer.allocate(0);
            return sender.tryWrite(nothing);
        }));
    }

    private Pipe pipe() throws Exception {
        return world.inWorking(Pipe::open);
    }

    private void close(Pipe pipe) throws Exception {
        pipe.close();
        world.expectNoSlotsInUse();
    }

    private static void send(Pipe pipe) throws Exception {
        soon("room", pipe.sender().writeAll(ByteBuffer.allocate(MESSAGE_BYTES)));
    }

    /** What only looks takes nothing. */
    private void reading(String method, Function<PipeReceiver, Future<?>> wait) {
        add(method, () -> {
            var pipe = pipe();
            return Scenario.of(wait.apply(pipe.receiver()))
                    .wokenBy(() -> send(pipe))
                    .losesNothing(outcome -> expectBytes(pipe, outcome.provoked() == 1))
                    .finallyDo(() -> close(pipe));
        });
    }

    /** Begins to read. */
    @FunctionalInterface
    private interface Read {
        Future<?> into(PipeReceiver receiver, ByteBuffer dst);
    }

    private void moving(String method, Read read) {
        add(method, () -> {
            var pipe = pipe();
            var dst = ByteBuffer.allocateDirect(16);
            return Scenario.of(read.into(pipe.receiver(), dst))
                    .wokenBy(() -> send(pipe))
                    .losesNothing(outcome -> {
                        expect("bytes in the buffer", outcome.one() * MESSAGE_BYTES, dst.position());
                        expectBytes(pipe, outcome.provoked() > outcome.one());
                    })
                    .finallyDo(() -> close(pipe));
        });
    }

    private static void expectBytes(Pipe pipe, boolean any) throws Exception {
        var dst = ByteBuffer.allocateDirect(16);
        if (any) {
            expect("bytes", MESSAGE_BYTES, soon("the bytes", pipe.receiver().read(dst)));
        }
        expect("more bytes", IoResult.WOULD_BLOCK, pipe.receiver().tryRead(dst));
    }

    private void writing(String method, Function<PipeSender, Future<?>> wait) {
        add(method, () -> {
            var pipe = pipe();
            fill(pipe.sender());
            return Scenario.of(wait.apply(pipe.sender()))
                    .wokenBy(() -> drain(pipe.receiver()))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 1) {
                            soon("room", pipe.sender().writable());
                        }
                    })
                    .finallyDo(() -> close(pipe));
        });
    }

    /** Writes until there is no room. */
    private static void fill(PipeSender sender) throws Exception {
        soon("room", sender.writable());
        var block = ByteBuffer.allocateDirect(TcpPair.BLOCK_BYTES);
        while (sender.tryWrite(block.clear()) != IoResult.WOULD_BLOCK) {
            // on to the next one
        }
    }

    /** Reads until there is room. */
    private static void drain(PipeReceiver receiver) throws Exception {
        soon("bytes", receiver.readable());
        var block = ByteBuffer.allocateDirect(TcpPair.BLOCK_BYTES);
        while (receiver.tryRead(block.clear()) != IoResult.WOULD_BLOCK) {
            // on to the next one
        }
    }
}
