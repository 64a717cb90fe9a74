package dev.edo.fs;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often it was closed. */
final class CountedResource implements Closeable {
    private final AtomicInteger closes = new AtomicInteger();

    @Override
    public void close() {
        closes.incrementAndGet();
    }

    /** Actors throw nothing. */
    static void release(SharedHandle<CountedResource> handle) {
        try {
            handle.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int closes() {
        return closes.get();
    }
}
