package dev.edo.process;

import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a standard stream of a child process comes from or goes to; only Edo implements this.
 *
 * <pre>{@code
 * var sort = Command.of("sort")
 *         .stdin(Stdio.from(Path.of("names.txt")))
 *         .stdout(Stdio.piped())
 *         .stderr(Stdio.devNull())
 *         .spawn();
 * }</pre>
 *
 * @see <a href="https://doc.rust-lang.org/std/process/struct.Stdio.html">std::process::Stdio</a>
 */
public interface Stdio {
    /**
     * The stream of this process.
     *
     * @return what the child has in common with this process
     */
    static Stdio inherit() {
        return EdoProvider.get().processes().inherit();
    }

    /**
     * A pipe, whose other end {@link Child} has.
     *
     * @return a new pipe for each child
     */
    static Stdio piped() {
        return EdoProvider.get().processes().piped();
    }

    /**
     * Nothing: {@code /dev/null}, which ends at once where it is read, and forgets what is written.
     *
     * @return the null device
     */
    static Stdio devNull() {
        return EdoProvider.get().processes().devNull();
    }

    /**
     * A file to read from. A FIFO makes the start of the child wait for a writer; take a
     * {@link #from(PipeReceiver) pipe} instead.
     *
     * @param file opened when the child is started, which fails where it cannot be
     * @return the file from its beginning
     * @throws IllegalArgumentException when its path is not of the default file system
     */
    static Stdio from(Path file) {
        return EdoProvider.get().processes().from(file);
    }

    /**
     * A file to write to. A FIFO makes the start of the child wait for a reader; take a {@link #from(PipeSender) pipe}
     * instead.
     *
     * @param file opened when the child is started, which fails where it cannot be; created where there is none
     * @return the file, emptied
     * @throws IllegalArgumentException when its path is not of the default file system
     */
    static Stdio to(Path file) {
        return EdoProvider.get().processes().to(file, false);
    }

    /**
     * A file to write to behind what it holds.
     *
     * @param file opened when the child is started, which fails where it cannot be; created where there is none
     * @return the end of the file
     * @throws IllegalArgumentException when its path is not of the default file system
     */
    static Stdio appendTo(Path file) {
        return EdoProvider.get().processes().to(file, true);
    }

    /**
     * A descriptor of this process, as 1 for its standard output.
     *
     * @param fd open when the child is started; the child has a duplicate, and this one stays the caller's
     * @return the descriptor
     */
    static Stdio fromFd(int fd) {
        return EdoProvider.get().processes().fromFd(fd);
    }

    /**
     * The end of a pipe that a child writes to. It is taken: {@code sender} is closed from now on, and the descriptor
     * as soon as a child was started with it, or could not be. So this serves one child.
     *
     * @param sender the end, of this process so far
     * @return the pipe
     * @throws IOException when {@code sender} is closed
     */
    static Stdio from(PipeSender sender) throws IOException {
        return EdoProvider.get().processes().taken(sender.intoBlockingFd());
    }

    /**
     * The end of a pipe that a child reads from, as another child's standard output. It is taken, as a
     * {@link #from(PipeSender) sender} is.
     *
     * @param receiver the end, of this process so far
     * @return the pipe
     * @throws IOException when {@code receiver} is closed
     */
    static Stdio from(PipeReceiver receiver) throws IOException {
        return EdoProvider.get().processes().taken(receiver.intoBlockingFd());
    }
}
