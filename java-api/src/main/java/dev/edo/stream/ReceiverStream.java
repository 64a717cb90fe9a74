package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.sync.MpscReceiver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#from(MpscReceiver)} returns. */
final class ReceiverStream<T> implements Stream<T> {
    private final MpscReceiver<T> receiver;
    private boolean ended;

    ReceiverStream(MpscReceiver<T> receiver) {
        this.receiver = Objects.requireNonNull(receiver, "receiver");
    }

    @Override
    public @Nullable T pollNext(Context cx) {
        if (ended || !(receiver.pollRecv(cx) instanceof Poll.Ready(var message))) {
            return null;
        }
        ended = message == null;
        return message;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public void cancel() {
        ended = true;
        receiver.close();
    }

    @Override
    public SizeHint sizeHint() {
        if (ended) {
            return SizeHint.NONE;
        }
        boolean closed = receiver.isClosed(); // before counting: nothing is added after that but by permits
        int there = receiver.len();
        return closed
                ? new SizeHint(there, Math.max(there, receiver.maxCapacity() - receiver.capacity()))
                : SizeHint.atLeast(there);
    }
}
