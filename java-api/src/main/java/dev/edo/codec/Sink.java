package dev.edo.codec;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Waker;
import dev.edo.sync.MpscSender;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes items one after the other, when it has room.
 *
 * <p>Implementations write the {@code poll} methods and {@link #startSend}; the futures follow from
 * them. Feed many items and flush once; {@link #send} does both for a single one:
 *
 * <pre>{@code
 * for (var answer : answers) {
 *     sink.feed(answer).await();
 * }
 * sink.flush().await();
 * }</pre>
 *
 * <p>One task uses a sink at a time.
 *
 * @param <T> the type of the items
 * @see <a
 *     href="https://docs.rs/futures/latest/futures/sink/trait.Sink.html">futures::sink::Sink</a>
 */
public interface Sink<T> {
    /**
     * A sink that sends into a channel: it has room when the channel has. Closing it closes the
     * sender; once the channel's receiver is closed it fails.
     *
     * @param sender an open one, from now on the sink's; {@link MpscSender#share()} makes one
     * @param <T> the type of the items
     * @return the sink
     * @see <a
     *     href="https://docs.rs/tokio-util/latest/tokio_util/sync/struct.PollSender.html">the Sink of tokio_util::sync::PollSender</a>
     */
    static <T> Sink<T> to(MpscSender<T> sender) {
        return new ChannelSink<>(sender);
    }

    /**
     * Asks for room for one item.
     *
     * @param cx whom to wake when there is room
     * @return whether there is; false: the waker of {@code cx} was registered
     * @throws IOException where the sink has failed
     */
    boolean pollReady(Context cx) throws IOException;

    /**
     * Takes an item. Only called after {@link #pollReady} answered that there is room, once each
     * time.
     *
     * @param item what to take
     * @throws IOException where the item was not taken
     */
    void startSend(T item) throws IOException;

    /**
     * Hands on all items.
     *
     * @param cx whom to wake when there is room
     * @return whether none is left; false: the waker of {@code cx} was registered
     * @throws IOException where the sink has failed
     */
    boolean pollFlush(Context cx) throws IOException;

    /**
     * Hands on all items, then says that no more will come.
     *
     * @param cx whom to wake when there is room
     * @return whether it is done; false: the waker of {@code cx} was registered
     * @throws IOException where the sink has failed
     */
    boolean pollClose(Context cx) throws IOException;

    /**
     * Forgets a waker that a pending poll of this sink registered; where another one has been
     * registered since, does nothing.
     *
     * @param waker of the context that was polled with
     */
    default void cancelSend(Waker waker) {}

    /**
     * Takes an item, waiting until there is room; it is handed on by a later flush, or when there
     * is no room.
     *
     * <p><em>Cancel safety:</em> the item of a cancelled feed was not taken.
     *
     * @param item what to take
     * @return completes when the item was taken
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> feed(T item) {
        return new FeedFuture<>(this, item, false);
    }

    /**
     * Takes an item and hands it on, with all that were fed before.
     *
     * <p><em>Cancel safety:</em> not cancel safe: the item of a cancelled send may have been taken;
     * it is then handed on by the next flush, whole.
     *
     * @param item what to take
     * @return completes when the item was handed on
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> send(T item) {
        return new FeedFuture<>(this, item, true);
    }

    /**
     * Hands on all items.
     *
     * <p><em>Cancel safety:</em> what was not handed on stays in the sink.
     *
     * @return completes when none is left
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> flush() {
        return new SinkFuture(this, false);
    }

    /**
     * Hands on all items, then says that no more will come.
     *
     * <p><em>Cancel safety:</em> may be repeated.
     *
     * @return completes when that is done
     */
    @CheckReturnValue
    default IoFuture<@Nullable Void> close() {
        return new SinkFuture(this, true);
    }
}
