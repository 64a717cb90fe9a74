package dev.edo.impl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.IoResult;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an echoed request costs the server once everything is warm: no allocation, and the three system calls that
 * it cannot do without. The other side is a blocking JDK socket that sends a request when it has the reply, so that
 * each request finds the worker asleep in the driver.
 */
@Timeout(120)
class EchoCostTest {
    private static final int WARM_UP = 20_000;
    private static final int REQUESTS = 20_000;

    private final CompletableFuture<Thread> worker = new CompletableFuture<>();
    private final byte[] request = new byte[64];
    private final byte[] reply = new byte[64];
    private final CountingSocket counting = new CountingSocket(NativeSocket.stream(false).intValue());
    private final EdoRuntime runtime = EdoRuntime.builder()
            .multiThread()
            .workerThreads(1)
            .enableAll()
            .onThreadStart(() -> worker.complete(Thread.currentThread()))
            .build();
    private @Nullable Socket peer;

    EchoCostTest() throws IOException {}

    /** Counts the system calls that move data. */
    private static final class CountingSocket extends NativeSocket {
        private final AtomicInteger calls = new AtomicInteger();

        CountingSocket(int fd) {
            super(fd);
        }

        @Override
        public int receive(ByteBuffer dst) throws IOException {
            calls.incrementAndGet();
            return super.receive(dst);
        }

        @Override
        public int send(ByteBuffer src) throws IOException {
            calls.incrementAndGet();
            return super.send(src);
        }
    }

    /** Writes back what it reads. */
    private static final class Echo implements Future<@Nullable Void> {
        private final TcpStream stream;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        private boolean writing;

        Echo(TcpStream stream) {
            this.stream = stream;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws IOException {
            for (;;) {
                if (writing) {
                    if (stream.pollWrite(cx, buffer) == IoResult.PENDING) {
                        return Poll.pending();
                    }
                    if (!buffer.hasRemaining()) {
                        buffer.clear();
                        writing = false;
                    }
                } else {
                    int count = stream.pollRead(cx, buffer);
                    if (count == IoResult.PENDING) {
                        return Poll.pending();
                    }
                    if (count == IoResult.END_OF_STREAM) {
                        stream.close();
                        return Poll.ready();
                    }
                    buffer.flip();
                    writing = true;
                }
            }
        }
    }

    @BeforeEach
    void connect() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            var prepared = new PreparedSocket<NativeSocket>(counting, "CountingSocket") {};
            var connect = new ConnectFuture(Addresses.of(List.of(address)), prepared);
            var stream = runtime.blockOn(connect);
            var accepted = listener.accept();
            accepted.setTcpNoDelay(true);
            peer = accepted;
            runtime.spawn(new Echo(stream));
        }
        echo(WARM_UP);
    }

    @AfterEach
    void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
        runtime.close();
    }

    private void echo(int times) throws IOException {
        if (peer == null) {
            throw new AssertionError("not connected");
        }
        var in = peer.getInputStream();
        var out = peer.getOutputStream();
        for (int i = 0; i < times; i++) {
            Arrays.fill(request, (byte) i);
            out.write(request);
            assertEquals(request.length, in.readNBytes(reply, 0, reply.length), "the server hung up");
            assertTrue(Arrays.equals(request, reply), "a wrong reply");
        }
    }

    @Test
    void anEchoedRequestAllocatesNothing() throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = worker.get().threadId();
        long before = threads.getThreadAllocatedBytes(id);
        echo(REQUESTS);
        long bytes = threads.getThreadAllocatedBytes(id) - before;
        assertTrue(bytes < REQUESTS, "bytes=" + bytes + " in " + REQUESTS + " requests");
    }

    /** One wait for events, one receive (no second one to be told EAGAIN), one send; no epoll_ctl, no wake-up. */
    @Test
    void anEchoedRequestCostsThreeSystemCalls() throws Exception {
        var io = ((RuntimeHandle) runtime.handle()).io();
        int callsBefore = counting.calls.get();
        long turnsBefore = io.turnCount();
        long wakesBefore = io.wakeCount();
        long registeredBefore = io.registeredCount();
        echo(REQUESTS);
        Eventually.until("the last send was counted", () -> counting.calls.get() - callsBefore >= 2 * REQUESTS);
        int calls = counting.calls.get() - callsBefore;
        long turns = io.turnCount() - turnsBefore;
        assertTrue(calls <= 2 * REQUESTS + REQUESTS / 100, "receives and sends=" + calls);
        assertTrue(turns <= REQUESTS + REQUESTS / 20, "turns of the driver=" + turns);
        assertEquals(0, io.wakeCount() - wakesBefore, "wake-ups of the driver");
        assertEquals(0, io.registeredCount() - registeredBefore, "registrations");
    }
}
