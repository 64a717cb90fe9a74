package dev.edo.stream;

import dev.edo.future.Await;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the JDK's blocking things.
 *
 * <p>Algorithm: this is the future of its own next element, one for all of them: a poll leaves the
 * element in {@code element}, and the future's value is nothing. So waiting allocates nothing.
 */
final class AwaitingIterator<T> implements Iterator<T>, Future<@Nullable Void> {
    private final Stream<T> stream;
    private @Nullable T element;

    AwaitingIterator(Stream<T> stream) {
        this.stream = stream;
    }

    static <T> java.util.stream.Stream<T> blockingStream(Stream<T> stream) {
        int properties = Spliterator.ORDERED | Spliterator.NONNULL;
        var spliterator = Spliterators.spliteratorUnknownSize(new AwaitingIterator<>(stream), properties);
        return StreamSupport.stream(spliterator, false).onClose(stream::cancel);
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        element = stream.pollNext(cx);
        return element != null || stream.isTerminated() ? Poll.ready() : Poll.pending();
    }

    @Override
    public boolean hasNext() {
        if (element == null) {
            try {
                Await.await(this);
            } catch (Throwable t) {
                throw StreamFailure.unchecked(t);
            }
        }
        return element != null;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has ended; ask hasNext() first");
        }
        T taken = element;
        element = null;
        return NullElement.rejectedFrom(taken, "the stream");
    }
}
