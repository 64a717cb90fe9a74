package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.AsyncBlock;
import dev.edo.bench.peer.EdoBare;
import dev.edo.sync.Mpsc;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Tokio's {@code uncontented_bounded}: the thread inside {@code blockOn} sends all messages and then
 * receives them.
 */
@Workload(value = "mpsc_uncontended_bounded", group = Group.CHANNELS, operation = "msg")
@OperationsPerInvocation(Producers.TOTAL)
public class MpscUncontendedBounded {
    static final int CAPACITY = 1_000_000;

    @Benchmark
    public void stackless(EdoBare edo) throws Exception {
        edo.runtime.blockOn(new AsyncBlock<>(() -> {
            var channel = Mpsc.<Integer>bounded(CAPACITY);
            return new Producer(channel.sender(), Producers.TOTAL)
                    .then(sent -> new Consumer(channel.receiver()));
        }));
    }

    @Benchmark
    public void direct(EdoBare edo) throws Exception {
        edo.runtime.blockOn(() -> {
            var channel = Mpsc.<Integer>bounded(CAPACITY);
            Producer.directly(channel.sender(), Producers.TOTAL);
            Consumer.directly(channel.receiver());
        });
    }

    @Benchmark
    public void virtualThreads() throws Exception {
        var queue = new LinkedBlockingQueue<Integer>(CAPACITY);
        Producers.put(queue, Producers.TOTAL);
        Consumer.blocking(queue);
    }
}
