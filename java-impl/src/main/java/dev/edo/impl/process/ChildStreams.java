package dev.edo.impl.process;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.FileCalls;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.SpawnLayout;
import dev.edo.impl.net.Pipes;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The three standard streams of a child that is being started: descriptors for the child, which this process closes as
 * soon as that has duplicates, and the other ends of the pipes.
 */
final class ChildStreams implements AutoCloseable {
    private static final Path NULL_DEVICE = Path.of("/dev/null");
    private static final String[] NAMES = {"standard input", "standard output", "standard error output"};

    private final String program;
    private final int[] descriptors = {SpawnLayout.INHERIT, SpawnLayout.INHERIT, SpawnLayout.INHERIT};
    private final boolean[] owned = new boolean[3];

    @Nullable PipeSender stdin;
    @Nullable PipeReceiver stdout;
    @Nullable PipeReceiver stderr;

    private ChildStreams(String program) {
        this.program = program;
    }

    /**
     * Opens them, or none.
     *
     * @param program for messages
     */
    static ChildStreams open(String program, StdioSource stdin, StdioSource stdout, StdioSource stderr)
            throws IOException {
        var streams = new ChildStreams(program);
        try {
            streams.open(0, stdin);
            streams.open(1, stdout);
            streams.open(2, stderr);
            return streams;
        } catch (IOException | RuntimeException | Error e) {
            streams.close();
            streams.closePipes();
            throw e;
        }
    }

    private void open(int index, StdioSource source) throws IOException {
        switch (source) {
            case StdioSource.Plain plain -> {
                switch (plain) {
                    case INHERIT -> {}
                    case PIPED -> pipe(index);
                    case DEV_NULL -> own(index, opened(index, NULL_DEVICE, FileCalls.READ_WRITE));
                }
            }
            case StdioSource.Input input -> own(index, opened(index, input.file(), FileCalls.READ));
            case StdioSource.Target target -> own(index, target(index, target));
            case StdioSource.Borrowed borrowed -> descriptors[index] = borrowed.fd();
            case StdioSource.Taken taken -> own(index, taken.take());
        }
    }

    private void own(int index, int fd) {
        descriptors[index] = fd;
        owned[index] = true;
    }

    private void pipe(int index) throws IOException {
        int[] ends = Pipes.blockingPair();
        boolean isInput = index == 0;
        own(index, ends[isInput ? 0 : 1]);
        String what = NAMES[index] + " of " + program;
        if (isInput) {
            stdin = Pipes.sender(ends[1], what);
        } else if (index == 1) {
            stdout = Pipes.receiver(ends[0], what);
        } else {
            stderr = Pipes.receiver(ends[0], what);
        }
    }

    private int opened(int index, Path file, int flags) throws IOException {
        FileCalls.ensureAvailable("child processes");
        return requireOpen(index, file, FileCalls.open(file, flags));
    }

    private int requireOpen(int index, Path file, int fd) throws IOException {
        if (fd < 0) {
            throw SystemError.ofFile(file.toString(), "; it is to be the " + NAMES[index] + " of " + program, -fd);
        }
        return fd;
    }

    /** What is there is opened once: closing it before would be the end to the reader of a FIFO. */
    private int target(int index, StdioSource.Target target) throws IOException {
        FileCalls.ensureAvailable("child processes");
        var file = target.file();
        int flags = FileCalls.WRITE | (target.append() ? FileCalls.APPEND : FileCalls.TRUNCATE);
        int fd = FileCalls.open(file, flags);
        if (fd != -Errno.NOENT) {
            return requireOpen(index, file, fd);
        }
        // creates it with the permissions that the JDK gives
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        return opened(index, file, flags);
    }

    /** {@return the descriptor for the child's 0, 1 or 2, or INHERIT} */
    int descriptor(int index) {
        return descriptors[index];
    }

    /** Closes the child's descriptors. */
    @Override
    public void close() {
        for (int i = 0; i < descriptors.length; i++) {
            if (owned[i]) {
                owned[i] = false;
                Pipes.close(descriptors[i]);
            }
        }
    }

    /** Closes this process's ends of the pipes. */
    void closePipes() {
        if (stdin != null) {
            stdin.close();
        }
        if (stdout != null) {
            stdout.close();
        }
        if (stderr != null) {
            stderr.close();
        }
    }
}
