package dev.edo.stream;

import dev.edo.runtime.Handle;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#toPublisher} returns: gives its stream to the first subscriber and refuses others.
 *
 * <p>Origin: the rules of reactive-streams.org, version 1.0.4, section 1.
 */
final class StreamPublisher<T> implements Flow.Publisher<T> {
    private final Handle handle;
    private final AtomicReference<@Nullable Stream<T>> stream;

    StreamPublisher(Stream<T> stream, Handle handle) {
        this.stream = new AtomicReference<>(stream);
        this.handle = handle;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        var published = stream.getAndSet(null);
        if (published == null) {
            refuse(subscriber, new IllegalStateException("this publisher had its one subscriber already;"
                    + " a stream is used once: make a new one for each subscriber"));
            return;
        }
        var task = new PublishFuture<T>(published, subscriber);
        try {
            var unused = handle.spawn(task);
        } catch (RuntimeException e) {
            published.cancel();
            refuse(subscriber, e);
        }
    }

    /** A subscriber is owed a subscription before the error. */
    private static void refuse(Flow.Subscriber<?> subscriber, RuntimeException reason) {
        subscriber.onSubscribe(new Demand());
        subscriber.onError(reason);
    }
}
