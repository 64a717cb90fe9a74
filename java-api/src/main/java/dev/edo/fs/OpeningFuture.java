package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Opens something on the blocking pool, and closes it where nobody waits for it any more.
 *
 * <p>Algorithm: the call leaves what it has opened in {@code opened}, from where either the poll that
 * completes takes it or {@code cancel()}. If {@code cancel()} was there first, the call itself closes.
 */
final class OpeningFuture<T extends Closeable> implements IoFuture<T> {
    /** Stands in {@code opened} when this has completed or was cancelled. */
    private static final Object SPENT = new Object();

    private final AtomicReference<@Nullable Object> opened = new AtomicReference<>();
    private final BlockingFuture<T> future;

    OpeningFuture(String what, Opening<T> opening) {
        future = new BlockingFuture<>(what, () -> handOver(opening.open()));
    }

    /** What is to be called. */
    @FunctionalInterface
    interface Opening<T extends Closeable> {
        T open() throws IOException;
    }

    /** What the call does with what it has opened. */
    T handOver(T resource) throws IOException {
        if (!opened.compareAndSet(null, resource)) {
            resource.close();
            throw new CancellationException("nobody waits for " + resource);
        }
        return resource;
    }

    @Override
    public Poll<T> poll(Context cx) throws IOException {
        var result = future.poll(cx);
        if (result.isReady()) {
            opened.set(SPENT);
        }
        return result;
    }

    @Override
    public void cancel() {
        future.cancel();
        if (opened.getAndSet(SPENT) instanceof Closeable resource) {
            try {
                resource.close();
            } catch (IOException e) {
                // nothing was written yet, and nobody is left to be told
            }
        }
    }
}
