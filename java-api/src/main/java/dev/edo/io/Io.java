package dev.edo.io;

import dev.edo.codec.Sink;
import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.spi.EdoProvider;
import dev.edo.stream.Stream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What can be done with sources and sinks of bytes: copying, cutting and joining, pipes in memory,
 * the standard streams, and bridges to {@code java.io} and {@code java.nio.channels}.
 *
 * <pre>{@code
 * try (var client = listener.accept().await();
 *         var server = TcpStream.connect("10.0.0.7:5432").await()) {
 *     Copied copied = Io.copyBidirectional(client, server).await();
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/io/index.html">tokio::io</a>
 */
public final class Io {
    private Io() {}

    // ---- copying

    /**
     * Copies a source into a sink until the source ends, then flushes the sink; also flushes it
     * whenever the source makes it wait. Uses a buffer of {@link BufReader#DEFAULT_CAPACITY_BYTES}.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read and not written yet is lost.
     *
     * @param source read to its end
     * @param sink stays open
     * @return how many bytes
     */
    @CheckReturnValue
    public static IoFuture<Long> copy(AsyncRead source, AsyncWrite sink) {
        return copy(source, sink, ByteBuffer.allocate(BufReader.DEFAULT_CAPACITY_BYTES));
    }

    /**
     * Copies a source into a sink, as {@link #copy(AsyncRead, AsyncWrite)}, through a given buffer.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read and not written yet is lost.
     *
     * @param source read to its end
     * @param sink stays open
     * @param buffer all of its capacity is used; a direct one spares sockets a copy
     * @return how many bytes
     * @throws IllegalArgumentException when the buffer has no capacity or is read-only
     */
    @CheckReturnValue
    public static IoFuture<Long> copy(AsyncRead source, AsyncWrite sink, ByteBuffer buffer) {
        return new CopyFuture(source, sink, buffer);
    }

    /**
     * Copies a buffered source into a sink out of the source's own buffer, as
     * {@link #copy(AsyncRead, AsyncWrite)}.
     *
     * <p><em>Cancel safety:</em> what was not written is still to be read from the source.
     *
     * @param source read to its end
     * @param sink stays open
     * @return how many bytes
     */
    @CheckReturnValue
    public static IoFuture<Long> copyBuf(AsyncBufRead source, AsyncWrite sink) {
        return new CopyBufFuture(source, sink);
    }

    /**
     * Copies between two streams in both directions. When one direction ends, the stream that it
     * wrote to is shut down for writing and the other direction goes on; an error in either ends
     * both.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read and not written yet is lost.
     *
     * @param a one stream
     * @param b the other one
     * @param <A> the kind of {@code a}
     * @param <B> the kind of {@code b}
     * @return how many bytes went which way, when both directions have ended
     */
    @CheckReturnValue
    public static <A extends AsyncRead & AsyncWrite, B extends AsyncRead & AsyncWrite>
            IoFuture<Copied> copyBidirectional(A a, B b) {
        return copyBidirectional(a, b, BufReader.DEFAULT_CAPACITY_BYTES, BufReader.DEFAULT_CAPACITY_BYTES);
    }

    /**
     * Copies between two streams in both directions, as
     * {@link #copyBidirectional(AsyncRead, AsyncRead)}, with buffers of given sizes.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read and not written yet is lost.
     *
     * @param a one stream
     * @param b the other one
     * @param aToBBytes the size of the buffer from {@code a} to {@code b}, at least 1
     * @param bToABytes the size of the buffer from {@code b} to {@code a}, at least 1
     * @param <A> the kind of {@code a}
     * @param <B> the kind of {@code b}
     * @return how many bytes went which way, when both directions have ended
     * @throws IllegalArgumentException when a size is less than 1
     */
    @CheckReturnValue
    public static <A extends AsyncRead & AsyncWrite, B extends AsyncRead & AsyncWrite>
            IoFuture<Copied> copyBidirectional(A a, B b, int aToBBytes, int bToABytes) {
        return new CopyBidirectionalFuture(
                new Transfer(a, b, ByteBuffer.allocate(BufferSize.checked(aToBBytes))),
                new Transfer(b, a, ByteBuffer.allocate(BufferSize.checked(bToABytes))));
    }

    // ---- cutting and joining

    /**
     * Cuts any stream into halves that can be given to two tasks. They take turns: a half that
     * finds the other one inside the stream is woken when that has left. Streams that cut
     * themselves, as {@link dev.edo.net.TcpStream#split()} does, do better.
     *
     * <p>Who has the stream closes it, when both halves are done with.
     *
     * @param stream not to be used until the halves are put together again
     * @param <S> its kind
     * @return the halves
     */
    public static <S extends AsyncRead & AsyncWrite> SplitHalves<S> split(S stream) {
        var shared = new SharedStream<>(stream);
        return new SplitHalves<>(new ReadHalf<>(shared), new WriteHalf<>(shared));
    }

    /**
     * Joins a source and a sink.
     *
     * @param reader the source
     * @param writer the sink
     * @param <R> the kind of the source
     * @param <W> the kind of the sink
     * @return both as one stream
     */
    public static <R extends AsyncRead, W extends AsyncWrite> Joined<R, W> join(R reader, W writer) {
        return new Joined<>(reader, writer);
    }

    /**
     * Shows what is read from a source.
     *
     * @param source what to read from
     * @param inspector called after each read with what it read; runs in the poll and must not
     *     block
     * @return the source, inspected
     */
    public static AsyncRead inspectReads(AsyncRead source, Consumer<? super ByteBuffer> inspector) {
        return new InspectReader(source, inspector);
    }

    /**
     * Shows what is written to a sink.
     *
     * @param sink what to write to
     * @param inspector called after each write with what the sink took; runs in the poll and must
     *     not block
     * @return the sink, inspected
     */
    public static AsyncWrite inspectWrites(AsyncWrite sink, Consumer<? super ByteBuffer> inspector) {
        return new InspectWriter(sink, inspector);
    }

    // ---- in memory

    /**
     * A connection in memory, for tests and between tasks. Its ends may be on two threads.
     *
     * @param capacityBytes how much may be on its way in each direction, at least 1; allocated at
     *     once
     * @return both ends
     * @throws IllegalArgumentException when it is less
     */
    public static Duplex duplex(int capacityBytes) {
        var there = simplex(capacityBytes);
        var back = simplex(capacityBytes);
        return new Duplex(
                new DuplexStream(back.reader(), there.writer()),
                new DuplexStream(there.reader(), back.writer()));
    }

    /**
     * A pipe in memory. Its ends may be on two threads.
     *
     * @param capacityBytes how much may be on its way, at least 1; allocated at once
     * @return both ends
     * @throws IllegalArgumentException when it is less
     */
    public static Simplex simplex(int capacityBytes) {
        var pipe = new Pipe(capacityBytes);
        return new Simplex(new SimplexReader(pipe), new SimplexWriter(pipe));
    }

    /** {@return a source that is at its end, and a sink that takes everything} */
    public static Empty empty() {
        return Empty.INSTANCE;
    }

    /**
     * A source of one byte again and again.
     *
     * @param value the byte
     * @return never ends
     */
    public static AsyncRead repeat(byte value) {
        return new Repeat(value);
    }

    /** {@return a sink that takes everything} */
    public static AsyncWrite sink() {
        return Empty.INSTANCE;
    }

    /**
     * The content of a buffer as a source, which is an {@link AsyncSeek}, too.
     *
     * @param content from its position to its limit; neither moves, but the bytes must not change
     * @return ends at its limit
     */
    public static AsyncBufRead reader(ByteBuffer content) {
        return new MemoryReader(content);
    }

    /**
     * A sink that collects what is written.
     *
     * @param content where to
     * @return takes everything
     */
    public static AsyncWrite writer(ByteArrayOutputStream content) {
        return new MemoryWriter(content);
    }

    // ---- streams of buffers

    /**
     * The bytes of a source as a stream, in pieces of at most
     * {@link BufReader#DEFAULT_CAPACITY_BYTES}.
     *
     * @param source read to its end
     * @return ends with the source, or after its first failure
     * @see <a
     *     href="https://docs.rs/tokio-util/latest/tokio_util/io/struct.ReaderStream.html">ReaderStream</a>
     */
    @CheckReturnValue
    public static Stream<ByteBuffer> stream(AsyncRead source) {
        return stream(source, BufReader.DEFAULT_CAPACITY_BYTES);
    }

    /**
     * The bytes of a source as a stream.
     *
     * @param source read to its end
     * @param capacityBytes the size of a piece at most, at least 1
     * @return ends with the source, or after its first failure; the buffers are the receiver's
     * @throws IllegalArgumentException when the size is less than 1
     * @see <a
     *     href="https://docs.rs/tokio-util/latest/tokio_util/io/struct.ReaderStream.html">ReaderStream</a>
     */
    @CheckReturnValue
    public static Stream<ByteBuffer> stream(AsyncRead source, int capacityBytes) {
        return new ReaderStream(source, capacityBytes);
    }

    /**
     * A stream of buffers as a source.
     *
     * <p><em>Cancel safety:</em> nothing is lost. A task that gave up a read may be woken once
     * more.
     *
     * @param stream its elements' bytes from position to limit; empty elements are skipped
     * @return ends with the stream; fails as it does, and may then go on
     * @see <a
     *     href="https://docs.rs/tokio-util/latest/tokio_util/io/struct.StreamReader.html">StreamReader</a>
     */
    public static AsyncBufRead reader(Stream<? extends ByteBuffer> stream) {
        return new StreamReader(stream);
    }

    /**
     * A sink of buffers as a sink of bytes; shutting that down closes it.
     *
     * @param sink gets a copy of each write
     * @return writes to it
     * @see <a
     *     href="https://docs.rs/tokio-util/latest/tokio_util/io/struct.SinkWriter.html">SinkWriter</a>
     */
    public static AsyncWrite writer(Sink<? super ByteBuffer> sink) {
        return new SinkWriter(sink);
    }

    // ---- the standard streams

    /**
     * The standard input of this process. A pipe or terminal is polled and not read ahead of what
     * is asked for; what cannot be polled is read by a thread of its own, which all these objects
     * share. Do not use it beside {@link System#in}, which reads ahead, nor from two tasks at once.
     *
     * <p><em>Blocking:</em> a read that waits keeps neither a runtime from shutting down nor the
     * JVM from ending.
     *
     * @return reads from descriptor 0
     * @see <a href="https://docs.rs/tokio/latest/tokio/io/fn.stdin.html">tokio::io::stdin</a>
     */
    public static AsyncRead stdin() {
        return EdoProvider.get().io().stdin();
    }

    /**
     * The standard output of this process. Flush it before the program ends: what was not flushed
     * may be lost.
     *
     * @return writes to descriptor 1
     * @see <a href="https://docs.rs/tokio/latest/tokio/io/fn.stdout.html">tokio::io::stdout</a>
     */
    public static AsyncWrite stdout() {
        return EdoProvider.get().io().stdout();
    }

    /**
     * The standard error output of this process. Flush it before the program ends: what was not
     * flushed may be lost.
     *
     * @return writes to descriptor 2
     * @see <a href="https://docs.rs/tokio/latest/tokio/io/fn.stderr.html">tokio::io::stderr</a>
     */
    public static AsyncWrite stderr() {
        return EdoProvider.get().io().stderr();
    }

    // ---- bridges

    /**
     * An input stream as a source: its calls run on the blocking pool of the runtime that reads.
     *
     * <p><em>Cancel safety:</em> a cancelled read goes on in the background, and the next one gets
     * its bytes.
     *
     * @param in read ahead of what was asked for; stays the caller's to close
     * @return reads what it reads
     */
    public static AsyncRead fromInputStream(InputStream in) {
        return new BlockingReader(Objects.requireNonNull(in, "in")::read);
    }

    /**
     * An output stream as a sink: its calls run on the blocking pool of the runtime that writes. A
     * write ends when its bytes have been copied; flushing waits until they are written. Shutting
     * down closes the stream.
     *
     * <p><em>Errors:</em> of a write come with the next write or flush.
     *
     * @param out where to
     * @return writes what is written
     */
    public static AsyncWrite fromOutputStream(OutputStream out) {
        return new BlockingWriter(new OutputStreamSink(Objects.requireNonNull(out, "out")));
    }

    /**
     * A blocking channel as a source, as {@link #fromInputStream(InputStream)}.
     *
     * @param channel in blocking mode; stays the caller's to close
     * @return reads what it reads
     */
    public static AsyncRead fromChannel(ReadableByteChannel channel) {
        Objects.requireNonNull(channel, "channel");
        return new BlockingReader(into -> channel.read(ByteBuffer.wrap(into)));
    }

    /**
     * A blocking channel as a sink, as {@link #fromOutputStream(OutputStream)}.
     *
     * @param channel in blocking mode
     * @return writes what is written
     */
    public static AsyncWrite fromChannel(WritableByteChannel channel) {
        return new BlockingWriter(new ChannelSink(Objects.requireNonNull(channel, "channel")));
    }

    /**
     * A source for code that expects an input stream. Closing the stream does nothing to the
     * source.
     *
     * <p><em>Blocking:</em> the calls await: they may be made in tasks in direct style, on the
     * blocking pool and on threads outside a runtime, but not in stackless tasks.
     *
     * @param source what to read from
     * @return reads from it; not for several threads at once
     * @see <a
     *     href="https://docs.rs/tokio-util/latest/tokio_util/io/struct.SyncIoBridge.html">SyncIoBridge</a>
     */
    public static InputStream asInputStream(AsyncRead source) {
        return new AwaitingInputStream(source);
    }

    /**
     * A sink for code that expects an output stream. Each write waits until the sink has taken
     * everything, flushing flushes it, closing shuts it down for writing; a write after that fails.
     *
     * <p><em>Blocking:</em> as of {@link #asInputStream(AsyncRead)}.
     *
     * @param sink what to write to
     * @return writes to it; not for several threads at once
     * @see <a
     *     href="https://docs.rs/tokio-util/latest/tokio_util/io/struct.SyncIoBridge.html">SyncIoBridge</a>
     */
    public static OutputStream asOutputStream(AsyncWrite sink) {
        return new AwaitingOutputStream(sink);
    }

    /**
     * A source for code that expects a channel. Closing the channel does nothing to the source.
     *
     * <p><em>Blocking:</em> as of {@link #asInputStream(AsyncRead)}.
     *
     * @param source what to read from
     * @return reads from it; not for several threads at once
     */
    public static ReadableByteChannel asReadableChannel(AsyncRead source) {
        return new AwaitingReadableChannel(source);
    }

    /**
     * A sink for code that expects a channel. Each write waits until the sink has taken everything,
     * closing shuts it down for writing.
     *
     * <p><em>Blocking:</em> as of {@link #asInputStream(AsyncRead)}.
     *
     * @param sink what to write to
     * @return writes to it; not for several threads at once
     */
    public static WritableByteChannel asWritableChannel(AsyncWrite sink) {
        return new AwaitingWritableChannel(sink);
    }
}
