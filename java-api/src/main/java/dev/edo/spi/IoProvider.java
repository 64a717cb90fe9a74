package dev.edo.spi;

import dev.edo.io.AsyncFd;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.Interest;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.nio.channels.Channel;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** File descriptors and the standard streams, as an implementation provides them. */
public interface IoProvider {
    /**
     * Implements {@link AsyncFd#open(int, Interest)}.
     *
     * @param fd an open descriptor
     * @param interest what to ask the kernel for
     * @return the descriptor, registered with the current runtime
     * @throws IOException when it cannot be
     */
    AsyncFd openFd(int fd, Interest interest) throws IOException;

    /**
     * Implements {@link dev.edo.io.Io#stdin()}.
     *
     * @return the standard input
     */
    AsyncRead stdin();

    /**
     * Implements {@link dev.edo.io.Io#stdout()}.
     *
     * @return the standard output
     */
    AsyncWrite stdout();

    /**
     * Implements {@link dev.edo.io.Io#stderr()}.
     *
     * @return the standard error output
     */
    AsyncWrite stderr();

    /**
     * Tells by which descriptor a channel reads and writes a file.
     *
     * @param channel of the JDK's, which is open
     * @return the number, which is the channel's as long as that is open; empty where it does not tell
     */
    OptionalInt descriptorOf(Channel channel);

    /**
     * Finds what makes calls on files without the blocking pool.
     *
     * @return that of the current runtime; null where it has none, or nobody would see the end of a call there
     * @throws IllegalStateException outside a runtime
     */
    @Nullable FileRing fileRing();

    /**
     * Runs a job on the blocking pool of the current runtime, also if that shuts down before the job
     * began: for data that somebody was told is written.
     *
     * @param body the job
     * @param <T> the type of its result
     * @return the handle to its result; null where the runtime has been shut down, and the job is not run
     * @throws IllegalStateException outside a runtime
     */
    <T extends @Nullable Object> @Nullable JoinHandle<T> spawnMandatoryBlocking(Callable<T> body);
}
