package dev.edo.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes the script of a {@link MockStream}. May be used for several of them.
 *
 * <pre>{@code
 * var builder = MockStream.<String>builder().next("a").wait(Duration.ofMillis(300)).next("b");
 * }</pre>
 *
 * @param <T> the type of the elements
 * @see <a
 *     href="https://docs.rs/tokio-test/latest/tokio_test/stream_mock/struct.StreamMockBuilder.html">
 *     tokio_test::stream_mock::StreamMockBuilder</a>
 */
public final class MockStreamBuilder<T> {
    private final List<MockStream.Step<T>> steps = new ArrayList<>();

    MockStreamBuilder() {}

    /**
     * Next, there is an element.
     *
     * @param element not null
     * @return this
     */
    public MockStreamBuilder<T> next(T element) {
        steps.add(new MockStream.Step.Next<>(Objects.requireNonNull(element, "element")));
        return this;
    }

    /**
     * Next, the stream fails; it goes on behind that.
     *
     * @param exception what is thrown in the place of an element
     * @return this
     */
    public MockStreamBuilder<T> error(Exception exception) {
        steps.add(new MockStream.Step.Failure<>(Objects.requireNonNull(exception, "exception")));
        return this;
    }

    /**
     * Next, there is nothing for some time, which begins when somebody asks; needs a runtime with
     * time.
     *
     * @param duration how long
     * @return this
     */
    public MockStreamBuilder<T> wait(Duration duration) {
        steps.add(new MockStream.Step.Wait<>(Objects.requireNonNull(duration, "duration")));
        return this;
    }

    /**
     * Makes a stream.
     *
     * @return the stream; close it
     */
    public MockStream<T> build() {
        return new MockStream<>(steps);
    }
}
