package dev.edo.bench.task;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoEitherBare;
import dev.edo.bench.peer.Mailbox;
import dev.edo.bench.peer.Oneshot;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tokio's {@code request_reply}: the thread inside {@code blockOn} sends requests to a task, one at
 * a time, and each is answered through a oneshot channel.
 */
@Workload(value = "{flavor}_request_reply", group = Group.SWITCH, operation = "round trip")
@OperationsPerInvocation(RequestReply.TRIPS)
public class RequestReply {
    static final int TRIPS = 1_000;

    /** Answers each request. */
    @State(Scope.Benchmark)
    public static class Polled {
        final Mailbox<Oneshot> requests = new Mailbox<>();

        @Setup
        public void start(EdoEitherBare edo) {
            edo.runtime.spawn((Future<@Nullable Void>) cx -> {
                while (requests.poll(cx) instanceof Poll.Ready<Oneshot>(var reply)) {
                    reply.send();
                }
                return Poll.pending();
            });
        }
    }

    private static final class Asking implements Future<@Nullable Void> {
        private final Mailbox<Oneshot> requests;
        private int left = TRIPS;
        private @Nullable Oneshot reply;

        Asking(Mailbox<Oneshot> requests) {
            this.requests = requests;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) {
            for (;;) {
                var waiting = reply;
                if (waiting == null) {
                    if (left-- == 0) {
                        return Poll.ready();
                    }
                    waiting = new Oneshot();
                    reply = waiting;
                    requests.send(waiting);
                }
                if (!waiting.poll(cx).isReady()) {
                    return Poll.pending();
                }
                reply = null;
            }
        }
    }

    @Benchmark
    public void stackless(EdoEitherBare edo, Polled server) throws Exception {
        edo.runtime.blockOn(new Asking(server.requests));
    }

    /** Answers each request. */
    @State(Scope.Benchmark)
    public static class Direct {
        final Mailbox<Oneshot> requests = new Mailbox<>();

        @Setup
        public void start(EdoEitherBare edo) {
            edo.runtime.spawn(() -> {
                while (true) {
                    requests.receive().await().send();
                }
            });
        }
    }

    @Benchmark
    public void direct(EdoEitherBare edo, Direct server) throws Exception {
        edo.runtime.blockOn(() -> ask(server.requests));
    }

    private static void ask(Mailbox<Oneshot> requests) throws Exception {
        for (int i = 0; i < TRIPS; i++) {
            var reply = new Oneshot();
            requests.send(reply);
            reply.await();
        }
    }

    /** Answers each request. */
    @State(Scope.Benchmark)
    public static class Virtual {
        final ArrayBlockingQueue<CompletableFuture<@Nullable Void>> requests = new ArrayBlockingQueue<>(10);
        private Thread thread;

        @Setup
        public void start() {
            thread = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        requests.take().complete(null);
                    }
                } catch (InterruptedException e) {
                    // the end of the benchmark
                }
            });
        }

        @TearDown
        public void stop() {
            thread.interrupt();
        }

        void ask() {
            try {
                for (int i = 0; i < TRIPS; i++) {
                    var reply = new CompletableFuture<@Nullable Void>();
                    requests.put(reply);
                    reply.join();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Benchmark
    public void virtualThreads(Virtual server) throws Exception {
        server.ask();
    }
}
