package dev.edo.bench.channel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.MpscReceiver;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Receives all messages, one at a time, and closes the receiver. */
final class Consumer implements Future<@Nullable Void> {
    private final MpscReceiver<Integer> receiver;
    private int left = Producers.TOTAL;

    Consumer(MpscReceiver<Integer> receiver) {
        this.receiver = receiver;
    }

    /** The same in direct style. */
    static void directly(MpscReceiver<Integer> receiver) {
        for (int left = Producers.TOTAL; left > 0; left--) {
            require(receiver.recv().await(), left);
        }
        receiver.close();
    }

    /** The same with a queue. */
    static void blocking(BlockingQueue<Integer> queue) throws InterruptedException {
        for (int left = Producers.TOTAL; left > 0; left--) {
            require(queue.take(), left);
        }
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        while (left > 0) {
            if (!(receiver.pollRecv(cx) instanceof Poll.Ready<Integer>(var message))) {
                return Poll.pending();
            }
            require(message, left);
            left--;
        }
        receiver.close();
        return Poll.ready();
    }

    private static void require(@Nullable Integer message, int left) {
        if (message == null || message >= Producers.TOTAL) {
            throw new IllegalStateException("received " + message + " with " + left + " messages to come");
        }
    }
}
