package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.EdoBare;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code contention_bounded_recv_many}: the same, and the consumer takes all that there is.
 */
@Workload(value = "mpsc_bounded_{shape}_recv_many", group = Group.CHANNELS, operation = "msg")
@OperationsPerInvocation(Producers.TOTAL)
@State(Scope.Benchmark)
public class MpscBoundedMany {
    /** Capacity and producers. */
    @Param({"1m_5p", "100_5p"})
    public String shape = "100_5p";

    private int capacity;
    private int producers;

    @Setup
    public void read() {
        capacity = shape.startsWith("1m_") ? 1_000_000 : 100;
        producers = shape.endsWith("_1p") ? 1 : 5;
    }

    @Benchmark
    public List<Integer> stackless(EdoBare edo) throws Exception {
        return edo.runtime.blockOn(
                new AsyncBlock<>(() -> new BatchConsumer(Producers.polled(capacity, producers))));
    }

    @Benchmark
    public List<Integer> direct(EdoBare edo) throws Exception {
        return edo.runtime.blockOn(() -> BatchConsumer.directly(Producers.direct(capacity, producers)));
    }

    @Benchmark
    public List<Integer> virtualThreads() throws Exception {
        return BatchConsumer.blocking(Producers.virtual(queue(), producers));
    }

    private BlockingQueue<Integer> queue() {
        // An array of a million would be all that is measured.
        return capacity > 1_000 ? new LinkedBlockingQueue<>(capacity) : new ArrayBlockingQueue<>(capacity);
    }
}
