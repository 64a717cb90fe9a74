package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.MpscReceiver;
import java.util.function.Consumer;

/**
 * Receives until the end; completes with how many messages there were.
 *
 * @param <T> the type of the messages
 */
final class Draining<T> implements Future<Integer> {
    private final MpscReceiver<T> receiver;
    private final Consumer<? super T> each;
    private int count;

    Draining(MpscReceiver<T> receiver, Consumer<? super T> each) {
        this.receiver = receiver;
        this.each = each;
    }

    @Override
    public Poll<Integer> poll(Context cx) {
        while (receiver.pollRecv(cx) instanceof Poll.Ready<T>(var message)) {
            if (message == null) {
                return Poll.ready(count);
            }
            count++;
            each.accept(message);
        }
        return Poll.pending();
    }
}
