package dev.edo.codec;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.IoResult;
import dev.edo.net.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Frames in both directions over a UDP socket, each with the address that it comes from or goes to.
 *
 * <pre>{@code
 * var framed = new UdpFramed<>(socket, new LinesCodec());
 * for (var line = framed.next().await(); line != null; line = framed.next().await()) {
 *     framed.send(line.reply("echo: " + line.frame())).await();
 * }
 * }</pre>
 *
 * <p>A datagram that comes in may hold several frames: the decoder is asked with {@link Decoder#decodeEof} until it
 * answers that there is none, and whatever it leaves then is dropped. A frame never spans two datagrams: behind each
 * of them the decoder is {@linkplain Decoder#restart() restarted}. Each frame that goes out is a datagram of its own,
 * an empty one where its encoding is empty.
 *
 * <p>The frames never end by themselves. Two of these may share one socket if one of them only receives and the other
 * only sends.
 *
 * <p><em>Cancel safety:</em> nothing is lost: the rest of a datagram stays in this object's buffer, and a frame that
 * was taken and not sent goes with the next flush.
 *
 * <p><em>Errors:</em> what the socket or the codec throws; the frames go on after each. Where a decoder throws, the
 * rest of its datagram is dropped, unless it is a {@link CodecException} that
 * {@linkplain CodecException#isRecoverable() says otherwise}. A frame that could not be encoded or sent, for instance
 * because it is larger than a datagram, is dropped.
 *
 * <p>Used by one task at a time.
 *
 * @param <I> the type of the frames that come in
 * @param <O> the type of the frames that go out
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/udp/struct.UdpFramed.html">UdpFramed</a>
 */
public final class UdpFramed<I, O> extends FrameSource<UdpFrame<I>> implements Sink<UdpFrame<O>> {
    /*
     * Origin: tokio-util/src/udp/frame.rs. Departures: there a decoder that throws is asked again with the same
     * bytes, and fails for ever if it has not taken them, and so does a frame that cannot be sent; here both are
     * dropped. There a decoder that remembers the beginning of a frame takes the next datagram for its end; here it
     * is restarted. There a frame that is given while another one waits is added to that one's datagram; here it is
     * refused.
     */

    /** More than any datagram holds. */
    private static final int READ_CAPACITY = 64 * 1024;

    private final UdpSocket socket;
    private final Codec<I, O> codec;
    private final FrameBuffer in = new FrameBuffer(READ_CAPACITY);
    private final FrameBuffer out = new FrameBuffer();

    /** Of the datagram in the buffer; null where there is none. */
    private @Nullable InetSocketAddress sender;

    /** Of the frame in the buffer; null where there is none. */
    private @Nullable InetSocketAddress target;

    private boolean cancelled;

    /**
     * Frames over a socket.
     *
     * @param socket bound; stays the caller's to close
     * @param codec between bytes and frames
     */
    public UdpFramed(UdpSocket socket, Codec<I, O> codec) {
        this.socket = Objects.requireNonNull(socket, "socket");
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    // ---- coming in ----

    /**
     * The next frame, waiting for a datagram that holds one.
     *
     * <p><em>Cancel safety:</em> a cancelled one has taken no frame.
     *
     * @return the frame; null after {@link #cancel()}; fails as described for this class
     */
    @Override
    @CheckReturnValue
    public IoFuture<@Nullable UdpFrame<I>> next() {
        return new NextFrame<>(this);
    }

    /**
     * Asks for the next frame.
     *
     * @param cx whom to wake when there is a datagram
     * @return the frame; or null: after {@link #cancel()}, else the waker of {@code cx} was registered
     * @throws IOException as described for this class
     */
    @Override
    public @Nullable UdpFrame<I> pollNext(Context cx) throws IOException {
        beginPoll();
        while (!cancelled) {
            var from = sender;
            if (from == null) {
                from = socket.pollRecvFrom(cx, in.room(READ_CAPACITY));
                if (from == null) {
                    registered(cx.waker());
                    return null;
                }
                in.receive();
                sender = from;
            }
            var frame = decode();
            if (frame != null) {
                return new UdpFrame<>(frame, from);
            }
        }
        return null;
    }

    /** {@return a frame of the datagram, or null where it has no more, and is gone} */
    private @Nullable I decode() throws IOException {
        boolean goesOn = false;
        try {
            var frame = codec.decodeEof(in);
            goesOn = frame != null;
            return frame;
        } catch (CodecException e) {
            goesOn = e.isRecoverable();
            throw e;
        } finally {
            if (!goesOn) {
                sender = null;
                in.clear();
                codec.restart();
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public boolean isTerminated() {
        return cancelled;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Frames can still be sent; the socket stays open.
     */
    @Override
    public void cancel() {
        cancelled = true;
        giveUp();
    }

    @Override
    void forget(Waker waker) {
        socket.cancelRecv(waker);
    }

    // ---- going out ----

    @Override
    public boolean pollReady(Context cx) throws IOException {
        return pollFlush(cx);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Encodes the frame.
     *
     * @throws IllegalArgumentException when the address is not resolved
     * @throws IllegalStateException when the frame before waits to be sent
     */
    @Override
    public void startSend(UdpFrame<O> item) throws IOException {
        if (target != null) {
            throw new IllegalStateException("a frame for " + target + " waits to be sent, so there is no room for one"
                    + " for " + item.address() + "; ask pollReady first");
        }
        if (item.address().isUnresolved()) {
            throw new IllegalArgumentException(
                    "address=" + item.address() + " is not resolved; use Lookup.host(...)");
        }
        boolean whole = false;
        try {
            codec.encode(item.frame(), out);
            whole = true;
        } finally {
            if (whole) {
                target = item.address();
            } else {
                out.clear();
            }
        }
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        var to = target;
        if (to == null) {
            return true;
        }
        boolean pending = false;
        try {
            int length = out.length();
            int n = socket.pollSendTo(cx, out.live(), to);
            pending = n == IoResult.PENDING;
            if (!pending && n != length) {
                throw new IOException("only " + n + " bytes of a datagram of " + length + " were sent to " + to);
            }
        } finally {
            if (!pending) {
                target = null;
                out.clear();
                out.settle();
            }
        }
        return !pending;
    }

    /**
     * {@inheritDoc}
     *
     * <p>UDP has nothing to say at the end; the socket stays open.
     */
    @Override
    public boolean pollClose(Context cx) throws IOException {
        return pollFlush(cx);
    }

    @Override
    public void cancelSend(Waker waker) {
        socket.cancelSend(waker);
    }

    // ---- parts ----

    /** {@return the socket; who receives from it takes frames away from here} */
    public UdpSocket socket() {
        return socket;
    }

    /** {@return the codec} */
    public Codec<I, O> codec() {
        return codec;
    }

    /** {@return what of a datagram has been received and not decoded} */
    public FrameBuffer readBuffer() {
        return in;
    }

    @Override
    public String toString() {
        return "UdpFramed[socket=" + socket + ", codec=" + codec + ", buffer=" + in + "]";
    }
}
