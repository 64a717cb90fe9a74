package dev.edo.impl.chaos;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.chaos.ChaosCounts.Kind;
import dev.edo.io.IoResult;
import dev.edo.net.TcpStream;
import dev.edo.time.Elapsed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client of the echo server: writes its pattern in chunks, reads each chunk back and checks every byte, and ends
 * in one of several ways. After a half-close the server has to return exactly what was written.
 */
final class EchoClient {
    private static final int LONGEST_CHUNK = 48 * 1024;
    private static final int SHORT_CHUNK = 200;

    private final InetSocketAddress server;
    private final SplittableRandom random;
    private final ChaosCounts counts;
    private final BooleanSupplier ending;
    private final Pattern pattern;
    private final ByteBuffer buffer;
    private final int chunks;

    EchoClient(
            InetSocketAddress server, SplittableRandom random, ChaosCounts counts, BooleanSupplier ending) {
        this.server = server;
        this.ending = ending;
        this.random = random;
        this.counts = counts;
        this.pattern = new Pattern(random.nextLong());
        int size = random.nextInt(8) == 0 ? LONGEST_CHUNK : random.nextInt(1, SHORT_CHUNK);
        this.buffer = random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        this.chunks = random.nextInt(1, 12);
    }

    // --- direct style

    void run() throws Exception {
        try (var stream = TcpStream.connect(server).await()) {
            counts.count(Kind.CONNECT);
            long position = 0;
            for (int i = 0; i < chunks; i++) {
                pattern.fill(buffer.clear(), position);
                stream.writeAll(buffer.flip()).await();
                stream.readExact(buffer.clear()).await();
                pattern.check(buffer.flip(), position);
                position += buffer.capacity();
                counts.verified(buffer.capacity());
            }
            end(stream, position);
        }
    }

    private void end(TcpStream stream, long position) throws Exception {
        switch (random.nextInt(5)) {
            case 0 -> {
                counts.count(Kind.RESET);
                pattern.fill(buffer.clear(), position);
                stream.write(buffer.flip()).await();
                stream.setZeroLinger();
            }
            case 1 -> counts.count(Kind.DROP);
            case 2 -> timeOut(stream);
            default -> halfClose(stream, position);
        }
    }

    private void timeOut(TcpStream stream) throws Exception {
        try {
            int n = Edo.timeout(Duration.ofNanos(random.nextLong(3_000_000)), stream.read(buffer.clear())).await();
            if (n != IoResult.END_OF_STREAM) {
                throw new AssertionError("the server sent something nobody asked for");
            }
            cutOff("the stream ended while nothing was written");
        } catch (Elapsed e) {
            counts.count(Kind.TIMEOUT);
        }
    }

    private void halfClose(TcpStream stream, long position) throws Exception {
        pattern.fill(buffer.clear(), position);
        stream.writeAll(buffer.flip()).await();
        stream.shutdownOutput().await();
        counts.count(Kind.HALF_CLOSE);
        int got = 0;
        for (int n = 0; n >= 0; got += Math.max(0, n)) {
            n = stream.read(buffer.clear()).await();
            pattern.check(buffer.flip(), position + got);
        }
        if (got != buffer.capacity()) {
            cutOff("the last chunk had " + buffer.capacity() + " bytes, " + got + " came back");
        }
        counts.verified(got);
        counts.count(Kind.ECHO_CLEAN);
    }

    /** The server may end a connection early only because its runtime is on its way down. */
    private void cutOff(String what) throws IOException {
        if (!ending.getAsBoolean()) {
            throw new AssertionError(what);
        }
        throw new IOException(what);
    }

    // --- stackless

    /** The same as a state machine; it ends by a half-close or by dropping the connection. */
    Future<@Nullable Void> stackless() {
        return new Stackless();
    }

    private final class Stackless implements Future<@Nullable Void> {
        private enum State { CONNECTING, WRITING, READING, ENDING }

        private final boolean drops = random.nextInt(3) == 0;
        private @Nullable IoFuture<TcpStream> connecting;
        private @Nullable TcpStream stream;
        private State state = State.CONNECTING;
        private long position;
        private int done;

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws IOException {
            try {
                return step(cx);
            } catch (IOException | RuntimeException | Error e) {
                cancel();
                throw e;
            }
        }

        private Poll<@Nullable Void> step(Context cx) throws IOException {
            for (;;) {
                switch (state) {
                    case CONNECTING -> {
                        if (connecting == null) {
                            connecting = TcpStream.connect(server);
                        }
                        if (!(connecting.poll(cx) instanceof Poll.Ready<TcpStream>(var connected))) {
                            return Poll.pending();
                        }
                        connecting = null;
                        stream = connected;
                        counts.count(Kind.CONNECT);
                        nextChunk();
                    }
                    case WRITING -> {
                        if (open().pollWrite(cx, buffer) == IoResult.PENDING) {
                            return Poll.pending();
                        }
                        if (!buffer.hasRemaining()) {
                            buffer.clear();
                            state = State.READING;
                        }
                    }
                    case READING -> {
                        int n = open().pollRead(cx, buffer);
                        if (n == IoResult.PENDING) {
                            return Poll.pending();
                        }
                        if (n == IoResult.END_OF_STREAM) {
                            cutOff("the server closed early");
                        }
                        if (!buffer.hasRemaining()) {
                            checkChunk(cx);
                        }
                    }
                    case ENDING -> {
                        int n = open().pollRead(cx, buffer.clear());
                        if (n == IoResult.PENDING) {
                            return Poll.pending();
                        }
                        if (n != IoResult.END_OF_STREAM) {
                            throw new AssertionError(n + " bytes came back that were never written");
                        }
                        counts.count(Kind.ECHO_CLEAN);
                        open().close();
                        return Poll.ready();
                    }
                }
                if (done == chunks && drops) {
                    counts.count(Kind.DROP);
                    open().close();
                    return Poll.ready();
                }
            }
        }

        private void nextChunk() {
            pattern.fill(buffer.clear(), position);
            buffer.flip();
            state = State.WRITING;
        }

        private void checkChunk(Context cx) throws IOException {
            pattern.check(buffer.flip(), position);
            position += buffer.capacity();
            counts.verified(buffer.capacity());
            if (++done < chunks) {
                nextChunk();
            } else if (!drops) {
                open().pollShutdown(cx);
                counts.count(Kind.HALF_CLOSE);
                state = State.ENDING;
            }
        }

        private TcpStream open() {
            if (stream == null) {
                throw new AssertionError("not connected in state " + state);
            }
            return stream;
        }

        @Override
        public void cancel() {
            if (connecting != null) {
                connecting.cancel();
            }
            if (stream != null) {
                stream.close();
            }
        }
    }
}
