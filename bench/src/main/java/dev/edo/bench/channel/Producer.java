package dev.edo.bench.channel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.MpscSender;
import org.jspecify.annotations.Nullable;

/** {@code for i in 0..messages { sender.send(i).await }}, and closes the sender. */
final class Producer implements Future<@Nullable Void> {
    private final MpscSender<Integer> sender;
    private final int messages;
    private int next;
    private @Nullable Future<@Nullable Void> sending;

    Producer(MpscSender<Integer> sender, int messages) {
        this.sender = sender;
        this.messages = messages;
    }

    /** The same in direct style. */
    static void directly(MpscSender<Integer> sender, int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            sender.send(i).await();
        }
        sender.close();
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        for (;;) {
            var current = sending;
            if (current == null) {
                if (next == messages) {
                    sender.close();
                    return Poll.ready();
                }
                current = sender.send(next++);
                sending = current;
            }
            if (!current.poll(cx).isReady()) {
                return Poll.pending();
            }
            sending = null;
        }
    }
}
