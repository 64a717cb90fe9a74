package dev.edo.examples;

import dev.edo.Edo;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A thousand tasks on two workers call a library that blocks: a client with pooled {@code java.net}
 * sockets and locks, as a database driver has them. Each call waits 100 ms for its answer, and
 * blocks its task only, so all of them together take hardly longer than one.
 */
final class BlockingLibrary {
    private static final int CALLS = 1_000;
    private static final int WORKERS = 2;
    private static final Duration SERVER_DELAY = Duration.ofMillis(100);
    /** The first one opens the connections and warms the JVM up. */
    private static final int ROUNDS = 5;

    void main() throws Exception {
        double best = Double.MAX_VALUE;
        try (var server = new SlowServer();
                var client = new BlockingClient(server.address());
                var runtime = EdoRuntime.builder().multiThread().workerThreads(WORKERS).enableAll().build()) {
            for (int round = 1; round <= ROUNDS; round++) {
                boolean warmUp = round == 1;
                IO.print(warmUp ? "warm-up: " : "round " + round + ": ");
                double ratio = runtime.blockOn(() -> callAll(client));
                best = warmUp ? best : Math.min(best, ratio);
            }
        }
        if (best > 1.2) {
            throw new IllegalStateException("all calls took 20 % longer than the slowest one, each time");
        }
    }

    private static double callAll(BlockingClient client) throws Exception {
        long beginNanos = System.nanoTime();
        var calls = new ArrayList<JoinHandle<Long>>();
        for (int i = 0; i < CALLS; i++) {
            int question = i % 128;
            calls.add(Edo.spawn(() -> client.timedCall(question)));
        }
        long slowestNanos = 0;
        for (var call : calls) {
            slowestNanos = Math.max(slowestNanos, call.await());
        }
        long allNanos = System.nanoTime() - beginNanos;
        double ratio = (double) allNanos / slowestNanos;
        IO.println("%,d calls in %.1f ms, the slowest took %.1f ms: %.2f times as long"
                .formatted(CALLS, allNanos / 1e6, slowestNanos / 1e6, ratio));
        return ratio;
    }

    /** Knows nothing of Edo: blocking sockets, a pool of them, a lock. */
    private static final class BlockingClient implements AutoCloseable {
        private final InetSocketAddress server;
        private final ReentrantLock lock = new ReentrantLock();
        private final ArrayDeque<Socket> idle = new ArrayDeque<>();

        BlockingClient(InetSocketAddress server) {
            this.server = server;
        }

        long timedCall(int question) throws IOException {
            long beginNanos = System.nanoTime();
            var socket = take();
            try {
                call(socket, question);
            } catch (IOException e) {
                socket.close(); // an answer that still comes would be taken for that to another question
                throw e;
            }
            give(socket);
            return System.nanoTime() - beginNanos;
        }

        private static void call(Socket socket, int question) throws IOException {
            socket.getOutputStream().write(question);
            int answer = socket.getInputStream().read();
            if (answer != question) {
                throw new IOException("asked " + question + ", got " + answer);
            }
        }

        private Socket take() throws IOException {
            Socket socket;
            lock.lock();
            try {
                socket = idle.poll();
            } finally {
                lock.unlock();
            }
            if (socket == null) {
                socket = new Socket(server.getAddress(), server.getPort());
                socket.setTcpNoDelay(true);
            }
            return socket;
        }

        private void give(Socket socket) {
            lock.lock();
            try {
                idle.push(socket);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            for (var socket : idle) {
                socket.close();
            }
        }
    }

    /** Answers each byte with itself, after a while; on threads of its own. */
    private static final class SlowServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, CALLS, InetAddress.getLoopbackAddress());

        SlowServer() throws IOException {
            Thread.startVirtualThread(() -> {
                try {
                    for (;;) {
                        var socket = listener.accept();
                        Thread.startVirtualThread(() -> serve(socket));
                    }
                } catch (IOException e) {
                    // closed: the example is over
                }
            });
        }

        InetSocketAddress address() {
            return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        }

        private static void serve(Socket socket) {
            try (socket) {
                socket.setTcpNoDelay(true);
                for (int question; (question = socket.getInputStream().read()) >= 0; ) {
                    Thread.sleep(SERVER_DELAY);
                    socket.getOutputStream().write(question);
                }
            } catch (IOException | InterruptedException e) {
                // the client is gone
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
