package dev.edo.bench.channel;

import dev.edo.bench.Group;
import dev.edo.bench.Workload;
import dev.edo.bench.peer.EdoBare;
import dev.edo.sync.Mpsc;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Tokio's {@code send_medium}: a channel is made, a message of 512 bytes sent in one {@code blockOn}
 * and received in another.
 */
@Workload(value = "mpsc_send_medium_1000", group = Group.CHANNELS, operation = "channel+msg")
public class MpscSend {
    static final int CAPACITY = 1_000;
    static final int WORDS = 64;

    @Benchmark
    public long @Nullable [] stackless(EdoBare edo) throws Exception {
        var channel = Mpsc.<long[]>bounded(CAPACITY);
        edo.runtime.blockOn(channel.sender().send(new long[WORDS]));
        var message = edo.runtime.blockOn(channel.receiver().recv());
        channel.sender().close();
        channel.receiver().close();
        return message;
    }

    @Benchmark
    public long @Nullable [] direct(EdoBare edo) throws Exception {
        var channel = Mpsc.<long[]>bounded(CAPACITY);
        edo.runtime.blockOn(() -> {
            channel.sender().send(new long[WORDS]).await();
        });
        var message = edo.runtime.blockOn(() -> channel.receiver().recv().await());
        channel.sender().close();
        channel.receiver().close();
        return message;
    }

    @Benchmark
    public long[] virtualThreads() throws Exception {
        var queue = new ArrayBlockingQueue<long[]>(CAPACITY);
        queue.put(new long[WORDS]);
        return queue.take();
    }
}
