package dev.edo.spi;

import dev.edo.process.Command;
import dev.edo.process.Stdio;
import java.nio.file.Path;

/** Child processes, as an implementation provides them. */
public interface ProcessProvider {
    /**
     * Implements {@link Command#of(String)}.
     *
     * @param program its name or path
     * @return the command
     */
    Command command(String program);

    /** {@return the stream of this process} */
    Stdio inherit();

    /** {@return a pipe for each child} */
    Stdio piped();

    /** {@return the null device} */
    Stdio devNull();

    /**
     * Implements {@link Stdio#from(Path)}.
     *
     * @param file its path
     * @return the file to read from
     */
    Stdio from(Path file);

    /**
     * Implements {@link Stdio#to(Path)} and {@link Stdio#appendTo(Path)}.
     *
     * @param file its path
     * @param append whether to keep what it holds
     * @return the file to write to
     */
    Stdio to(Path file, boolean append);

    /**
     * Implements {@link Stdio#fromFd(int)}.
     *
     * @param fd a descriptor of the caller's
     * @return the descriptor
     */
    Stdio fromFd(int fd);

    /**
     * A descriptor that is closed when a child was started with it.
     *
     * @param fd a descriptor that the caller gives away
     * @return the descriptor
     */
    Stdio taken(int fd);
}
