package dev.edo.stream;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose next element can be looked at before it is taken; made by {@link Stream#peekable}.
 *
 * <pre>{@code
 * var tokens = lexer.tokens().peekable();
 * while (tokens.peek().await() instanceof Digit) {
 *     number.append(tokens.next().await());
 * }
 * }</pre>
 *
 * <p><em>Errors:</em> a failure that a peek meets is thrown by that peek, and by nothing after it.
 *
 * @param <T> the type of the elements
 * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/adapters/struct.Peekable.html">Peekable</a>
 */
public final class Peekable<T> implements Stream<T> {
    private final Stream<T> source;
    private @Nullable T peeked;

    Peekable(Stream<T> source) {
        this.source = source.fuse();
    }

    /**
     * Waits for the next element and leaves it where it is.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return the element that {@link #next()} will give, or null at the end
     */
    @CheckReturnValue
    public Future<@Nullable T> peek() {
        return Future.of(cx -> {
            var element = pollPeek(cx);
            return element != null || isTerminated() ? Poll.ready(element) : Poll.pending();
        });
    }

    /**
     * Looks at the next element.
     *
     * @param cx whom to wake, and the budget
     * @return the element that the next poll will give; or null: {@link #isTerminated()} then tells the
     *     end from a wait
     * @throws Exception as the source's {@code pollNext}
     */
    public @Nullable T pollPeek(Context cx) throws Exception {
        if (peeked == null) {
            peeked = source.pollNext(cx);
        }
        return peeked;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        var element = peeked;
        if (element == null) {
            return source.pollNext(cx);
        }
        peeked = null;
        return element;
    }

    @Override
    public boolean isTerminated() {
        return peeked == null && source.isTerminated();
    }

    @Override
    public void cancel() {
        peeked = null;
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return source.sizeHint().plus(peeked == null ? 0 : 1);
    }
}
