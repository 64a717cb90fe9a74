package dev.edo.impl.net;

import dev.edo.future.IoFuture;
import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.FileCalls;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.Ready;
import dev.edo.net.NoReaderException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pipe: a view of what is evented; and how ends are made.
 *
 * <p>Registered without an end: the writers of a pipe with a name come and go, so that the end of the last one is
 * forgotten as soon as a read says that there is a writer again.
 *
 * <p>Origin: Tokio's net/unix/pipe.rs. Departure: there the end stays, and who waits for the next writer after it spins
 * until that has written something.
 */
abstract class PipeEnd {
    private final EventedSocket evented;
    private final Interest direction;

    PipeEnd(NativePipe pipe, Interest direction) throws IOException {
        try {
            this.direction = direction;
            this.evented = EventedSocket.registerWithoutEnd(pipe, RuntimeHandle.current().io(), direction);
        } catch (IOException | RuntimeException | Error e) {
            pipe.close();
            throw e;
        }
    }

    final EventedSocket io() {
        return evented;
    }

    // ---- how ends are made ----

    /** Opens a pipe by its name. */
    static NativePipe open(Path path, Interest direction, boolean readWrite, boolean unchecked) throws IOException {
        if (readWrite && !Errno.LINUX) {
            throw new UnsupportedOperationException("readWrite(true): only Linux opens both ends of a FIFO at once;"
                    + " os.name=" + System.getProperty("os.name"));
        }
        FileCalls.ensureAvailable("pipes");
        boolean writes = direction.isWritable();
        int access = readWrite ? FileCalls.READ_WRITE : writes ? FileCalls.WRITE : FileCalls.READ;
        int fd = FileCalls.open(path, access | FileCalls.NON_BLOCKING);
        if (writes && fd == -Errno.NXIO && DescriptorFlags.isPipe(path)) { // sockets and devices fail so, too
            throw new NoReaderException(path.toString());
        }
        if (fd < 0) {
            throw SystemError.ofFile(path.toString(), "", -fd);
        }
        var pipe = new NativePipe(fd, "FIFO " + path);
        try {
            if (!unchecked && !DescriptorFlags.isPipe(fd)) {
                throw new FileSystemException(path.toString(), null,
                        "not a FIFO; make one with mkfifo, or open it unchecked(true)");
            }
            return pipe;
        } catch (IOException | RuntimeException | Error e) {
            pipe.close();
            throw e;
        }
    }

    /** Borrows a descriptor of the caller's as it is, until an end {@link #take takes} it. */
    static NativePipe borrow(int fd, Interest direction, boolean unchecked) throws IOException {
        if (fd < 0) {
            throw new IllegalArgumentException("fd=" + fd + " is not a descriptor; check what its source returned");
        }
        if (!unchecked) {
            boolean writes = direction.isWritable();
            boolean fits = writes ? DescriptorFlags.isWritable(fd) : DescriptorFlags.isReadable(fd);
            if (!DescriptorFlags.isPipe(fd)) {
                throw new IllegalArgumentException("fd=" + fd + " is not a pipe; AsyncFd takes other descriptors");
            }
            if (!fits) {
                throw new IllegalArgumentException("fd=" + fd + " is open only to " + (writes ? "read" : "write")
                        + "; a " + (writes ? "PipeSender" : "PipeReceiver") + " needs the other end");
            }
        }
        var pipe = new NativePipe(fd, "pipe");
        pipe.keepOpen();
        return pipe;
    }

    /** Takes what this end has borrowed; only now, when nothing else can fail, it is changed. */
    final void take(NativePipe pipe, boolean unchecked) throws IOException {
        if (!unchecked) {
            try {
                DescriptorFlags.setBlocking(pipe.intValue(), false);
            } catch (IOException | RuntimeException | Error e) {
                close();
                throw e;
            }
        }
        pipe.own();
    }

    // ---- what both ends have alike ----

    public final IoFuture<Ready> ready(Interest interest) {
        requireOf(interest);
        return new SocketReadyFuture(evented, interest);
    }

    /** A wait for what nobody tells of would not end. */
    private void requireOf(Interest interest) {
        boolean mayCome = interest.isError()
                || interest.isReadable() && direction.isReadable()
                || interest.isWritable() && direction.isWritable();
        if (!mayCome) {
            throw new IllegalArgumentException("interest=" + interest + " would not be told of: this end of a pipe is"
                    + " " + direction + "; wait for that, or for ERROR");
        }
    }

    final IoFuture<@Nullable Void> able() {
        return new SocketAbleFuture(evented, direction);
    }

    public final <T> @Nullable T tryIo(IoOperation<T> operation) throws IOException {
        return evented.tryIo(direction, operation);
    }

    public final <T> IoFuture<T> asyncIo(IoOperation<T> operation) {
        return evented.asyncIo(direction, operation);
    }

    public final int fd() throws IOException {
        return evented.fd();
    }

    public final int intoBlockingFd() throws IOException {
        int fd = evented.giveAway();
        try {
            DescriptorFlags.setBlocking(fd, true);
            return fd;
        } catch (IOException | RuntimeException | Error e) {
            PipeCalls.close(fd);
            throw e;
        }
    }

    public final int intoNonBlockingFd() throws IOException {
        return evented.giveAway();
    }

    public final void close() {
        evented.close();
    }

    final String describe(String kind) {
        return kind + "[" + evented.descriptor() + "]";
    }
}
