package dev.edo.impl.chaos;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.chaos.ChaosCounts.Kind;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One life of a server runtime and a client runtime: tasks of both styles are spawned and aborted, connections made,
 * reset, half-closed and dropped, and at some moment both runtimes are shut down in one of three ways. Afterwards every
 * task has ended and every registration is gone.
 */
final class ChaosRound {
    private static final int CLIENTS_AT_ONCE = 64;
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);

    private final SplittableRandom random;
    private final ChaosCounts counts;
    private final Setup setup;
    private volatile boolean ending;
    private final Queue<JoinHandle<?>> handles = new ConcurrentLinkedQueue<>();

    ChaosRound(Setup setup, SplittableRandom random, ChaosCounts counts) {
        this.setup = setup;
        this.random = random;
        this.counts = counts;
    }

    /** Runs for a while and checks what is left behind. */
    void run(Duration length) throws Exception {
        var server = setup.start();
        var client = setup.start();
        try {
            var address = Eventually.returns("binding", () -> {
                var bound = server.handle().spawn(() -> listen(server, random.split())).await();
                return bound;
            });
            drive(client, address, System.nanoTime() + length.toNanos());
        } finally {
            ending = true;
            shutDown(random.nextBoolean() ? List.of(server, client) : List.of(client, server));
        }
        checkEnded(server.runtime());
        checkEnded(client.runtime());
        counts.count(Kind.ROUND);
    }

    // --- the server

    private InetSocketAddress listen(Running server, SplittableRandom choices) throws IOException {
        var listener = TcpListener.bind("127.0.0.1:0").await();
        var address = listener.localAddress();
        track(server.handle().spawn(() -> {
            try (listener) {
                for (;;) {
                    serve(listener.accept().await(), choices);
                }
            }
        }));
        return address;
    }

    private void serve(TcpStream stream, SplittableRandom choices) {
        var buffer = ByteBuffer.allocateDirect(choices.nextInt(1, 16 * 1024));
        if (choices.nextBoolean()) {
            track(Edo.spawn(() -> EchoServing.inDirectStyle(stream, buffer)));
        } else {
            track(Edo.spawn(new EchoServing(stream, buffer)));
        }
    }

    // --- the clients

    private void drive(Running client, InetSocketAddress server, long endNanos) {
        var alive = new ArrayList<JoinHandle<?>>();
        while (System.nanoTime() - endNanos < 0) {
            alive.removeIf(JoinHandle::isFinished);
            if (alive.size() < CLIENTS_AT_ONCE) {
                alive.add(spawnSomething(client, server));
            } else {
                LockSupport.parkNanos(100_000);
            }
            if (random.nextInt(16) == 0) {
                counts.count(Kind.ABORT);
                alive.get(random.nextInt(alive.size())).abort();
            }
        }
    }

    private JoinHandle<?> spawnSomething(Running client, InetSocketAddress server) {
        var handle = client.handle();
        var choices = random.split();
        return track(switch (random.nextInt(8)) {
            case 0 -> handle.spawn(() -> {
                counts.count(Kind.SLEEP);
                Edo.sleep(Duration.ofNanos(choices.nextLong(5_000_000))).await();
                Thread.yield();
            });
            case 1 -> handle.spawnBlocking(() -> {
                counts.count(Kind.BLOCKING);
                LockSupport.parkNanos(choices.nextLong(1_000_000));
            });
            case 2, 3, 4 -> {
                counts.count(Kind.TASK_STACKLESS);
                yield handle.spawn(Future.lazy(() -> new EchoClient(server, choices, counts, () -> ending))
                        .then(EchoClient::stackless));
            }
            default -> {
                counts.count(Kind.TASK_DIRECT);
                yield handle.spawn(() -> new EchoClient(server, choices, counts, () -> ending).run());
            }
        });
    }

    private JoinHandle<?> track(JoinHandle<?> handle) {
        handles.add(handle);
        if (handles.size() > 10_000) {
            for (int i = 0; i < 5_000; i++) {
                var old = handles.poll();
                if (old != null && old.isFinished()) {
                    judge(old);
                } else if (old != null) {
                    handles.add(old);
                }
            }
        }
        return handle;
    }

    // --- the end

    private void shutDown(List<Running> runtimes) throws Exception {
        for (var running : runtimes) {
            var runtime = running.runtime();
            switch (random.nextInt(3)) {
                case 0 -> counts.count(Kind.SHUTDOWN_CLOSE);
                case 1 -> {
                    counts.count(Kind.SHUTDOWN_TIMEOUT);
                    var report = Eventually.returns("shutdownTimeout", () -> runtime.shutdownTimeout(SHUTDOWN_LIMIT));
                    if (!report.complete()) {
                        throw new AssertionError("shutdown did not end within " + SHUTDOWN_LIMIT + ": " + report);
                    }
                }
                default -> {
                    counts.count(Kind.SHUTDOWN_BACKGROUND);
                    runtime.shutdownBackground();
                }
            }
            running.close();
        }
    }

    private void checkEnded(EdoRuntime runtime) throws Exception {
        Eventually.until(() -> runtime.metrics().numAliveTasks() + " tasks of " + runtime + " are still there",
                () -> runtime.metrics().numAliveTasks() == 0);
        for (var handle = handles.poll(); handle != null; handle = handles.poll()) {
            var ended = handle;
            Eventually.until(() -> ended + " has not ended", ended::isFinished);
            judge(ended);
        }
        var metrics = runtime.metrics();
        Eventually.until(
                () -> {
                    System.gc();
                    return "registered=" + metrics.ioDriverFdRegisteredCount() + " deregistered="
                            + metrics.ioDriverFdDeregisteredCount();
                },
                () -> {
                    if (metrics.ioDriverFdRegisteredCount() == metrics.ioDriverFdDeregisteredCount()) {
                        return true;
                    }
                    System.gc(); // sockets of tasks that never ran are closed by a cleaner
                    return false;
                });
    }

    /** A task may fail because it was aborted or its connection was cut off; nothing else. */
    private void judge(JoinHandle<?> handle) {
        try {
            handle.await();
        } catch (JoinError e) {
            var cause = e.getCause();
            if (cause == null) {
                return;
            }
            if (cause instanceof IOException || cause instanceof CancellationException) {
                counts.count(Kind.CUT_OFF);
            } else if (cause instanceof IllegalStateException && String.valueOf(cause.getMessage()).contains("shut down")) {
                counts.count(Kind.CUT_OFF);
            } else {
                counts.failed(cause);
            }
        }
    }
}
