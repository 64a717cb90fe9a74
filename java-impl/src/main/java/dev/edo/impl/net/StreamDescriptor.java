package dev.edo.impl.net;

import dev.edo.io.IoOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one non-blocking descriptor that bytes go through: what an {@link EventedSocket} needs of a socket or a
 * pipe. It makes the calls, and closes the descriptor exactly once, not while a call is in flight.
 */
interface StreamDescriptor extends AutoCloseable {
    /** {@return the number of the descriptor} */
    int intValue();

    /**
     * Receives.
     *
     * @param dst has room
     * @return how many bytes, END_OF_STREAM or WOULD_BLOCK; {@code dst} has moved
     */
    int receive(ByteBuffer dst) throws IOException;

    /**
     * Receives into several buffers.
     *
     * @param vector has room
     * @return how many bytes, END_OF_STREAM or WOULD_BLOCK; the buffers have moved
     */
    int receive(BufferVector vector) throws IOException;

    /**
     * Sends.
     *
     * @param src not empty
     * @return how many bytes, or WOULD_BLOCK; {@code src} has moved
     */
    int send(ByteBuffer src) throws IOException;

    /**
     * Sends several buffers.
     *
     * @param vector not empty
     * @return how many bytes, or WOULD_BLOCK; the buffers have moved
     */
    int send(BufferVector vector) throws IOException;

    /** {@return whether there is nothing more to read behind a read that did not fill its buffer} */
    boolean shortReadTakesAll();

    /** Runs an operation of the caller's while the descriptor stays open. */
    <T> @Nullable T during(IoOperation<T> operation) throws IOException;

    /** {@return whether this was closed} */
    boolean isClosed();

    /** {@return what a use of this fails with when it is closed} */
    ClosedSocketException closed();

    /**
     * Begins closing; no call begins any more.
     *
     * @return false when this was closed before; otherwise {@link #finishClose} must follow
     */
    boolean beginClose();

    /** Gives the descriptor back, now or when the last call in flight ends. */
    void finishClose();

    /** Closes what is not registered anywhere. */
    @Override
    default void close() {
        if (beginClose()) {
            finishClose();
        }
    }
}
