package dev.edo.net;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.io.AsyncRead;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.IoResult;
import dev.edo.io.Ready;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a pipe that is read from: of {@link Pipe one without a name}, of {@link PipeOptions a FIFO}, or of a child
 * process's standard output.
 *
 * <pre>{@code
 * try (var receiver = new PipeOptions().openReceiver(Path.of("/run/my-service.fifo"))) {
 *     while (receiver.read(buffer).await() >= 0) {
 *         take(buffer.flip());
 *         buffer.clear();
 *     }
 * }
 * }</pre>
 *
 * <p>The end comes when the last sender of the pipe was closed. A FIFO goes on from there when somebody opens it to
 * write again: a read returns -1 until then, and waits afterwards. {@link PipeOptions#readWrite(boolean)} knows no end.
 *
 * <p>The {@code try} calls and the futures of {@link #readable()} and {@link #ready(Interest)} may be used by any
 * number of tasks. Direct buffers are read in place; heap buffers are copied, at most 64 KiB at once. The memory of a
 * buffer must stay alive as long as a future uses it.
 *
 * <p><em>Errors:</em> using a closed one fails with {@link java.nio.channels.ClosedChannelException}.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/net/unix/pipe/struct.Receiver.html">
 *     tokio::net::unix::pipe::Receiver</a>
 */
public interface PipeReceiver extends AsyncRead, AutoCloseable {
    /** What the {@code try} calls return where they would have to wait. */
    int WOULD_BLOCK = IoResult.WOULD_BLOCK;

    /**
     * Makes an end to read from of a descriptor, which is closed with it from now on, and whose calls do not wait any
     * more; other descriptors of the same open file share that.
     *
     * @param fd a pipe that is open for reading; where this fails it stays the caller's
     * @return the end, of the runtime of the caller
     * @throws IOException when the system refuses, as where {@code fd} is not open
     * @throws IllegalArgumentException when it is not a pipe, or open for writing only
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    static PipeReceiver fromFd(int fd) throws IOException {
        return EdoProvider.get().net().receiverOfFd(fd, false);
    }

    /**
     * The same without looking at the descriptor, and without changing it.
     *
     * @param fd open for reading, not blocking, and of a kind that can be polled
     * @return the end, of the runtime of the caller
     * @throws IOException when the system refuses
     * @throws IllegalArgumentException when it is negative
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    static PipeReceiver fromFdUnchecked(int fd) throws IOException {
        return EdoProvider.get().net().receiverOfFd(fd, true);
    }

    /**
     * Waits until at least a part of the interest is met. It may turn out that there was nothing after all.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @param interest what to wait for: {@code READABLE}, {@code ERROR}, or both
     * @return what it is ready for
     * @throws IllegalArgumentException when the interest has neither
     */
    @CheckReturnValue
    IoFuture<Ready> ready(Interest interest);

    /**
     * Waits until reading is worth a try.
     *
     * <p><em>Cancel safety:</em> nothing is lost.
     *
     * @return completes when {@link #tryRead(ByteBuffer)} is worth a try
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> readable();

    /**
     * Looks whether reading is worth a try, for hand-written futures. It may turn out that there was nothing after all.
     *
     * <p>It shares its waker with {@link #pollRead(Context, ByteBuffer)}: of several tasks that call these only the
     * last is woken. Who gives up tells {@link #cancelRead}.
     *
     * @param cx whom to wake when it is
     * @return whether it is, or the pipe has ended; false where pending
     * @throws IOException when this is closed, or its runtime was shut down
     */
    boolean pollReadReady(Context cx) throws IOException;

    /**
     * Reads what is there, without waiting.
     *
     * @param dst where to, direct or heap; its position moves
     * @return how many bytes, at least 1; 0 where {@code dst} is full, -1 where there is no writer any more, or
     *     {@link #WOULD_BLOCK}
     * @throws IOException where reading failed
     */
    int tryRead(ByteBuffer dst) throws IOException;

    /**
     * Reads what is there into several buffers, without waiting.
     *
     * @param dsts where to; their positions move
     * @return as {@link #tryRead(ByteBuffer)}
     * @throws IOException where reading failed
     */
    int tryRead(ByteBuffer[] dsts) throws IOException;

    /**
     * Tries an operation on the pipe if it is ready to be read, without waiting. Where the operation finds nothing to
     * do, the readiness is cleared.
     *
     * @param operation tried at most once, and on this thread; the pipe is not closed meanwhile
     * @param <T> the type of its result
     * @return its result; null where it would have to wait
     * @throws IOException what it failed with; also when this is closed
     */
    <T> @Nullable T tryIo(IoOperation<T> operation) throws IOException;

    /**
     * Waits until an operation on the pipe does something, and tries it whenever it is worth it.
     *
     * <p><em>Cancel safety:</em> a cancelled wait has done nothing.
     *
     * @param operation tried again and again, in polls of the future; must not block
     * @param <T> the type of its result
     * @return its result; fails with what it failed with
     */
    @CheckReturnValue
    <T> IoFuture<T> asyncIo(IoOperation<T> operation);

    /**
     * The number of the descriptor, for calls of a native library in {@link #tryIo} and {@link #asyncIo}.
     *
     * @return the number; it stays this pipe's, and means nothing any more once that is closed
     * @throws IOException when this is closed
     */
    int fd() throws IOException;

    /**
     * Gives the descriptor away, as one whose calls wait: for another program, or for code that is not Edo's. From
     * now on this object is closed, and whoever has the descriptor closes it.
     *
     * @return the number of the descriptor, which is another one than {@link #fd()} where that is in use just now
     * @throws IOException when this is closed, or the system refuses
     */
    int intoBlockingFd() throws IOException;

    /**
     * Gives the descriptor away as it is: its calls fail where they would have to wait. From now on this object is
     * closed, and whoever has the descriptor closes it.
     *
     * @return the number of the descriptor, which is another one than {@link #fd()} where that is in use just now
     * @throws IOException when this is closed, or the system refuses
     */
    int intoNonBlockingFd() throws IOException;

    /**
     * Closes this end. Whoever waits in a read of it fails with {@link java.nio.channels.ClosedChannelException}; where
     * this was the last receiver of the pipe, writes to the other end fail. Closing again does nothing.
     */
    @Override
    void close();
}
