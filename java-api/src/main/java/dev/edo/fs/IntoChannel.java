package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.internal.SpentFuture;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** Brings a file to where its user has got to, and takes the channel out of it when no call is being made any more. */
final class IntoChannel implements IoFuture<SeekableByteChannel> {
    private final FileCall call;

    /** Null when this completed or was cancelled. */
    private @Nullable FileHandle handle;

    private boolean isThere;
    private @Nullable Waker registered;

    IntoChannel(FileHandle handle, FileCall call) {
        this.handle = handle;
        this.call = call;
    }

    @Override
    public Poll<SeekableByteChannel> poll(Context cx) throws IOException {
        var from = handle;
        if (from == null) {
            throw SpentFuture.polledAgain();
        }
        boolean pending = false;
        try {
            if (!isThere) {
                isThere = call.poll(cx).isReady();
            }
            var taken = isThere ? from.takeChannel(cx.waker()) : null;
            pending = taken == null;
            registered = pending && isThere ? cx.waker() : null;
            return taken == null ? Poll.pending() : Poll.ready(taken);
        } finally {
            handle = pending ? from : null;
        }
    }

    @Override
    public void cancel() {
        var from = handle;
        var waker = registered;
        handle = null;
        registered = null;
        if (from != null && waker != null) {
            from.forget(waker);
        }
        call.cancel();
    }
}
