package dev.edo.fs;

import dev.edo.io.SeekFrom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that answers as the test says, and notes what it was asked for. */
final class ScriptedFile implements BlockingFile {
    final List<String> calls = new ArrayList<>();
    private final ArrayDeque<byte[]> content = new ArrayDeque<>();
    private @Nullable IOException failure;
    private int mostBytesPerWrite = Integer.MAX_VALUE;
    private long position;

    /** What the next read finds; without any it finds the end. */
    ScriptedFile reads(String text) {
        return reads(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    ScriptedFile reads(byte[] bytes) {
        content.add(bytes);
        return this;
    }

    /** What the next call fails with. */
    ScriptedFile fails(String message) {
        failure = new IOException(message);
        return this;
    }

    ScriptedFile takesAtMost(int bytes) {
        mostBytesPerWrite = bytes;
        return this;
    }

    private void note(String call) throws IOException {
        calls.add(call);
        var thrown = failure;
        failure = null;
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        note("read " + dst.remaining());
        var bytes = content.poll();
        if (bytes == null) {
            return -1;
        }
        dst.put(bytes);
        position += bytes.length;
        return bytes.length;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        var bytes = new byte[Math.min(src.remaining(), mostBytesPerWrite)];
        src.get(src.position(), bytes);
        note(bytes.length < 100
                ? "write " + new String(bytes, StandardCharsets.ISO_8859_1)
                : "write " + bytes.length + " bytes from " + bytes[0]);
        src.position(src.position() + bytes.length);
        position += bytes.length;
        return bytes.length;
    }

    @Override
    public long seek(SeekFrom to) throws IOException {
        note("seek " + to);
        position = switch (to) {
            case SeekFrom.Start(long bytes) -> bytes;
            case SeekFrom.Current(long bytes) -> position + bytes;
            case SeekFrom.End(long bytes) -> 1000 + bytes;
        };
        return position;
    }

    @Override
    public void setLen(long bytes) throws IOException {
        note("setLen " + bytes);
    }

    @Override
    public SeekableByteChannel channel() {
        throw new AssertionError("it is by none");
    }

    @Override
    public void sync(boolean withMetadata) throws IOException {
        note(withMetadata ? "syncAll" : "syncData");
    }

    @Override
    public void close() throws IOException {
        note("close");
    }
}
