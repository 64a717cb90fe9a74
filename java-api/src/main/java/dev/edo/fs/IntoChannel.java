package dev.edo.fs;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Brings a file to where its user has got to, and takes the channel out of it then. */
final class IntoChannel implements IoFuture<SeekableByteChannel> {
    private final File file;
    private final FileCall call;

    IntoChannel(File file, FileCall call) {
        this.file = file;
        this.call = call;
    }

    @Override
    public Poll<SeekableByteChannel> poll(Context cx) throws IOException {
        return call.poll(cx).isReady() ? Poll.ready(file.takeChannel()) : Poll.pending();
    }

    @Override
    public void cancel() {
        call.cancel();
    }
}
