package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The task behind {@link Stream#toPublisher}: sends its subscriber what that asked for.
 *
 * <p>Algorithm: every signal is sent by this task, so signals are serial, and a subscriber that requests
 * from inside {@code onNext} is served by the loop, however often it does so. What the subscriber did
 * is looked at before each element.
 *
 * <p>Shutdown: a task that is cancelled tells its subscriber so by {@code onError}.
 *
 * <p>Invariants: {@code subscriber} is null from just before the last signal on.
 */
final class PublishFuture<T> implements Future<@Nullable Void> {
    private static final int MOST_ELEMENTS_PER_POLL = 256;

    private final Stream<T> stream;
    private final Demand demand = new Demand();
    private Flow.@Nullable Subscriber<? super T> subscriber;
    private boolean introduced;
    private long sent;

    PublishFuture(Stream<T> stream, Flow.Subscriber<? super T> subscriber) {
        this.stream = stream;
        this.subscriber = subscriber;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) {
        var receiver = subscriber;
        if (receiver == null) {
            throw SpentFuture.polledAgain("the task of toPublisher");
        }
        demand.setWaker(null);
        try {
            introduce(receiver);
            return publish(receiver, cx) ? Poll.ready() : Poll.pending();
        } catch (Throwable t) {
            StreamFailure.cancelAfter(t, this::leave);
            throw t;
        }
    }

    private void introduce(Flow.Subscriber<? super T> receiver) {
        if (!introduced) {
            introduced = true;
            receiver.onSubscribe(demand);
        }
    }

    /** Sends what may be sent now, and tells whether that was all. */
    private boolean publish(Flow.Subscriber<? super T> receiver, Context cx) {
        for (int i = 0; i < MOST_ELEMENTS_PER_POLL; i++) {
            if (isOver(receiver)) {
                return true;
            }
            if (!demand.exceeds(sent)) {
                demand.setWaker(cx.waker());
                if (demand.exceeds(sent)) {
                    continue;
                }
                return isOver(receiver);
            }
            T element;
            try {
                element = stream.pollNext(cx);
            } catch (Throwable t) {
                StreamFailure.cancelAfter(t, this::leave);
                receiver.onError(t);
                return true;
            }
            if (element == null) {
                demand.setWaker(cx.waker());
                return isOver(receiver);
            }
            sent++;
            receiver.onNext(element);
        }
        demand.setWaker(cx.waker());
        cx.waker().wake();
        return false;
    }

    /** Looks whether there is nothing more to send, and signals it. */
    private boolean isOver(Flow.Subscriber<? super T> receiver) {
        if (demand.isCancelled()) {
            leave();
            return true;
        }
        var bad = demand.badRequest();
        if (bad != null) {
            StreamFailure.cancelAfter(bad, this::leave);
            receiver.onError(bad);
            return true;
        }
        if (stream.isTerminated()) {
            complete(receiver);
            return true;
        }
        return false;
    }

    /**
     * Signals the end. A stream that had ended before anybody polled it, as one of which nothing is taken,
     * holds its source until it is cancelled; the others have let go.
     */
    private void complete(Flow.Subscriber<? super T> receiver) {
        try {
            leave();
        } catch (Throwable t) {
            receiver.onError(t);
            return;
        }
        receiver.onComplete();
    }

    private void leave() {
        end();
        stream.cancel();
    }

    /** Whatever the subscriber asks for from now on concerns nobody. */
    private void end() {
        subscriber = null;
        demand.setWaker(null);
    }

    @Override
    public void cancel() {
        var receiver = subscriber;
        if (receiver == null) {
            return;
        }
        if (demand.isCancelled()) {
            leave();
            return;
        }
        var reason = new CancellationException(
                "the task that published this stream was cancelled: its runtime was shut down");
        StreamFailure.cancelAfter(reason, this::leave);
        introduce(receiver);
        receiver.onError(reason);
    }
}
