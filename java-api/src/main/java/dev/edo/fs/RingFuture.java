package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.BlockingCalls;
import dev.edo.internal.SpentFuture;
import dev.edo.spi.FileRing;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One call that the kernel makes where it can, begun by the first poll; otherwise, and where the kernel says that it
 * failed, it is made on the blocking pool. So whatever it fails with is the JDK's.
 */
final class RingFuture<T extends @Nullable Object> implements IoFuture<T> {
    private final Begin begin;
    private final End<T> end;

    /** Null when this has completed or was cancelled. */
    private @Nullable IoFuture<T> onPool;

    /** Null unless the kernel is at it. */
    private FileRing.@Nullable Call call;

    private @Nullable FileRing ring;
    private boolean begun;

    RingFuture(Begin begin, End<T> end, IoFuture<T> onPool) {
        this.begin = begin;
        this.end = end;
        this.onPool = onPool;
    }

    /** Begins the call, or returns null. */
    @FunctionalInterface
    interface Begin {
        FileRing.@Nullable Call on(FileRing ring);
    }

    /** Makes of the call's result what this completes with, or null where it is to be made on the blocking pool. */
    @FunctionalInterface
    interface End<T extends @Nullable Object> {
        @Nullable Poll<T> of(FileRing ring, int result) throws IOException;
    }

    @Override
    public Poll<T> poll(Context cx) throws IOException {
        var pool = onPool;
        if (pool == null) {
            throw SpentFuture.polledAgain();
        }
        if (!begun) {
            ring = BlockingCalls.OF_CURRENT_RUNTIME.fileRing();
            call = ring == null ? null : begin.on(ring);
            begun = true;
        }
        Poll<T> result = null;
        boolean pending = false;
        try {
            result = pollCall(cx);
            if (result == null) {
                result = pool.poll(cx);
            }
            pending = !result.isReady();
            return result;
        } finally {
            if (!pending) {
                onPool = null;
            }
        }
    }

    private @Nullable Poll<T> pollCall(Context cx) throws IOException {
        var inFlight = call;
        var on = ring;
        if (inFlight == null || on == null) {
            return null;
        }
        int result = inFlight.poll(cx);
        if (result == FileRing.Call.PENDING) {
            return Poll.pending();
        }
        call = null;
        inFlight.close();
        return end.of(on, result);
    }

    @Override
    public void cancel() {
        var inFlight = call;
        var pool = onPool;
        call = null;
        onPool = null;
        begun = true;
        if (inFlight != null) {
            inFlight.close();
        } else if (pool != null) {
            pool.cancel();
        }
    }
}
