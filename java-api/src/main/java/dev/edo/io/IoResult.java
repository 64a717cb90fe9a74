package dev.edo.io;

/**
 * The negative answers of the primitive calls, whose other answers are numbers of bytes.
 *
 * <pre>{@code
 * int n = stream.pollRead(cx, buffer);
 * if (n == IoResult.PENDING) {
 *     return Poll.pending();
 * }
 * if (n == IoResult.END_OF_STREAM) {
 *     return Poll.ready();
 * }
 * }</pre>
 */
public final class IoResult {
    /** The other side will send nothing any more. */
    public static final int END_OF_STREAM = -1;

    /** Of a {@code try} call: there is nothing to be done without waiting, and nobody was registered. */
    public static final int WOULD_BLOCK = -2;

    /** Of a {@code poll} call: not now, and the waker of the context was registered. */
    public static final int PENDING = -2;

    private IoResult() {}
}
