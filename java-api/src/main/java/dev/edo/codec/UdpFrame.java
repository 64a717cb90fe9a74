package dev.edo.codec;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A frame and where it comes from or goes to.
 *
 * <pre>{@code
 * UdpFrame<String> question = framed.next().await();
 * framed.send(question.reply(answer(question.frame()))).await();
 * }</pre>
 *
 * @param frame the frame
 * @param address of who sent it, or of whom it is for
 * @param <T> the type of the frame
 */
public record UdpFrame<T>(T frame, InetSocketAddress address) {
    /**
     * A frame for an address, or from one.
     *
     * @param frame the frame
     * @param address of who sent it, or of whom it is for
     */
    public UdpFrame {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(address, "address");
    }

    /**
     * Addresses another frame to where this one comes from.
     *
     * @param answer the frame
     * @param <U> its type
     * @return the frame with this one's address
     */
    public <U> UdpFrame<U> reply(U answer) {
        return new UdpFrame<>(answer, address);
    }
}
