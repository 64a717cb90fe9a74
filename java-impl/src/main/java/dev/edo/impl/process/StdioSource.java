package dev.edo.impl.process;

import dev.edo.impl.net.Pipes;
import dev.edo.internal.DroppedResources;
import dev.edo.process.Stdio;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a standard stream of a child comes from or goes to. */
sealed interface StdioSource extends Stdio {
    /** What needs no more words. */
    enum Plain implements StdioSource {
        INHERIT,
        PIPED,
        DEV_NULL
    }

    /** A file to read from. */
    record Input(Path file) implements StdioSource {}

    /** A file to write to. */
    record Target(Path file, boolean append) implements StdioSource {}

    /** A descriptor that stays its owner's. */
    record Borrowed(int fd) implements StdioSource {}

    /** A descriptor for one child. It is closed then, or when nobody can reach this any more. */
    final class Taken implements StdioSource {
        private static final int GONE = -1;

        private final AtomicInteger fd;
        private final DroppedResources.Trace trace;

        Taken(int fd) {
            var held = new AtomicInteger(fd);
            this.fd = held;
            this.trace = DroppedResources.watch(this, fd, () -> close(held));
        }

        private static void close(AtomicInteger held) {
            int fd = held.getAndSet(GONE);
            if (fd != GONE) {
                Pipes.close(fd);
            }
        }

        /** {@return the descriptor, which the caller closes} */
        int take() {
            int taken = fd.getAndSet(GONE);
            if (taken == GONE) {
                throw new IllegalStateException("a child was started with this end of a pipe before, and has it now;"
                        + " make another pipe for this one");
            }
            trace.forget();
            return taken;
        }
    }
}
