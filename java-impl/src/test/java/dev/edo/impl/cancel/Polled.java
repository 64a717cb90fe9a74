package dev.edo.impl.cancel;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncSeek;
import dev.edo.io.AsyncWrite;
import dev.edo.io.IoResult;
import dev.edo.stream.Stream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hand-written future around a method that is polled: it takes its waker back as the method's object wants it.
 *
 * @param <T> the type of the value
 */
final class Polled<T extends @Nullable Object> implements Future<T> {
    private final Future<T> poll;
    private final Consumer<Waker> forget;
    private @Nullable Waker registered;
    private boolean ended;

    private Polled(Future<T> poll, Consumer<Waker> forget) {
        this.poll = poll;
        this.forget = forget;
    }

    static <T extends @Nullable Object> Polled<T> of(Future<T> poll, Consumer<Waker> forget) {
        return new Polled<>(poll, forget);
    }

    /** A method of a source that tells how many bytes, or pending. */
    static Polled<Integer> reading(AsyncRead source, Count count) {
        return of(count, source::cancelRead);
    }

    static Polled<Integer> writing(AsyncWrite sink, Count count) {
        return of(count, sink::cancelWrite);
    }

    /** A method of a sink that tells whether it is done. */
    static Polled<@Nullable Void> finishing(AsyncWrite sink, Done done) {
        return of(done, sink::cancelWrite);
    }

    static Polled<Long> seeking(AsyncSeek target) {
        return of(cx -> {
            long position = target.pollComplete(cx);
            return position == IoResult.PENDING ? Poll.pending() : Poll.ready(position);
        }, target::cancelSeek);
    }

    /** The next element; giving up gives up the stream. */
    static <T> Polled<@Nullable T> ending(Stream<T> stream) {
        return of(cx -> {
            var element = stream.pollNext(cx);
            return element != null || stream.isTerminated() ? Poll.ready(element) : Poll.pending();
        }, waker -> stream.cancel());
    }

    /** How many bytes, or pending. */
    @FunctionalInterface
    interface Count extends Future<Integer> {
        int count(Context cx) throws Exception;

        @Override
        default Poll<Integer> poll(Context cx) throws Exception {
            int n = count(cx);
            return n == IoResult.PENDING ? Poll.pending() : Poll.ready(n);
        }
    }

    /** Whether it is done. */
    @FunctionalInterface
    interface Done extends Future<@Nullable Void> {
        boolean isDone(Context cx) throws Exception;

        @Override
        default Poll<@Nullable Void> poll(Context cx) throws Exception {
            return isDone(cx) ? Poll.ready() : Poll.pending();
        }
    }

    @Override
    public Poll<T> poll(Context cx) throws Exception {
        if (ended) {
            throw new IllegalStateException("polled after its end");
        }
        registered = cx.waker();
        ended = true;
        var result = poll.poll(cx);
        ended = result.isReady();
        return result;
    }

    @Override
    public void cancel() {
        var waker = registered;
        boolean waiting = !ended && waker != null;
        ended = true;
        if (waiting) {
            forget.accept(waker);
        }
    }
}
