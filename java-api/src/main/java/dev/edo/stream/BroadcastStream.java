package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.sync.BroadcastReceiver;
import dev.edo.sync.BroadcastRecv;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#from(BroadcastReceiver)} returns. */
final class BroadcastStream<T> implements Stream<T> {
    private final BroadcastReceiver<T> receiver;
    private @Nullable Future<BroadcastRecv<T>> running;
    private boolean ended;

    BroadcastStream(BroadcastReceiver<T> receiver) {
        this.receiver = Objects.requireNonNull(receiver, "receiver");
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        if (ended) {
            return null;
        }
        var future = running;
        if (future == null) {
            future = receiver.recv();
            running = future;
        }
        if (!(future.poll(cx) instanceof Poll.Ready(var received))) {
            return null;
        }
        running = null;
        return switch (received) {
            case BroadcastRecv.Received<T>(var message) ->
                NullElement.rejectedFrom(message, "the broadcast channel");
            case BroadcastRecv.Lagged<T>(long skipped) -> throw new BroadcastStreamRecvError(skipped);
            case BroadcastRecv.Closed<T> _ -> {
                cancel();
                yield null;
            }
        };
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public void cancel() {
        ended = true;
        var future = running;
        running = null;
        if (future != null) {
            future.cancel();
        }
        receiver.close();
    }
}
