package dev.edo.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A seek to the start, which tells no position. */
final class RewindFuture implements IoFuture<@Nullable Void> {
    private final SeekFuture seek;

    RewindFuture(SeekFuture seek) {
        this.seek = seek;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws IOException {
        return seek.poll(cx).isReady() ? Poll.ready() : Poll.pending();
    }

    @Override
    public void cancel() {
        seek.cancel();
    }
}
