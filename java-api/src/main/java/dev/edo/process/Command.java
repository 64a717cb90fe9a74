package dev.edo.process;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.IoFuture;
import dev.edo.spi.EdoProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to be started, and what it is to be started with.
 *
 * <pre>{@code
 * var output = Command.of("git").args("log", "--oneline").currentDir(repository).output().await();
 *
 * try (var child = Command.of("sort").stdin(Stdio.piped()).stdout(Stdio.piped()).spawn()) {
 *     child.stdin().writeAll(lines).await();
 *     child.stdin().close();
 *     var sorted = child.stdout().readToEnd().await();
 *     child.waitFor().await();
 * }
 * }</pre>
 *
 * <p>A program whose name has no slash is looked for along the {@code PATH} that the child is to have; one with a slash
 * is a path, relative to the directory that the child is to have. There is no shell between: arguments are passed as
 * they are, in the encoding of file names ({@code sun.jnu.encoding}), or UTF-8 where that has no more than ASCII.
 *
 * <p>A child gets the default for every signal that this process handles, an empty signal mask, and no descriptor but
 * its three standard streams. Unlike in Rust no code of the application can run in the child before the program does:
 * what Rust's {@code pre_exec} is for a shell has to do, or a program of one's own.
 *
 * <p>A command may be started any number of times. It belongs to one task or thread at a time.
 *
 * <p><em>Blocking:</em> starting a program makes the calling thread wait until the child has become the program. That
 * is a millisecond's work at most, unless the program lies on a file system that is slow, or a {@link #uid} or
 * {@link #gid} was set: then the system copies the tables of this process's memory first, which takes the longer the
 * more there is. Start such a one by {@link dev.edo.Edo#spawnBlocking}.
 *
 * <p><em>Errors:</em> a program that cannot be started is named in the exception, with the reason. It is a
 * {@link java.nio.file.NoSuchFileException} or {@link java.nio.file.AccessDeniedException} where the program is not
 * there, or may not be run; the same for its working directory and the files of its standard streams, whose paths
 * they name then.
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/process/struct.Command.html">tokio::process::Command</a>
 */
public interface Command {
    /**
     * A command without arguments, in the environment and directory of this process.
     *
     * @param program its name or path
     * @return the command
     * @throws IllegalArgumentException when the name is empty, or has a character 0
     */
    static Command of(String program) {
        return EdoProvider.get().processes().command(program);
    }

    /**
     * Adds an argument.
     *
     * @param argument passed as it is
     * @return this
     * @throws IllegalArgumentException when it has a character 0
     */
    Command arg(String argument);

    /**
     * Adds arguments.
     *
     * @param arguments passed as they are
     * @return this
     * @throws IllegalArgumentException when one has a character 0
     */
    Command args(String... arguments);

    /**
     * Adds arguments.
     *
     * @param arguments passed as they are
     * @return this
     * @throws IllegalArgumentException when one has a character 0
     */
    Command args(List<String> arguments);

    /**
     * Sets what the program sees as its own name, instead of the name that it is started by.
     *
     * @param name the argument before the first
     * @return this
     * @throws IllegalArgumentException when it has a character 0
     */
    Command arg0(String name);

    /**
     * Sets a variable of the child's environment; {@code PATH} is also where the program is looked for.
     *
     * @param name of the variable
     * @param value its value
     * @return this
     * @throws IllegalArgumentException when the name is empty or has a {@code =}, or one of both has a character 0
     */
    Command env(String name, String value);

    /**
     * Sets variables of the child's environment.
     *
     * @param variables names and values
     * @return this
     * @throws IllegalArgumentException as of {@link #env}
     */
    Command envs(Map<String, String> variables);

    /**
     * Takes a variable out of the child's environment.
     *
     * @param name of the variable
     * @return this
     * @throws IllegalArgumentException when the name is empty, or has a {@code =} or a character 0
     */
    Command envRemove(String name);

    /**
     * Takes all variables out of the child's environment, those of this process and those that were set.
     *
     * @return this
     */
    Command envClear();

    /**
     * Sets the child's working directory. Where the path of the program is relative it is so to this directory.
     *
     * @param directory its path
     * @return this
     * @throws IllegalArgumentException when it is not of the default file system
     */
    Command currentDir(Path directory);

    /**
     * Sets where the child's standard input comes from.
     *
     * @param stdio by default that of this process; nothing for {@link #output()}
     * @return this
     */
    Command stdin(Stdio stdio);

    /**
     * Sets where the child's standard output goes to.
     *
     * @param stdio by default that of this process; {@link #output()} pipes it in any case
     * @return this
     */
    Command stdout(Stdio stdio);

    /**
     * Sets where the child's standard error output goes to.
     *
     * @param stdio by default that of this process; {@link #output()} pipes it in any case
     * @return this
     */
    Command stderr(Stdio stdio);

    /**
     * Sets whether a child is killed when it is {@link Child#close closed} before it has ended. It is so by default,
     * as a {@code try} statement with resources promises; a child that nobody closes is never killed, whatever this
     * says. A cancelled {@link #status()} or {@link #output()} closes its child.
     *
     * <p>In Tokio it is {@code kill_on_drop}, which is off by default.
     *
     * @param on whether to
     * @return this
     */
    Command killOnClose(boolean on);

    /**
     * Sets the user that the program runs as. Who is root loses its further groups by that.
     *
     * @param id of the user, 0 to 2<sup>32</sup> - 2
     * @return this
     * @throws IllegalArgumentException when there cannot be such an id
     */
    Command uid(long id);

    /**
     * Sets the group that the program runs as.
     *
     * @param id of the group, 0 to 2<sup>32</sup> - 2
     * @return this
     * @throws IllegalArgumentException when there cannot be such an id
     */
    Command gid(long id);

    /**
     * Puts the child into a group of processes, so that signals of a terminal, as of Ctrl-C, do not reach it with this
     * process.
     *
     * @param id of the group; 0 is one of the child's own
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    Command processGroup(int id);

    /**
     * Starts the program.
     *
     * @return the child, of the runtime of the caller
     * @throws IOException when it cannot be started; there is no child then
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    Child spawn() throws IOException;

    /**
     * Starts the program at once and waits for its end. What of its streams was piped is closed.
     *
     * <p><em>Cancel safety:</em> a cancelled wait closes the child, which is killed unless {@link #killOnClose} says
     * otherwise.
     *
     * @return how it ended; fails where it could not be started
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    @CheckReturnValue
    IoFuture<ExitStatus> status();

    /**
     * Starts the program at once, reads all that it writes, and waits for its end. Its standard output and error output
     * are piped, whatever was set; its standard input is empty unless it was set.
     *
     * <p><em>Cancel safety:</em> a cancelled wait closes the child, which is killed unless {@link #killOnClose} says
     * otherwise, and what was read is lost.
     *
     * @return what it wrote, and how it ended; fails where it could not be started
     * @throws IllegalStateException outside a runtime, or when its I/O is not enabled
     */
    @CheckReturnValue
    IoFuture<Output> output();
}
