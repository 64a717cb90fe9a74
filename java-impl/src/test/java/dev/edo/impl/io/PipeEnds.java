package dev.edo.impl.io;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A pipe of the kernel's, non-blocking. */
public record PipeEnds(FileDescriptor in, FileDescriptor out) implements AutoCloseable {
    public static PipeEnds open() throws IOException {
        if (!Epoll.isAvailable()) {
            throw new AssertionError("needs Netty's native library", Epoll.unavailabilityCause());
        }
        var ends = FileDescriptor.pipe();
        return new PipeEnds(ends[0], ends[1]);
    }

    /** {@return how many bytes were written, 0 where there is no room} */
    public int write(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return out.write(ByteBuffer.allocateDirect(bytes.length).put(bytes), 0, bytes.length);
    }

    /** {@return what was read; null where there is nothing, "" at the end} */
    public @Nullable String read(int most) throws IOException {
        var direct = ByteBuffer.allocateDirect(most);
        int n = in.read(direct, 0, most);
        return n == 0 ? null : StandardCharsets.UTF_8.decode(direct.limit(Math.max(n, 0))).toString();
    }

    /** Writes until there is no room. */
    public void fill() throws IOException {
        var text = "x".repeat(4096);
        while (write(text) > 0) {
            Thread.onSpinWait();
        }
    }

    /** Reads until there is nothing. */
    public void drain() throws IOException {
        while (read(65536) != null) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        if (in.isOpen()) {
            in.close();
        }
        if (out.isOpen()) {
            out.close();
        }
    }
}
