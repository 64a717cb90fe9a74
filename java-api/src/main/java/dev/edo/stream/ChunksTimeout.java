package dev.edo.stream;

import dev.edo.future.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements in lists, each as long as the limit, or shorter where its time was over; made by
 * {@link Stream#chunksTimeout}.
 *
 * <pre>{@code
 * var batches = Stream.from(events).chunksTimeout(1_000, Duration.ofMillis(50));
 * for (var batch : batches.blockingIterable()) {
 *     database.insert(batch);
 * }
 * }</pre>
 *
 * <p><em>Errors:</em> a failure of the source comes after the elements that were before it, as a chunk of
 * their own.
 *
 * @param <T> the type of the elements
 * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/adapters/struct.ChunksTimeout.html">ChunksTimeout</a>
 */
public final class ChunksTimeout<T> implements Stream<List<T>> {
    private static final int LARGEST_FIRST_CAPACITY = 1 << 10;

    private final Stream<T> source;
    private final int maxSize;
    private final Deadline deadline;
    private ArrayList<T> chunk = new ArrayList<>(0);

    /** What the source threw while there was a chunk to be given first. */
    private @Nullable Throwable held;

    ChunksTimeout(Stream<T> source, int maxSize, Duration timeout) {
        if (maxSize <= 0) {
            throw new IllegalArgumentException("maxSize=" + maxSize + " must be larger than zero;"
                    + " a chunk holds at least one element");
        }
        this.source = source.fuse();
        this.maxSize = maxSize;
        this.deadline = new Deadline(timeout);
    }

    @Override
    public @Nullable List<T> pollNext(Context cx) throws Exception {
        if (held != null) {
            var thrown = held;
            held = null;
            throw StreamFailure.raise(thrown);
        }
        deadline.prepare();
        boolean hadBudget = cx.hasBudgetRemaining();
        T element;
        while ((element = pollSource(cx)) != null) {
            if (chunk.isEmpty()) {
                chunk = new ArrayList<>(Math.min(maxSize, LARGEST_FIRST_CAPACITY));
                deadline.start();
            }
            chunk.add(element);
            if (chunk.size() == maxSize) {
                return remainder();
            }
        }
        if (chunk.isEmpty()) {
            return null;
        }
        boolean over = held != null || source.isTerminated() || deadline.hasEnded(cx, hadBudget);
        return over ? remainder() : null;
    }

    private @Nullable T pollSource(Context cx) throws Exception {
        try {
            return source.pollNext(cx);
        } catch (Throwable t) {
            if (chunk.isEmpty()) {
                throw t;
            }
            held = t;
            return null;
        }
    }

    /**
     * Takes out what has been collected for the next chunk, for instance before this stream is given up.
     *
     * @return the elements, maybe none; the list is the caller's
     */
    public List<T> remainder() {
        deadline.stop();
        var taken = chunk;
        chunk = new ArrayList<>(0);
        return taken;
    }

    @Override
    public boolean isTerminated() {
        return chunk.isEmpty() && held == null && source.isTerminated();
    }

    @Override
    public void cancel() {
        held = null;
        chunk = new ArrayList<>(0);
        deadline.stop();
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        var hint = source.sizeHint();
        return new SizeHint(hint.lower() / maxSize, hint.upper()).plus(chunk.isEmpty() ? 0 : 1);
    }
}
