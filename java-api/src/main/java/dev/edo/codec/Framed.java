package dev.edo.codec;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Frames in both directions over one connection: a {@link FramedRead} and a {@link FramedWrite}.
 *
 * <pre>{@code
 * var framed = new Framed<>(stream, new LinesCodec(1024));
 * for (var line = framed.next().await(); line != null; line = framed.next().await()) {
 *     framed.send("echo: " + line).await();
 * }
 * }</pre>
 *
 * <p>Its {@link #reader()} and {@link #writer()} may be given to two tasks, provided that what the
 * codec remembers for one direction is none of the other's business; so it is for the codecs of
 * this package.
 *
 * <p><em>Cancel safety</em> and <em>errors:</em> as of the two.
 *
 * @param <I> the type of the frames that come in
 * @param <O> the type of the frames that go out
 * @see <a href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.Framed.html">Framed</a>
 */
public final class Framed<I, O> implements Stream<I>, Sink<O> {
    private final Codec<I, O> codec;
    private final FramedRead<I> reader;
    private final FramedWrite<O> writer;

    /**
     * Frames over a connection.
     *
     * @param io the connection; stays the caller's to close
     * @param codec between bytes and frames
     * @param <S> the type of the connection
     */
    public <S extends AsyncRead & AsyncWrite> Framed(S io, Codec<I, O> codec) {
        this(new FramedParts<>(io, codec));
    }

    /**
     * Frames over the parts of another {@code Framed}, or over two halves of a connection. What the
     * read buffer holds is decoded first, what the write buffer holds is written first.
     *
     * @param parts from now on this object's
     */
    public Framed(FramedParts<I, O> parts) {
        codec = parts.codec();
        reader = new FramedRead<>(parts.source(), codec, parts.readBuffer());
        writer = new FramedWrite<>(parts.target(), codec, parts.writeBuffer());
    }

    private Framed(Codec<I, O> codec, FramedRead<I> reader, FramedWrite<O> writer) {
        this.codec = codec;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * The next frame, waiting until it is complete; as {@link FramedRead#next()}.
     *
     * <p><em>Cancel safety:</em> a cancelled one has taken no frame.
     *
     * @return the frame, or null at the end
     */
    @Override
    @CheckReturnValue
    public IoFuture<@Nullable I> next() {
        return reader.next();
    }

    /**
     * The next frame if all of it is in the buffer; as {@link FramedRead#nextBuffered()}.
     *
     * @return the frame, or null where {@link #next()} would have to read, or where the frames have
     *     ended
     * @throws IOException what the codec throws
     */
    public @Nullable I nextBuffered() throws IOException {
        return reader.nextBuffered();
    }

    @Override
    public @Nullable I pollNext(Context cx) throws IOException {
        return reader.pollNext(cx);
    }

    @Override
    public boolean isTerminated() {
        return reader.isTerminated();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Frames can still be sent; the connection stays open.
     */
    @Override
    public void cancel() {
        reader.cancel();
    }

    @Override
    public boolean pollReady(Context cx) throws IOException {
        return writer.pollReady(cx);
    }

    @Override
    public void startSend(O frame) throws IOException {
        writer.startSend(frame);
    }

    @Override
    public boolean pollFlush(Context cx) throws IOException {
        return writer.pollFlush(cx);
    }

    @Override
    public boolean pollClose(Context cx) throws IOException {
        return writer.pollClose(cx);
    }

    @Override
    public void cancelSend(Waker waker) {
        writer.cancelSend(waker);
    }

    /** {@return the frames that come in} */
    public FramedRead<I> reader() {
        return reader;
    }

    /** {@return the frames that go out} */
    public FramedWrite<O> writer() {
        return writer;
    }

    /** {@return the codec} */
    public Codec<I, O> codec() {
        return codec;
    }

    /**
     * Goes on with another codec, where a protocol changes on the way; this object must not be used
     * then.
     *
     * @param mapper makes the new codec from the old one
     * @param <J> the type of the frames that come in
     * @param <P> the type of the frames that go out
     * @return the frames that follow, in both directions behind what is buffered
     */
    public <J, P> Framed<J, P> mapCodec(Function<? super Codec<I, O>, ? extends Codec<J, P>> mapper) {
        Codec<J, P> next = mapper.apply(codec);
        return new Framed<>(next, reader.mapDecoder(_ -> next), writer.mapEncoder(_ -> next));
    }

    /**
     * Takes this apart; it must not be used then.
     *
     * @return the connection, the codec and what is buffered
     */
    public FramedParts<I, O> toParts() {
        return new FramedParts<>(
                reader.source(), writer.target(), codec, reader.readBuffer(), writer.writeBuffer());
    }

    @Override
    public String toString() {
        return "Framed[reader=" + reader + ", writer=" + writer + "]";
    }
}
