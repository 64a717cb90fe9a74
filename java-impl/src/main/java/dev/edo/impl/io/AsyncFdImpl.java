package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.AsyncFd;
import dev.edo.io.AsyncFdReady;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.Ready;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of the caller's, registered with an I/O driver.
 *
 * <p>Origin: Tokio's io/async_fd.rs, which owns the descriptor.
 */
final class AsyncFdImpl implements AsyncFd {
    private static final int READ_MASK =
            Ready.ALL.forInterest(Interest.READABLE).bits() | Ready.ERROR.bits();
    private static final int WRITE_MASK =
            Ready.ALL.forInterest(Interest.WRITABLE).bits() | Ready.ERROR.bits();

    private final int fd;
    private final Interest opened;
    private final Registration registration;

    private AsyncFdImpl(int fd, Interest opened, Registration registration) {
        this.fd = fd;
        this.opened = opened;
        this.registration = registration;
    }

    static AsyncFdImpl open(int fd, Interest interest) throws IOException {
        if (fd < 0) {
            throw new IllegalArgumentException(
                    "fd=" + fd + " is not a descriptor; check what its source returned");
        }
        return new AsyncFdImpl(fd, interest, RuntimeHandle.current().io().register(fd, interest.bits()));
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    public IoFuture<AsyncFdReady> ready(Interest interest) {
        requireOpenedFor(interest);
        return new AsyncFdReadyFuture(registration, interest.bits());
    }

    @Override
    public @Nullable AsyncFdReady pollReadReady(Context cx) throws IOException {
        long event = registration.pollReadReady(cx);
        return event == Registration.PENDING ? null : new AsyncFdReadyImpl(registration, event, READ_MASK);
    }

    @Override
    public @Nullable AsyncFdReady pollWriteReady(Context cx) throws IOException {
        long event = registration.pollWriteReady(cx);
        return event == Registration.PENDING ? null : new AsyncFdReadyImpl(registration, event, WRITE_MASK);
    }

    @Override
    public <T> @Nullable T tryIo(Interest interest, IoOperation<T> operation) throws IOException {
        return AsyncIo.tryIo(registration, interest, operation);
    }

    @Override
    public <T> IoFuture<T> asyncIo(Interest interest, IoOperation<T> operation) {
        requireOpenedFor(interest);
        return new AsyncIo<>(registration, interest, operation, UnaryOperator.identity());
    }

    /**
     * Refuses a wait that might not end: errors and hang-ups are told of unasked, urgent data can be read, and of the
     * rest comes only what was asked for.
     */
    private void requireOpenedFor(Interest interest) {
        boolean mayCome = interest.isError()
                || interest.isReadable() && (opened.isReadable() || opened.isPriority())
                || interest.isWritable() && opened.isWritable()
                || interest.isPriority() && opened.isPriority();
        if (!mayCome) {
            throw new IllegalArgumentException("interest=" + interest + " would not be told of: fd=" + fd
                    + " was opened for " + opened + "; open it for all that is waited for");
        }
    }

    @Override
    public void close() {
        registration.close();
    }

    @Override
    public String toString() {
        return "AsyncFd[fd=" + fd + "]";
    }
}
