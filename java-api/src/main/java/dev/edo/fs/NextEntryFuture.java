package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One {@link ReadDir#nextEntry()}; borrows the directory. */
final class NextEntryFuture implements IoFuture<@Nullable DirEntry> {
    /** Null when this completed or was cancelled. */
    private @Nullable ReadDir entries;

    private @Nullable Waker registered;

    NextEntryFuture(ReadDir entries) {
        this.entries = entries;
    }

    @Override
    public Poll<@Nullable DirEntry> poll(Context cx) throws IOException {
        var from = entries;
        if (from == null) {
            throw SpentFuture.polledAgain();
        }
        entries = null;
        var result = from.pollNextEntry(cx);
        if (!result.isReady()) {
            entries = from;
            registered = cx.waker();
        }
        return result;
    }

    @Override
    public void cancel() {
        var from = entries;
        var waker = registered;
        entries = null;
        registered = null;
        if (from != null && waker != null) {
            from.forget(waker);
        }
    }
}
