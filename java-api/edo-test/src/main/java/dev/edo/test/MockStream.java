package dev.edo.test;

import dev.edo.future.Context;
import dev.edo.stream.SizeHint;
import dev.edo.stream.Stream;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that follows a script.
 *
 * <pre>{@code
 * try (var numbers = MockStream.<Integer>builder().next(1).wait(Duration.ofSeconds(3)).next(2).build()) {
 *     assertEquals(List.of(1, 2), numbers.toList().await());
 * }
 * }</pre>
 *
 * @param <T> the type of the elements
 * @see <a href="https://docs.rs/tokio-test/latest/tokio_test/stream_mock/struct.StreamMock.html">
 *     tokio_test::stream_mock::StreamMock</a>
 */
public final class MockStream<T> implements Stream<T>, AutoCloseable {
    /** One step of the script. */
    sealed interface Step<T> {
        /** An element. */
        record Next<T>(T element) implements Step<T> {}

        /** A failure in the place of an element. */
        record Failure<T>(Exception exception) implements Step<T> {}

        /** Time in which there is nothing. */
        record Wait<T>(Duration duration) implements Step<T> {}
    }

    private final Deque<Step<T>> steps;
    private @Nullable Sleep waiting;
    private boolean cancelled;

    MockStream(List<Step<T>> steps) {
        this.steps = new ArrayDeque<>(steps);
    }

    /**
     * Begins a script.
     *
     * @param <T> the type of the elements
     * @return a builder
     */
    public static <T> MockStreamBuilder<T> builder() {
        return new MockStreamBuilder<>();
    }

    @Override
    public @Nullable T pollNext(Context cx) throws Exception {
        while (!isTerminated()) {
            var sleep = waiting;
            if (sleep != null) {
                if (!sleep.poll(cx).isReady()) {
                    return null;
                }
                waiting = null;
            }
            switch (steps.poll()) {
                case null -> {
                    return null;
                }
                case Step.Next<T>(var element) -> {
                    return element;
                }
                case Step.Failure<T>(var exception) -> throw exception;
                case Step.Wait<T>(var duration) -> waiting = Sleep.of(duration);
            }
        }
        return null;
    }

    @Override
    public boolean isTerminated() {
        return cancelled || steps.isEmpty() && waiting == null;
    }

    /** {@inheritDoc} What is left of the script then still fails {@link #close()}. */
    @Override
    public void cancel() {
        cancelled = true;
        var sleep = waiting;
        waiting = null;
        if (sleep != null) {
            sleep.cancel();
        }
    }

    @Override
    public SizeHint sizeHint() {
        return SizeHint.exactly(cancelled ? 0 : unused());
    }

    private long unused() {
        return steps.stream().filter(step -> step instanceof Step.Next).count();
    }

    /**
     * Ends the use of this mock.
     *
     * @throws AssertionError when elements or failures of the script were not asked for
     */
    @Override
    public void close() {
        cancel();
        steps.removeIf(Step.Wait.class::isInstance);
        if (!steps.isEmpty()) {
            throw new AssertionError("MockStream: the script was not followed to its end, left: " + steps);
        }
    }

    @Override
    public String toString() {
        return "MockStream" + steps;
    }
}
