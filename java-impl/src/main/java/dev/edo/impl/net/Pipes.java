package dev.edo.impl.net;

import dev.edo.impl.libc.FileCalls;
import dev.edo.impl.libc.SystemError;
import dev.edo.net.Pipe;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import java.io.IOException;

/** Makes pipes without a name, for this process or for another one at their other end. */
public final class Pipes {
    private Pipes() {}

    static Pipe open() throws IOException {
        int[] fds = blockingPair();
        PipeReceiver receiver;
        try {
            receiver = receiver(fds[0], "pipe");
        } catch (IOException | RuntimeException | Error e) {
            PipeCalls.close(fds[1]);
            throw e;
        }
        try {
            return new Pipe(sender(fds[1], "pipe"), receiver);
        } catch (IOException | RuntimeException | Error e) {
            receiver.close();
            throw e;
        }
    }

    /**
     * Makes a pipe.
     *
     * @return both ends, which block and are closed on exec: the one to read from, the one to write to
     */
    public static int[] blockingPair() throws IOException {
        FileCalls.ensureAvailable("pipes");
        var fds = new int[2];
        int result = FileCalls.pipe(fds);
        if (result < 0) {
            throw SystemError.ofPipe("make a pipe", -result);
        }
        if (!FileCalls.closesOnExec()) {
            try {
                DescriptorFlags.closeOnExec(fds[0]);
                DescriptorFlags.closeOnExec(fds[1]);
            } catch (IOException | RuntimeException | Error e) {
                PipeCalls.close(fds[0]);
                PipeCalls.close(fds[1]);
                throw e;
            }
        }
        return fds;
    }

    /**
     * Makes an end to write to of a descriptor, or closes that.
     *
     * @param what for messages: what this end is
     */
    public static PipeSender sender(int fd, String what) throws IOException {
        return new PipeSenderImpl(nonBlocking(fd, what));
    }

    /**
     * Makes an end to read from of a descriptor, or closes that.
     *
     * @param what for messages: what this end is
     */
    public static PipeReceiver receiver(int fd, String what) throws IOException {
        return new PipeReceiverImpl(nonBlocking(fd, what));
    }

    private static NativePipe nonBlocking(int fd, String what) throws IOException {
        var pipe = new NativePipe(fd, what);
        try {
            DescriptorFlags.setBlocking(fd, false);
            return pipe;
        } catch (IOException | RuntimeException | Error e) {
            pipe.close();
            throw e;
        }
    }

    /** Closes a descriptor that nothing here owns. */
    public static void close(int fd) {
        PipeCalls.close(fd);
    }
}
