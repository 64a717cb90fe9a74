package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.EdoBare;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Tokio's {@code contention_unbounded}: producers are tasks, the consumer is the thread inside
 * {@code blockOn}.
 */
@Workload(value = "mpsc_unbounded_{producers}p", group = Group.CHANNELS, operation = "msg")
@OperationsPerInvocation(Producers.TOTAL)
@State(Scope.Benchmark)
public class MpscUnbounded {
    /** How many. */
    @Param({"5", "1"})
    public int producers;

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> new Consumer(Producers.polledUnbounded(producers))));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> Consumer.directly(Producers.directUnbounded(producers)));
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        Consumer.blocking(Producers.virtual(new LinkedBlockingQueue<>(), producers));
    }
}
