package dev.edo.stream;

/**
 * Messages of a broadcast channel were overwritten before its stream got them. The stream goes on with the
 * oldest one that is still there.
 *
 * <pre>{@code
 * try {
 *     show(events.next().await());
 * } catch (BroadcastStreamRecvError e) {
 *     log("missed " + e.skipped() + " events");
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio-stream/latest/tokio_stream/wrappers/errors/enum.BroadcastStreamRecvError.html">
 *     BroadcastStreamRecvError</a>
 */
public final class BroadcastStreamRecvError extends Exception {
    private static final long serialVersionUID = 1L;

    private final long skipped;

    BroadcastStreamRecvError(long skipped) {
        super("channel lagged: skipped=" + skipped
                + " messages; receive faster, or give the channel a larger capacity");
        this.skipped = skipped;
    }

    /** {@return how many messages were missed} */
    public long skipped() {
        return skipped;
    }
}
