package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import org.jspecify.annotations.Nullable;

/** A stream of one element, which another thread sends. */
final class StressedBranch implements Stream<Integer> {
    private volatile boolean sent;
    private volatile @Nullable Waker waker;
    private boolean taken;

    void send() {
        sent = true;
        var waiting = waker;
        if (waiting != null) {
            waiting.wake();
        }
    }

    @Override
    public @Nullable Integer pollNext(Context cx) {
        if (!sent) {
            waker = cx.waker();
            if (!sent) {
                return null;
            }
        }
        if (taken) {
            return null;
        }
        taken = true;
        return 1;
    }

    @Override
    public boolean isTerminated() {
        return taken;
    }

    @Override
    public void cancel() {}

    /** Polls without waiting: 1, or -1 where there is nothing. */
    static int poll(Stream<?> stream, Waker waker) {
        try {
            return stream.pollNext(Context.of(waker)) == null ? -1 : 1;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
