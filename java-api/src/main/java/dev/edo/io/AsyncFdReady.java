package dev.edo.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a descriptor was found to be ready for, to be cleared by whoever finds that it is not ready
 * any more. Doing nothing leaves it as it is.
 *
 * <pre>{@code
 * AsyncFdReady ready = fd.readable().await();
 * int n = NativeCalls.read(fd.fd(), buffer);
 * if (n == -EAGAIN) {
 *     ready.clearReady();
 * }
 * }</pre>
 *
 * <p>Clearing takes nothing away that happened after this was made.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/unix/struct.AsyncFdReadyGuard.html">AsyncFdReadyGuard</a>
 */
public interface AsyncFdReady {
    /** {@return what the descriptor was ready for, of what was waited for} */
    Ready ready();

    /** Says that the descriptor is not ready any more for anything that was waited for. */
    void clearReady();

    /**
     * Says that the descriptor is not ready any more for a part of it.
     *
     * @param part what for
     */
    void clearReadyMatching(Ready part);

    /** Says that the descriptor is still ready, which is so anyway. */
    default void retainReady() {}

    /**
     * Tries an operation, and clears the readiness where it finds nothing to do.
     *
     * @param operation tried once, on this thread
     * @param <T> the type of its result
     * @return its result; null where it would have to wait
     * @throws IOException what it failed with
     */
    <T> @Nullable T tryIo(IoOperation<T> operation) throws IOException;
}
