package dev.edo.impl.process;

import dev.edo.impl.libc.PathBytes;
import dev.edo.process.Command;
import dev.edo.process.Stdio;
import dev.edo.spi.ProcessProvider;
import java.nio.file.Path;

/** Child processes for the API's static methods. */
public final class ProcessProviderImpl implements ProcessProvider {
    /** For the provider of everything. */
    public ProcessProviderImpl() {}

    @Override
    public Command command(String program) {
        return new CommandImpl(program);
    }

    @Override
    public Stdio inherit() {
        return StdioSource.Plain.INHERIT;
    }

    @Override
    public Stdio piped() {
        return StdioSource.Plain.PIPED;
    }

    @Override
    public Stdio devNull() {
        return StdioSource.Plain.DEV_NULL;
    }

    @Override
    public Stdio from(Path file) {
        PathBytes.requireKnown(file);
        return new StdioSource.Input(file);
    }

    @Override
    public Stdio to(Path file, boolean append) {
        PathBytes.requireKnown(file);
        return new StdioSource.Target(file, append);
    }

    @Override
    public Stdio fromFd(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("fd=" + fd + " is not a descriptor; check what its source returned");
        }
        return new StdioSource.Borrowed(fd);
    }

    @Override
    public Stdio taken(int fd) {
        return new StdioSource.Taken(fd);
    }
}
