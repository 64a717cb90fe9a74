package dev.edo.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Continues the script of a {@link MockIo} while it is used; from any thread.
 *
 * <pre>{@code
 * var peer = MockIo.builder().buildWithHandle();
 * var server = Edo.spawn(() -> serve(peer.io()));
 * peer.read("PING\r\n").write("PONG\r\n");
 * peer.close(); // the server reads the end of the stream
 * server.await();
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio-test/latest/tokio_test/io/struct.Handle.html">tokio_test::io::Handle</a>
 */
public final class MockIoHandle implements AutoCloseable {
    private final MockIo io;

    MockIoHandle(MockIo io) {
        this.io = io;
    }

    /** {@return the mock} */
    public MockIo io() {
        return io;
    }

    /**
     * Next, a read brings these bytes.
     *
     * @param bytes in one read, where its buffer has room for all of them
     * @return this
     */
    public MockIoHandle read(byte[] bytes) {
        io.append(new IoStep.Read(ByteBuffer.wrap(bytes.clone())));
        return this;
    }

    /**
     * Next, a read brings this text.
     *
     * @param utf8 in one read, where its buffer has room for all of it
     * @return this
     */
    public MockIoHandle read(String utf8) {
        return read(utf8.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Next, a read fails.
     *
     * @param exception what it throws
     * @return this
     */
    public MockIoHandle readError(IOException exception) {
        io.append(new IoStep.ReadError(Objects.requireNonNull(exception, "exception")));
        return this;
    }

    /**
     * Next, these bytes are written, in one write or in several.
     *
     * @param bytes anything else fails the test
     * @return this
     */
    public MockIoHandle write(byte[] bytes) {
        io.append(new IoStep.Write(ByteBuffer.wrap(bytes.clone())));
        return this;
    }

    /**
     * Next, this text is written, in one write or in several.
     *
     * @param utf8 anything else fails the test
     * @return this
     */
    public MockIoHandle write(String utf8) {
        return write(utf8.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Next, a write fails.
     *
     * @param exception what it throws
     * @return this
     */
    public MockIoHandle writeError(IOException exception) {
        io.append(new IoStep.WriteError(Objects.requireNonNull(exception, "exception")));
        return this;
    }

    /** Ends the script: behind it a read is at the end of the stream, and a write fails the test. */
    @Override
    public void close() {
        io.complete();
    }
}
