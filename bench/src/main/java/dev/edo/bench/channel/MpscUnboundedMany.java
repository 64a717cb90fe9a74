package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.EdoBare;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tokio's {@code contention_unbounded_recv_many}: the same, and the consumer takes all that there
 * is.
 */
@Workload(value = "mpsc_unbounded_5p_recv_many", group = Group.CHANNELS, operation = "msg")
@OperationsPerInvocation(Producers.TOTAL)
public class MpscUnboundedMany {
    static final int PRODUCERS = 5;

    @Benchmark
    public List<Integer> stackless(EdoBare edo) throws Exception {
        return edo.runtime.blockOn(
                new AsyncBlock<>(() -> new BatchConsumer(Producers.polledUnbounded(PRODUCERS))));
    }

    @Benchmark
    public List<Integer> direct(EdoBare edo) throws Exception {
        return edo.runtime.blockOn(() -> BatchConsumer.directly(Producers.directUnbounded(PRODUCERS)));
    }

    @Benchmark
    public List<Integer> virtualThreads() throws Exception {
        return BatchConsumer.blocking(Producers.virtual(new LinkedBlockingQueue<>(), PRODUCERS));
    }
}
