package dev.edo.test;

import dev.edo.stream.Stream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is polled by hand, and tells when its task was woken.
 *
 * <pre>{@code
 * var channel = Mpsc.<Integer>unbounded();
 * var values = StreamProbe.of(Stream.from(channel.receiver()));
 * values.assertPending();
 * channel.sender().send(7);
 * assertTrue(values.isWoken());
 * values.assertNext(7);
 * }</pre>
 *
 * @param <T> the type of the elements
 * @see <a
 *     href="https://docs.rs/tokio-test/latest/tokio_test/task/struct.Spawn.html#method.poll_next">
 *     tokio_test::task::Spawn::poll_next</a>
 */
public final class StreamProbe<T> {
    private final Stream<T> stream;
    private final TaskProbe.ProbeWaker waker = new TaskProbe.ProbeWaker();

    private StreamProbe(Stream<T> stream) {
        this.stream = Objects.requireNonNull(stream, "stream");
    }

    /**
     * Puts a stream under a probe.
     *
     * @param stream polled by nobody else
     * @param <T> the type of its elements
     * @return the probe
     */
    public static <T> StreamProbe<T> of(Stream<T> stream) {
        return new StreamProbe<>(stream);
    }

    /**
     * Polls the stream once. Wakes that came before are forgotten.
     *
     * @return the element, or null as in {@link Stream#pollNext}
     * @throws Exception what came in the place of an element
     */
    public @Nullable T pollNext() throws Exception {
        return stream.pollNext(waker.enter());
    }

    /**
     * Polls once and expects an element.
     *
     * @return the element
     * @throws AssertionError when there is none, or a failure in its place
     */
    public T assertNext() {
        var element = polled();
        if (element == null) {
            throw new AssertionError(stream.isTerminated() ? "the stream has ended" : "pending");
        }
        return element;
    }

    /**
     * Polls once and expects this element.
     *
     * @param expected equal to the element
     * @throws AssertionError when there is none or another one, or a failure in its place
     */
    public void assertNext(T expected) {
        var element = assertNext();
        if (!expected.equals(element)) {
            throw new AssertionError("expected: <" + expected + "> but was: <" + element + ">");
        }
    }

    /**
     * Polls once and expects that the stream waits.
     *
     * @throws AssertionError when it has an element or has ended
     */
    public void assertPending() {
        var element = polled();
        if (element != null || stream.isTerminated()) {
            throw new AssertionError(element == null ? "the stream has ended" : "ready; value = " + element);
        }
    }

    /**
     * Polls once and expects the end.
     *
     * @throws AssertionError when it has an element or waits
     */
    public void assertEnd() {
        var element = polled();
        if (element != null || !stream.isTerminated()) {
            throw new AssertionError(element == null ? "pending" : "ready; value = " + element);
        }
    }

    private @Nullable T polled() {
        try {
            return pollNext();
        } catch (Exception e) {
            throw new AssertionError("the stream failed: " + e, e);
        }
    }

    /** {@return whether the task was woken since the last poll began} */
    public boolean isWoken() {
        return waker.wakes() > 0;
    }

    /** {@return how often the task was woken since the last poll began} */
    public int wakeCount() {
        return waker.wakes();
    }

    /** {@return the stream} */
    public Stream<T> stream() {
        return stream;
    }
}
