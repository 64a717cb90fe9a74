package dev.edo.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes the script of a {@link MockIo}. May be used for several of them.
 *
 * <pre>{@code
 * var io = MockIo.builder()
 *         .write("PING\r\n")
 *         .wait(Duration.ofMillis(10))
 *         .read("PONG\r\n")
 *         .build();
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio-test/latest/tokio_test/io/struct.Builder.html">tokio_test::io::Builder</a>
 */
public final class MockIoBuilder {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private final List<IoStep> steps = new ArrayList<>();
    private String name = "";

    MockIoBuilder() {}

    /**
     * Next, a read brings these bytes.
     *
     * @param bytes in one read, where its buffer has room for all of them
     * @return this
     */
    public MockIoBuilder read(byte[] bytes) {
        steps.add(new IoStep.Read(ByteBuffer.wrap(bytes.clone())));
        return this;
    }

    /**
     * Next, a read brings this text.
     *
     * @param utf8 in one read, where its buffer has room for all of it
     * @return this
     */
    public MockIoBuilder read(String utf8) {
        return read(utf8.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Next, a read fails.
     *
     * @param exception what it throws
     * @return this
     */
    public MockIoBuilder readError(IOException exception) {
        steps.add(new IoStep.ReadError(Objects.requireNonNull(exception, "exception")));
        return this;
    }

    /**
     * Next, these bytes are written, in one write or in several.
     *
     * @param bytes anything else fails the test
     * @return this
     */
    public MockIoBuilder write(byte[] bytes) {
        steps.add(new IoStep.Write(ByteBuffer.wrap(bytes.clone())));
        return this;
    }

    /**
     * Next, this text is written, in one write or in several.
     *
     * @param utf8 anything else fails the test
     * @return this
     */
    public MockIoBuilder write(String utf8) {
        return write(utf8.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Next, a write fails.
     *
     * @param exception what it throws
     * @return this
     */
    public MockIoBuilder writeError(IOException exception) {
        steps.add(new IoStep.WriteError(Objects.requireNonNull(exception, "exception")));
        return this;
    }

    /**
     * Next, nothing can be read or written for some time. It begins when somebody first tries to,
     * and needs a runtime with time.
     *
     * @param duration at least a millisecond; less is taken as one
     * @return this
     */
    public MockIoBuilder wait(Duration duration) {
        steps.add(new IoStep.Wait(duration.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : duration));
        return this;
    }

    /**
     * Names the mock, for the messages of failures.
     *
     * @param name any text
     * @return this
     */
    public MockIoBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Makes a mock whose script is complete: behind it a read is at the end of the stream, and a
     * write fails the test.
     *
     * @return the mock; close it
     */
    public MockIo build() {
        return new MockIo(name, copies(), false);
    }

    /**
     * Makes a mock whose script can be continued while it is used: behind it reads and writes wait.
     *
     * @return continues the script, and has the mock
     */
    public MockIoHandle buildWithHandle() {
        return new MockIoHandle(new MockIo(name, copies(), true));
    }

    private List<IoStep> copies() {
        return steps.stream().map(IoStep::copy).toList();
    }
}
