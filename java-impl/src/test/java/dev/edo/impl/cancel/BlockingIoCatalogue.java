package dev.edo.impl.cancel;

import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Io;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Blocking streams and channels: the call goes on when nobody waits for it, and what it brought is kept. */
final class BlockingIoCatalogue extends Catalogue {
    private final RuntimeWorld world;

    BlockingIoCatalogue(RuntimeWorld world) {
        this.world = world;
        read("Io.fromChannel(ReadableByteChannel)", pipe -> Io.fromChannel(pipe.source()));
        read("Io.fromInputStream(InputStream)", pipe -> Io.fromInputStream(Channels.newInputStream(pipe.source())));
        write("Io.fromOutputStream(OutputStream)", Io::fromOutputStream);
        write("Io.fromChannel(WritableByteChannel)", stream -> Io.fromChannel(Channels.newChannel(stream)));
    }

    private void read(String method, Function<Pipe, AsyncRead> adapter) {
        add(method, () -> {
            var pipe = Pipe.open();
            var source = adapter.apply(pipe);
            var dst = ByteBuffer.allocate(16);
            return Scenario.of(world.polledInWorking(source.read(dst)))
                    .wokenBy(() -> pipe.sink().write(Feed.bytes("abc")))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() > outcome.one()) {
                            soon("the bytes", world.polledInWorking(source.read(dst)));
                        }
                        expect("bytes", outcome.provoked() == 1 ? "abc" : "", Feed.text(dst.flip()));
                    })
                    .finallyDo(() -> {
                        pipe.sink().close();
                        soon("the end", world.polledInWorking(source.readToEnd()));
                        pipe.source().close();
                    });
        });
    }

    /** A stream that takes nothing until it may. */
    private static final class Slow extends OutputStream {
        private final CountDownLatch mayWrite = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes, int start, int count) throws IOException {
            try {
                mayWrite.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            taken.write(bytes, start, count);
        }
    }

    private void write(String method, Function<OutputStream, AsyncWrite> adapter) {
        add(method, () -> {
            var slow = new Slow();
            var sink = adapter.apply(slow);
            now("the first write", world.polledInWorking(sink.write(Feed.bytes("abc"))));
            var src = Feed.bytes("de");
            return Scenario.of(world.polledInWorking(sink.write(src)))
                    .wokenBy(slow.mayWrite::countDown)
                    .losesNothing(outcome -> {
                        expect("taken", 2 * outcome.one(), src.position());
                        slow.mayWrite.countDown();
                        soon("the flush", world.polledInWorking(sink.flush()));
                        expect("bytes", "abc" + (outcome.completed() ? "de" : ""),
                                slow.taken.toString(StandardCharsets.ISO_8859_1));
                    })
                    .finallyDo(slow.mayWrite::countDown);
        });
    }
}
