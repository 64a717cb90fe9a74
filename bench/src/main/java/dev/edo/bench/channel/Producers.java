package dev.edo.bench.channel;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscReceiver;
import dev.edo.sync.UnboundedSender;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Tasks that send 5,000 messages between them. Each method returns the receiver. */
final class Producers {
    static final int TOTAL = 5_000;

    private Producers() {}

    static MpscReceiver<Integer> polled(int capacity, int producers) {
        var channel = Mpsc.<Integer>bounded(capacity);
        for (int i = 0; i < producers; i++) {
            Edo.spawn(new Producer(channel.sender().share(), TOTAL / producers));
        }
        channel.sender().close();
        return channel.receiver();
    }

    static MpscReceiver<Integer> direct(int capacity, int producers) {
        var channel = Mpsc.<Integer>bounded(capacity);
        for (int i = 0; i < producers; i++) {
            var sender = channel.sender().share();
            Edo.spawn(() -> Producer.directly(sender, TOTAL / producers));
        }
        channel.sender().close();
        return channel.receiver();
    }

    static MpscReceiver<Integer> polledUnbounded(int producers) {
        var channel = Mpsc.<Integer>unbounded();
        for (int i = 0; i < producers; i++) {
            var sender = channel.sender().share();
            Edo.spawn((Future<@Nullable Void>) cx -> {
                send(sender, TOTAL / producers);
                return Poll.ready();
            });
        }
        channel.sender().close();
        return channel.receiver();
    }

    static MpscReceiver<Integer> directUnbounded(int producers) {
        var channel = Mpsc.<Integer>unbounded();
        for (int i = 0; i < producers; i++) {
            var sender = channel.sender().share();
            Edo.spawn(() -> send(sender, TOTAL / producers));
        }
        channel.sender().close();
        return channel.receiver();
    }

    /** Sends that many, and closes the sender. */
    static void send(UnboundedSender<Integer> sender, int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            sender.send(i);
        }
        sender.close();
    }

    static <Q extends BlockingQueue<Integer>> Q virtual(Q queue, int producers) {
        for (int i = 0; i < producers; i++) {
            Thread.startVirtualThread(() -> put(queue, TOTAL / producers));
        }
        return queue;
    }

    /** Puts that many. */
    static void put(BlockingQueue<Integer> queue, int messages) {
        try {
            for (int i = 0; i < messages; i++) {
                queue.put(i);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
