package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Brings a file to where its user has got to, and takes the channel out of it then. */
final class IntoChannel implements IoFuture<SeekableByteChannel> {
    private final FileHandle handle;
    private final FileCall call;

    IntoChannel(FileHandle handle, FileCall call) {
        this.handle = handle;
        this.call = call;
    }

    @Override
    public Poll<SeekableByteChannel> poll(Context cx) throws IOException {
        return call.poll(cx).isReady() ? Poll.ready(handle.takeChannel()) : Poll.pending();
    }

    @Override
    public void cancel() {
        call.cancel();
    }
}
