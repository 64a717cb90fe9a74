package dev.edo.stream;

import dev.edo.future.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Stream#throttle} returns.
 *
 * <p>Algorithm: the pause starts when an element is given, or a failure; as long as it runs, the source is
 * not polled. So the first element does not wait.
 *
 * <p>Origin: tokio-stream's {@code Throttle}.
 */
final class ThrottleStream<T> implements Stream<T> {
    private final Stream<T> source;
    private final Deadline pause;
    private final boolean pausing;

    ThrottleStream(Stream<T> source, Duration pause) {
        this.source = source;
        this.pause = new Deadline(pause);
        this.pausing = pause.isPositive();
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        if (pause.isRunning() && !pause.hasEnded(cx, false)) {
            if (source.isTerminated()) {
                pause.rest(); // it was the last element: nobody waits
            }
            return null;
        }
        if (pausing) {
            pause.prepare();
        }
        T element;
        try {
            element = source.pollNext(cx);
        } catch (Throwable t) {
            startPause();
            throw t;
        }
        if (element != null) {
            startPause();
        }
        return element;
    }

    private void startPause() {
        if (pausing) {
            pause.start();
        }
    }

    @Override
    public boolean isTerminated() {
        return source.isTerminated();
    }

    @Override
    public void cancel() {
        pause.stop();
        source.cancel();
    }

    @Override
    public SizeHint sizeHint() {
        return source.sizeHint();
    }
}
