package dev.edo.bench.channel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.MpscReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** Receives all messages, as many at a time as there are, and closes the receiver. */
final class BatchConsumer implements Future<List<Integer>> {
    private final MpscReceiver<Integer> receiver;
    private final List<Integer> messages = new ArrayList<>(Producers.TOTAL);

    BatchConsumer(MpscReceiver<Integer> receiver) {
        this.receiver = receiver;
    }

    /** The same in direct style. */
    static List<Integer> directly(MpscReceiver<Integer> receiver) {
        var messages = new ArrayList<Integer>(Producers.TOTAL);
        while (messages.size() < Producers.TOTAL) {
            require(receiver.recvMany(messages, Producers.TOTAL).await(), messages);
        }
        receiver.close();
        return messages;
    }

    /** The same with a queue. */
    static List<Integer> blocking(BlockingQueue<Integer> queue) throws InterruptedException {
        var messages = new ArrayList<Integer>(Producers.TOTAL);
        while (messages.size() < Producers.TOTAL) {
            messages.add(queue.take());
            queue.drainTo(messages);
        }
        return messages;
    }

    @Override
    public Poll<List<Integer>> poll(Context cx) {
        while (messages.size() < Producers.TOTAL) {
            var poll = receiver.pollRecvMany(cx, messages, Producers.TOTAL);
            if (!(poll instanceof Poll.Ready<Integer>(var received))) {
                return Poll.pending();
            }
            require(received, messages);
        }
        receiver.close();
        return Poll.ready(messages);
    }

    private static void require(int received, List<Integer> messages) {
        if (received == 0) {
            throw new IllegalStateException("closed after " + messages.size() + " messages");
        }
    }
}
