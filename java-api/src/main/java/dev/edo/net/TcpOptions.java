package dev.edo.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options that TCP sockets have before and after they are connected.
 *
 * <pre>{@code
 * stream.setNodelay(true);
 * stream.setKeepalive(true);
 * }</pre>
 *
 * <p><em>Errors:</em> a value out of its range is refused with {@link IllegalArgumentException}.
 */
public interface TcpOptions {
    /**
     * Tells whether small packets are sent at once ({@code TCP_NODELAY}).
     *
     * @return false: Nagle's algorithm waits for more
     * @throws IOException when this is closed
     */
    boolean nodelay() throws IOException;

    /**
     * Sets whether small packets are sent at once ({@code TCP_NODELAY}).
     *
     * @param on true turns Nagle's algorithm off
     * @throws IOException when this is closed
     */
    void setNodelay(boolean on) throws IOException;

    /**
     * Tells whether the system probes an idle connection ({@code SO_KEEPALIVE}).
     *
     * @return whether it does
     * @throws IOException when this is closed
     */
    boolean keepalive() throws IOException;

    /**
     * Sets whether the system probes an idle connection ({@code SO_KEEPALIVE}).
     *
     * @param on whether it shall
     * @throws IOException when this is closed
     */
    void setKeepalive(boolean on) throws IOException;

    /**
     * Tells how long closing waits for data that was not sent yet ({@code SO_LINGER}).
     *
     * @return null: closing does not wait, and the system goes on sending
     * @throws IOException when this is closed
     */
    @Nullable Duration linger() throws IOException;

    /**
     * Sets how long closing waits for data that was not sent yet ({@code SO_LINGER}).
     *
     * <p><em>Blocking:</em> with a duration above zero, {@code close()} blocks its thread. Shut down,
     * then read until the end of the stream instead.
     *
     * @param limit rounded up to seconds, at most 65,535; null: do not wait
     * @throws IOException when this is closed
     */
    void setLinger(@Nullable Duration limit) throws IOException;

    /**
     * Makes closing reset the connection and drop what was not sent.
     *
     * @throws IOException when this is closed
     */
    default void setZeroLinger() throws IOException {
        setLinger(Duration.ZERO);
    }

    /**
     * Tells how large the buffer for sending is ({@code SO_SNDBUF}).
     *
     * @return bytes; Linux tells twice of what was set
     * @throws IOException when this is closed
     */
    int sendBufferSize() throws IOException;

    /**
     * Sets how large the buffer for sending is ({@code SO_SNDBUF}).
     *
     * @param bytes above 0; the system corrects it silently
     * @throws IOException when this is closed
     */
    void setSendBufferSize(int bytes) throws IOException;

    /**
     * Tells how large the buffer for receiving is ({@code SO_RCVBUF}).
     *
     * @return bytes; Linux tells twice of what was set
     * @throws IOException when this is closed
     */
    int recvBufferSize() throws IOException;

    /**
     * Sets how large the buffer for receiving is ({@code SO_RCVBUF}).
     *
     * @param bytes above 0; the system corrects it silently
     * @throws IOException when this is closed
     */
    void setRecvBufferSize(int bytes) throws IOException;

    /**
     * Tells the address of this end.
     *
     * @return the address, with the real port
     * @throws IOException when this is closed
     */
    InetSocketAddress localAddress() throws IOException;

    /**
     * Fetches and clears the error that the system holds for this socket ({@code SO_ERROR}).
     *
     * @return the error, or null
     * @throws IOException when this is closed
     */
    @Nullable IOException takeError() throws IOException;
}
