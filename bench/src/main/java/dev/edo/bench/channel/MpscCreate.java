package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.sync.Mpsc;
import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;

/** Tokio's {@code create_medium}: a bounded channel is made and closed. */
@Workload(value = "mpsc_create_medium_100", group = Group.CHANNELS, operation = "channel")
public class MpscCreate {
    static final int CAPACITY = 100;

    @Benchmark
    public Object stackless() {
        return create();
    }

    @Benchmark
    public Object direct() {
        return create();
    }

    private static Object create() {
        var channel = Mpsc.<long[]>bounded(CAPACITY);
        channel.sender().close();
        channel.receiver().close();
        return channel;
    }

    @Benchmark
    public Object virtualThreads() {
        return new ArrayBlockingQueue<long[]>(CAPACITY);
    }
}
