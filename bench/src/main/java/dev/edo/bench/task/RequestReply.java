package dev.edo.bench.task;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoEitherBare;
import dev.edo.sync.MpscSender;
import dev.edo.sync.OneshotSender;
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
@OperationsPerInvocation(Asking.TRIPS)
public class RequestReply {
    /** Has a task that answers each request. */
    @State(Scope.Benchmark)
    public static class Polled {
        private MpscSender<OneshotSender<@Nullable Void>> requests;

        @Setup
        public void start(EdoEitherBare edo) {
            requests = Answering.polled(edo.runtime);
        }
    }

    @Benchmark
    public void stackless(EdoEitherBare edo, Polled server) throws Exception {
        edo.runtime.blockOn(new Asking(server.requests));
    }

    /** Has a task that answers each request. */
    @State(Scope.Benchmark)
    public static class Direct {
        private MpscSender<OneshotSender<@Nullable Void>> requests;

        @Setup
        public void start(EdoEitherBare edo) {
            requests = Answering.direct(edo.runtime);
        }
    }

    @Benchmark
    public void direct(EdoEitherBare edo, Direct server) throws Exception {
        edo.runtime.blockOn(() -> Asking.directly(server.requests));
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
                for (int i = 0; i < Asking.TRIPS; i++) {
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
