package dev.edo.codec;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.stream.Stream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Frames that are waited for by one {@link NextFrame} after the other.
 *
 * <p>Algorithm: a poll that is pending has left its waker with whatever the bytes come from; the waker is noted here,
 * and the wait gets a number. Who gives a wait up names both; where another one has registered since, nothing happens.
 * A task that was aborted gives up late, maybe on another thread in the middle of the poll of the next one: so it is
 * the waker that was named which is taken out, not the one that is noted by then.
 *
 * @param <T> the type of the frames
 */
abstract sealed class FrameSource<T> implements Stream<T> permits FramedRead, UdpFramed {
    /** Of the last poll, if it was pending. */
    private @Nullable Waker registered;

    /** How often a poll was pending. */
    private int registrations;

    @Override
    public abstract @Nullable T pollNext(Context cx) throws IOException;

    /** Takes a waker out of what the bytes come from. */
    abstract void forget(Waker waker);

    /** A poll begins: what it registers comes in the place of what was. */
    final void beginPoll() {
        registered = null;
    }

    /** A poll is pending, and has left this waker. */
    final void registered(Waker waker) {
        registered = waker;
        registrations++;
    }

    /** The waker that the last poll left, if it was pending. */
    final @Nullable Waker registered() {
        return registered;
    }

    /** The number of the last wait; 0 before the first one. */
    final int registrations() {
        return registrations;
    }

    /** The wait with this number is given up. */
    final void giveUp(int registration, Waker waker) {
        if (registration == registrations && registered == waker) {
            registered = null;
            forget(waker);
        }
    }

    /** Whichever wait there is is given up. */
    final void giveUp() {
        var waker = registered;
        registered = null;
        if (waker != null) {
            forget(waker);
        }
    }
}
