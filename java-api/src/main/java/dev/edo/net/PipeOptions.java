package dev.edo.net;

import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a FIFO, a pipe that has a name in the file system, is to be opened.
 *
 * <pre>{@code
 * var fifo = Path.of("/run/my-service.fifo"); // made by mkfifo
 * try (var commands = new PipeOptions().readWrite(true).openReceiver(fifo)) {
 *     var lines = new BufReader<>(commands).lines();
 *     for (String line; (line = lines.nextLine().await()) != null; ) {
 *         run(line);
 *     }
 * }
 * }</pre>
 *
 * <p>Nothing is set at first. Opening does not wait for the other end: a FIFO without writers can be opened to be read,
 * one without readers cannot be opened to be written.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/unix/pipe/struct.OpenOptions.html">
 *     tokio::net::unix::pipe::OpenOptions</a>
 */
public final class PipeOptions {
    private boolean readWrite;
    private boolean unchecked;

    /** Options none of which is set. */
    public PipeOptions() {}

    /**
     * Opens both ends of the FIFO, whichever is asked for. So a receiver does not come to an end when the last
     * writer goes, but waits for the next one; and a sender can be opened before there is a reader, and writes what
     * fits into the pipe. Linux only.
     *
     * @param on whether to
     * @return this
     */
    public PipeOptions readWrite(boolean on) {
        readWrite = on;
        return this;
    }

    /**
     * Does not check that the file is a FIFO. What is opened must be one all the same, or something else that can be
     * polled.
     *
     * @param on whether not to
     * @return this
     */
    public PipeOptions unchecked(boolean on) {
        unchecked = on;
        return this;
    }

    /**
     * Opens a FIFO to read from it.
     *
     * <p><em>Errors:</em> those of {@code java.nio.file}, as {@link java.nio.file.NoSuchFileException} where there is
     * no such file.
     *
     * @param fifo its path
     * @return the end to read from, of the runtime of the caller
     * @throws IOException when the system refuses, or it is no FIFO
     * @throws IllegalArgumentException when its path is not of the default file system
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     * @throws UnsupportedOperationException with {@code readWrite(true)} elsewhere than on Linux
     */
    public PipeReceiver openReceiver(Path fifo) throws IOException {
        return EdoProvider.get().net().openReceiver(fifo, readWrite, unchecked);
    }

    /**
     * Opens a FIFO to write to it.
     *
     * <p><em>Errors:</em> those of {@code java.nio.file}, as {@link java.nio.file.NoSuchFileException} where there is
     * no such file; {@link NoReaderException} where nobody has it open to read, unless {@code readWrite(true)}.
     *
     * @param fifo its path
     * @return the end to write to, of the runtime of the caller
     * @throws IOException when the system refuses, or it is no FIFO
     * @throws IllegalArgumentException when its path is not of the default file system
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     * @throws UnsupportedOperationException with {@code readWrite(true)} elsewhere than on Linux
     */
    public PipeSender openSender(Path fifo) throws IOException {
        return EdoProvider.get().net().openSender(fifo, readWrite, unchecked);
    }

    @Override
    public String toString() {
        return "PipeOptions[readWrite=" + readWrite + ", unchecked=" + unchecked + "]";
    }
}
