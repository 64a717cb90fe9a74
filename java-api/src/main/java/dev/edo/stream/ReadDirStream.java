package dev.edo.stream;

import dev.edo.fs.DirEntry;
import dev.edo.fs.ReadDir;
import dev.edo.future.Context;
import dev.edo.future.Poll;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link Stream#from(ReadDir)} returns. */
final class ReadDirStream implements Stream<DirEntry> {
    private final ReadDir entries;
    private boolean ended;

    ReadDirStream(ReadDir entries) {
        this.entries = Objects.requireNonNull(entries, "entries");
    }

    @Override
    public @Nullable DirEntry pollNext(Context cx) throws IOException {
        if (ended) {
            return null;
        }
        Poll<@Nullable DirEntry> poll;
        try {
            poll = entries.pollNextEntry(cx);
        } catch (IOException e) {
            cancel();
            throw e;
        }
        if (!(poll instanceof Poll.Ready(var entry))) {
            return null;
        }
        if (entry == null) {
            cancel();
        }
        return entry;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public void cancel() {
        ended = true;
        try {
            entries.close();
        } catch (IOException e) {
            // it was only read
        }
    }

    @Override
    public SizeHint sizeHint() {
        return ended ? SizeHint.NONE : SizeHint.UNKNOWN;
    }
}
