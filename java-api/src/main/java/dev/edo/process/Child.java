package dev.edo.process;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A process that this one has started.
 *
 * <pre>{@code
 * try (var child = Command.of("ping").arg("example.org").stdout(Stdio.piped()).spawn()) {
 *     var lines = new BufReader<>(child.stdout()).lines();
 *     for (String line; (line = lines.nextLine().await()) != null; ) {
 *         IO.println(line);
 *     }
 * } // which ends it
 * }</pre>
 *
 * <p>A child leaves no zombie behind. It is taken from the system's list by whoever waits for it or, when it was closed
 * or nobody can reach this object any more, in the background. Only children of one's own are waited for: those of the
 * JDK are left alone.
 *
 * <p>Several tasks may wait for one child, and any thread may kill or close it.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/process/struct.Child.html">tokio::process::Child</a>
 */
public interface Child extends AutoCloseable {
    /**
     * Tells the number of the process.
     *
     * @return the number; nothing when its end was learnt, from when on the number may be another process's
     */
    OptionalInt id();

    /**
     * The pipe to the child's standard input, which stays this child's: waiting for the end, and closing this, close
     * it.
     *
     * @return the end to write to
     * @throws IllegalStateException where that was not piped, or was taken
     */
    PipeSender stdin();

    /**
     * The pipe from the child's standard output, which stays this child's: closing this closes it.
     *
     * @return the end to read from
     * @throws IllegalStateException where that was not piped, or was taken
     */
    PipeReceiver stdout();

    /**
     * The pipe from the child's standard error output, which stays this child's: closing this closes it.
     *
     * @return the end to read from
     * @throws IllegalStateException where that was not piped, or was taken
     */
    PipeReceiver stderr();

    /**
     * Takes the pipe to the child's standard input out of this object: from now on it is the caller's to close.
     *
     * @return the end to write to
     * @throws IllegalStateException where that was not piped, or was taken
     */
    PipeSender takeStdin();

    /**
     * Takes the pipe from the child's standard output out of this object: from now on it is the caller's to close.
     *
     * @return the end to read from
     * @throws IllegalStateException where that was not piped, or was taken
     */
    PipeReceiver takeStdout();

    /**
     * Takes the pipe from the child's standard error output out of this object: from now on it is the caller's to
     * close.
     *
     * @return the end to read from
     * @throws IllegalStateException where that was not piped, or was taken
     */
    PipeReceiver takeStderr();

    /**
     * Waits for the end of the child, after closing its standard input unless that was taken: a child that reads it to
     * its end would wait for this process otherwise. What the child writes into a pipe has to be read meanwhile, or it
     * may wait for room there for ever. Tokio's {@code wait}, a name that every object of Java has already.
     *
     * <p><em>Cancel safety:</em> nothing is lost but that the standard input is closed.
     *
     * @return how it ended; the same again when it is waited for again
     */
    @CheckReturnValue
    IoFuture<ExitStatus> waitFor();

    /**
     * Looks whether the child has ended, without waiting, and without closing its standard input.
     *
     * @return how it ended, or null
     * @throws IOException when the system does not know this child: other code of this process has waited for it
     */
    @Nullable ExitStatus tryWait() throws IOException;

    /**
     * Kills the child, without waiting for its end. Does nothing when the end was learnt before.
     *
     * @throws IOException when the system refuses, as where the child has changed its user
     */
    void startKill() throws IOException;

    /**
     * Kills the child and waits for its end.
     *
     * <p><em>Cancel safety:</em> it is killed when this is first polled, or awaited, and goes on ending.
     *
     * @return completes when it has ended; fails where it cannot be killed
     */
    @CheckReturnValue
    IoFuture<@Nullable Void> kill();

    /**
     * Reads all that the child writes to its pipes, and waits for its end, after closing its standard input unless that
     * was taken.
     *
     * <p><em>Cancel safety:</em> not cancel safe: what was read is lost.
     *
     * @return what it wrote, and how it ended; of a stream that was not piped, or was taken, nothing
     */
    @CheckReturnValue
    IoFuture<Output> waitWithOutput();

    /**
     * Kills the child, unless {@link Command#killOnClose} says otherwise, and then closes the pipes that were not taken:
     * a child that is killed does not see the end of its input. Does not wait for the child's end, but whoever does
     * still learns of it. Closing again does nothing.
     */
    @Override
    void close();
}
