package dev.edo.fs;

import dev.edo.internal.DroppedResources;
import dev.edo.spi.FileRing;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a ring has opened for a future, by its descriptor. It is closed once: by its owner, or when nobody can reach
 * that any more, for a future may be forgotten instead of cancelled.
 */
final class RingDescriptor {
    private final Object owner;
    private final FileRing ring;
    private final int fd;
    private final DroppedResources.Trace trace;

    RingDescriptor(Object owner, FileRing ring, int fd) {
        this.owner = owner;
        this.ring = ring;
        this.fd = fd;
        boolean watched = false;
        try {
            trace = DroppedResources.watch(owner, fd, () -> closeUnreached(ring, fd));
            watched = true;
        } finally {
            if (!watched) {
                closeUnreached(ring, fd);
            }
        }
    }

    private static void closeUnreached(FileRing ring, int fd) {
        int unused = ring.close(fd); // nobody is left to be told
    }

    FileRing.@Nullable Call read(int mostBytes) {
        try {
            return ring.read(fd, mostBytes, () -> {});
        } finally {
            Reference.reachabilityFence(owner); // or the number could be another file's by now
        }
    }

    FileRing.@Nullable Call write(byte[] source, int offset, int length) {
        try {
            return ring.write(fd, source, offset, length);
        } finally {
            Reference.reachabilityFence(owner);
        }
    }

    /** {@return a channel, which the descriptor belongs to from now on, also where this fails} */
    FileChannel intoChannel(Path path, FileRing.How how) {
        forget();
        return ring.channel(fd, path, how);
    }

    /** {@return 0, or {@code -errno}: closing may be the first to tell that a write has failed} */
    int close() {
        forget();
        return ring.close(fd);
    }

    private void forget() {
        trace.forget();
        Reference.reachabilityFence(owner);
    }
}
