package dev.edo.net;

import dev.edo.spi.EdoProvider;
import java.io.IOException;

/**
 * An anonymous pipe of the operating system: what is written to one end is read from the other one.
 *
 * <pre>{@code
 * try (var pipe = Pipe.open()) {
 *     pipe.sender().writeAll(message).await();
 *     pipe.sender().close();
 *     while (pipe.receiver().read(buffer).await() >= 0) { }
 * }
 * }</pre>
 *
 * <p>For two tasks of one program {@link dev.edo.io.Io#simplex} does the same without the operating system; a pipe is
 * for what needs a descriptor, above all other programs.
 *
 * @param sender the end that is written to
 * @param receiver the end that is read from
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/unix/pipe/fn.pipe.html">tokio::net::unix::pipe::pipe</a>
 */
public record Pipe(PipeSender sender, PipeReceiver receiver) implements AutoCloseable {
    /**
     * Makes a pipe.
     *
     * @return both ends, of the runtime of the caller
     * @throws IOException when the system refuses
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    public static Pipe open() throws IOException {
        return EdoProvider.get().net().openPipe();
    }

    /** Closes both ends; those that are closed already stay so. */
    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
