package dev.edo.metrics;

import dev.edo.future.Context;
import dev.edo.stream.SizeHint;
import dev.edo.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose polls are measured. It has ended when it says so, not at its last element.
 *
 * @param <T> the type of the elements
 */
final class InstrumentedStream<T> extends Instrumented implements Stream<T> {
    private final Stream<T> stream;

    InstrumentedStream(TaskMonitor monitor, Stream<T> stream) {
        super(monitor);
        this.stream = stream;
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        if (isDropped()) {
            return stream.pollNext(cx); // says once more that it has ended
        }
        beginPoll(cx);
        boolean pending = false;
        try {
            var element = stream.pollNext(this);
            pending = element == null && !stream.isTerminated();
            return element;
        } finally {
            endPoll(pending);
            if (stream.isTerminated()) {
                drop();
            }
        }
    }

    @Override
    public boolean isTerminated() {
        boolean terminated = stream.isTerminated();
        if (terminated) {
            drop();
        }
        return terminated;
    }

    @Override
    public SizeHint sizeHint() {
        return stream.sizeHint();
    }

    @Override
    public void cancel() {
        try {
            stream.cancel();
        } finally {
            drop();
        }
    }
}
