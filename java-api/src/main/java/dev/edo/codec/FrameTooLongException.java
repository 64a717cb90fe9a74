package dev.edo.codec;

/**
 * A frame is longer than is allowed.
 *
 * <pre>{@code
 * try {
 *     return reader.next().await();
 * } catch (FrameTooLongException e) {
 *     log.warn("rejected a frame of {} bytes, limit {}", e.length(), e.limit());
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://docs.rs/tokio-util/latest/tokio_util/codec/struct.LengthDelimitedCodecError.html">
 *     LengthDelimitedCodecError</a>
 */
public final class FrameTooLongException extends CodecException {
    private static final long serialVersionUID = 1L;

    private final long length;
    private final long limit;

    /**
     * For codecs that enforce a limit.
     *
     * @param what the frame in the words of the protocol, such as {@code "line"}
     * @param length how long it is, or how much of it has come so far, in bytes; taken as unsigned
     * @param limit how long it may be, in bytes
     * @param recoverable as {@link #isRecoverable()}
     */
    public FrameTooLongException(String what, long length, long limit, boolean recoverable) {
        super(what + " too long: length=" + Long.toUnsignedString(length) + (recoverable ? " or more" : "")
                + " bytes, limit=" + limit + "; raise the limit of the codec or send less", recoverable);
        this.length = length;
        this.limit = limit;
    }

    /** {@return how long the frame is, or how much of it had come, in bytes; unsigned} */
    public long length() {
        return length;
    }

    /** {@return how long it may be, in bytes} */
    public long limit() {
        return limit;
    }
}
