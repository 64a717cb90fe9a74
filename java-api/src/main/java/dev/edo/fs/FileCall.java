package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call on an open file that comes behind the operation in flight, and is then in flight itself. */
final class FileCall implements IoFuture<@Nullable Void> {
    private final Body body;
    private final boolean reportsWrites;
    private final boolean dropsReadAhead;

    /** Null when this completed or was cancelled. */
    private @Nullable FileJob job;

    private @Nullable Waker registered;
    private boolean begun;
    private boolean ended;
    private @Nullable Throwable failure;

    /**
     * A call.
     *
     * @param reportsWrites whether this fails where the write before it did; otherwise the next write or
     *     flush does
     * @param dropsReadAhead whether what was read ahead is to be read again
     */
    FileCall(FileJob job, boolean reportsWrites, boolean dropsReadAhead, Body body) {
        this.job = job;
        this.reportsWrites = reportsWrites;
        this.dropsReadAhead = dropsReadAhead;
        this.body = body;
    }

    /** What is done on the blocking pool. */
    @FunctionalInterface
    interface Body {
        void run() throws IOException;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        var on = job;
        if (on == null) {
            throw SpentFuture.polledAgain();
        }
        boolean pending = false;
        try {
            pending = !pollCall(on, cx);
        } finally {
            job = pending ? on : null;
        }
        if (pending) {
            registered = cx.waker();
            return Poll.pending();
        }
        return Poll.ready();
    }

    private boolean pollCall(FileJob on, Context cx) throws IOException {
        if (!begun) {
            if (!on.pollIdle(cx)) {
                return false;
            }
            if (reportsWrites) {
                on.throwWriteFailure();
            }
            on.startCall(this);
            begun = true;
        }
        while (!ended) {
            if (!on.pollIdle(cx)) {
                return false;
            }
        }
        FileJob.throwFailure(failure);
        return true;
    }

    boolean dropsReadAhead() {
        return dropsReadAhead;
    }

    /** Called on the blocking pool. */
    void run() throws IOException {
        body.run();
    }

    /** Called by whoever saw the end of it, which is not this where something else was polled meanwhile. */
    void end(@Nullable Throwable how) {
        ended = true;
        failure = how;
    }

    @Override
    public void cancel() {
        var on = job;
        var waker = registered;
        job = null;
        registered = null;
        if (on != null && waker != null) {
            on.forget(waker);
        }
    }
}
