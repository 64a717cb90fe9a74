package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Waits for the operation in flight and shares the file then. */
final class FileClone implements IoFuture<File> {
    /** Null when this completed or was cancelled. */
    private @Nullable File file;

    private final FileJob job;
    private @Nullable Waker registered;

    FileClone(File file, FileJob job) {
        this.file = file;
        this.job = job;
    }

    @Override
    public Poll<File> poll(Context cx) throws IOException {
        var on = file;
        if (on == null) {
            throw SpentFuture.polledAgain();
        }
        file = null;
        if (!job.pollIdle(cx)) {
            file = on;
            registered = cx.waker();
            return Poll.pending();
        }
        return Poll.ready(on.share());
    }

    @Override
    public void cancel() {
        var on = file;
        var waker = registered;
        file = null;
        registered = null;
        if (on != null && waker != null) {
            job.forget(waker);
        }
    }
}
