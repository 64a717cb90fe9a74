package dev.edo.io;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a file descriptor of any kind that the kernel can poll: pipes, terminals, sockets of a
 * native library, event and timer descriptors, devices.
 *
 * <pre>{@code
 * try (var fd = AsyncFd.open(LibGpio.eventFd(line), Interest.READABLE)) {
 *     while (true) {
 *         GpioEvent event = fd.asyncIo(Interest.READABLE, () -> LibGpio.readEventOrNull(line)).await();
 *         handle(event);
 *     }
 * }
 * }</pre>
 *
 * <p>The descriptor stays the caller's: it must be open and non-blocking, it must not be closed
 * before this is, and closing this does not close it. Its number comes from whoever opened it,
 * usually a native library. A descriptor can be registered once with a runtime.
 *
 * <p>Readiness comes in edges: it stays until somebody finds that there is nothing to do and clears
 * it, and comes again when something new happens. {@link #tryIo} and {@link #asyncIo} clear it by
 * themselves; who waits with {@link #readable()} and its kin clears it with
 * {@link AsyncFdReady#clearReady()}, and only when the system said EAGAIN.
 *
 * <p>Any number of tasks may wait with futures. The {@code poll} methods serve one task per
 * direction, the newest.
 *
 * <p><em>Errors:</em> after {@link #close()} waiting fails with
 * {@link java.nio.channels.ClosedChannelException}, after the shutdown of its runtime with a
 * {@link dev.edo.runtime.RuntimeShutdownException}.
 *
 * @see <a
 *     href="https://docs.rs/tokio/latest/tokio/io/unix/struct.AsyncFd.html">tokio::io::unix::AsyncFd</a>
 */
public interface AsyncFd extends AutoCloseable {
    /**
     * Registers a descriptor with the current runtime, for reading and writing.
     *
     * @param fd open and non-blocking
     * @return the descriptor
     * @throws IOException when the kernel refuses; regular files and directories cannot be polled
     * @throws IllegalArgumentException when {@code fd} is negative
     * @throws IllegalStateException outside a runtime, and in one without I/O
     */
    static AsyncFd open(int fd) throws IOException {
        return open(fd, Interest.READABLE.add(Interest.WRITABLE));
    }

    /**
     * Registers a descriptor with the current runtime.
     *
     * @param fd open and non-blocking
     * @param interest all that will be waited for
     * @return the descriptor
     * @throws IOException when the kernel refuses; regular files and directories cannot be polled
     * @throws IllegalArgumentException when {@code fd} is negative
     * @throws IllegalStateException outside a runtime, and in one without I/O
     */
    static AsyncFd open(int fd, Interest interest) throws IOException {
        return EdoProvider.get().io().openFd(fd, interest);
    }

    /** {@return the number of the descriptor} */
    int fd();

    /**
     * Waits until at least a part of the interest is met.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param interest what to wait for; a part of what this was opened with
     * @return what it is ready for
     * @throws IllegalArgumentException when this was opened for nothing of that
     */
    @CheckReturnValue
    IoFuture<AsyncFdReady> ready(Interest interest);

    /**
     * Waits until reading is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return what it is ready for
     * @throws IllegalArgumentException when this was opened for something else only
     */
    @CheckReturnValue
    default IoFuture<AsyncFdReady> readable() {
        return ready(Interest.READABLE);
    }

    /**
     * Waits until writing is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return what it is ready for
     * @throws IllegalArgumentException when this was opened for something else only
     */
    @CheckReturnValue
    default IoFuture<AsyncFdReady> writable() {
        return ready(Interest.WRITABLE);
    }

    /**
     * Looks whether reading is worth a try.
     *
     * @param cx whom to wake when it is; of several tasks that call this only the last is woken
     * @return what it is ready for; null where pending
     * @throws IOException when this was closed, or its runtime shut down
     */
    @Nullable AsyncFdReady pollReadReady(Context cx) throws IOException;

    /**
     * Looks whether writing is worth a try.
     *
     * @param cx whom to wake when it is; of several tasks that call this only the last is woken
     * @return what it is ready for; null where pending
     * @throws IOException when this was closed, or its runtime shut down
     */
    @Nullable AsyncFdReady pollWriteReady(Context cx) throws IOException;

    /**
     * Tries an operation if the descriptor is ready for it, without waiting. Where the operation
     * finds nothing to do, the readiness is cleared.
     *
     * @param interest what the operation needs
     * @param operation tried at most once, and on this thread
     * @param <T> the type of its result
     * @return its result; null where it would have to wait
     * @throws IOException what it failed with; also when this was closed, or its runtime shut down
     */
    <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException;

    /**
     * Waits until an operation does something, and tries it whenever it is worth it.
     *
     * <p><em>Cancel safety:</em> a cancelled wait has done nothing.
     *
     * @param interest what the operation needs
     * @param operation tried again and again, in polls of the future; must not block
     * @param <T> the type of its result
     * @return its result; fails with what it failed with
     * @throws IllegalArgumentException when this was opened for nothing of the interest
     */
    @CheckReturnValue
    <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation);

    /**
     * Deregisters the descriptor, which stays open. Who waits for it fails. Closing again does
     * nothing.
     */
    @Override
    void close();
}
