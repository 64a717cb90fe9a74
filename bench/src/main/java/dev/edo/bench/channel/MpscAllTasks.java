package dev.edo.bench.channel;

import dev.edo.Edo;
import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.EdoBare;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.MpscReceiver;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Five producers, and the consumer is a task as well: it receives until the channel is closed. */
@Workload(value = "mpsc_bounded_100_5p_all_tasks", group = Group.CHANNELS, operation = "msg")
@OperationsPerInvocation(Producers.TOTAL)
public class MpscAllTasks {
    static final int CAPACITY = 100;
    static final int PRODUCERS = 5;

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        check(edo.runtime.blockOn(
                new AsyncBlock<>(() -> Edo.spawn(new Counting(Producers.polled(CAPACITY, PRODUCERS))))));
    }

    private static final class Counting implements Future<Integer> {
        private final MpscReceiver<Integer> receiver;
        private int received;

        Counting(MpscReceiver<Integer> receiver) {
            this.receiver = receiver;
        }

        @Override
        public Poll<Integer> poll(Context cx) {
            while (receiver.pollRecv(cx) instanceof Poll.Ready<Integer>(var message)) {
                if (message == null) {
                    receiver.close();
                    return Poll.ready(received);
                }
                received++;
            }
            return Poll.pending();
        }
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        check(edo.runtime.blockOn(() -> {
            var receiver = Producers.direct(CAPACITY, PRODUCERS);
            return Edo.spawn(() -> count(receiver)).await();
        }));
    }

    private static int count(MpscReceiver<Integer> receiver) {
        int received = 0;
        while (receiver.recv().await() != null) {
            received++;
        }
        receiver.close();
        return received;
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var queue = Producers.virtual(new ArrayBlockingQueue<Integer>(CAPACITY), PRODUCERS);
        VirtualThreads.run(1, () -> Consumer.blocking(queue));
        if (!queue.isEmpty()) {
            throw new IllegalStateException(queue.size() + " messages too many");
        }
    }

    private static void check(int received) {
        if (received != Producers.TOTAL) {
            throw new IllegalStateException("received " + received + " of " + Producers.TOTAL + " messages");
        }
    }
}
