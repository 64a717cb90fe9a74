package dev.edo.bench.task;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
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
 * The same with a task on a worker on either side.
 */
@Workload(value = "mt_request_reply_tasks", group = Group.SWITCH, operation = "round trip")
@OperationsPerInvocation(Asking.TRIPS)
public class RequestReplyTasks {
    /** Has a task that answers each request. */
    @State(Scope.Benchmark)
    public static class Polled {
        private MpscSender<OneshotSender<@Nullable Void>> requests;

        @Setup
        public void start(EdoBare edo) {
            requests = Answering.polled(edo.runtime);
        }
    }

    @Benchmark
    public void stackless(EdoBare edo, Polled server) throws Exception {
        edo.runtime.blockOn(edo.runtime.spawn(new Asking(server.requests)));
    }

    /** Has a task that answers each request. */
    @State(Scope.Benchmark)
    public static class Direct {
        private MpscSender<OneshotSender<@Nullable Void>> requests;

        @Setup
        public void start(EdoBare edo) {
            requests = Answering.direct(edo.runtime);
        }
    }

    @Benchmark
    public void direct(EdoBare edo, Direct server) throws Exception {
        edo.runtime.blockOn(edo.runtime.spawn(() -> Asking.directly(server.requests)));
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

        void ask() throws InterruptedException {
            for (int i = 0; i < Asking.TRIPS; i++) {
                var reply = new CompletableFuture<@Nullable Void>();
                requests.put(reply);
                reply.join();
            }
        }
    }

    @Benchmark
    public void virtualThreads(Virtual server) throws Exception {
        VirtualThreads.run(1, server::ask);
    }
}
