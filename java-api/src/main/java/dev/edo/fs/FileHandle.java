package dev.edo.fs;

import dev.edo.future.Waker;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link File} has of the handle that it shares with its clones and with the calls being made: what it may do
 * with it, and whether it still does.
 *
 * <p>Invariants: this is one user of the handle until it is closed, and so is each call, a write from the moment on
 * when it is queued, all others while they run. The last one closes.
 */
final class FileHandle implements Closeable {
    private final SharedHandle<BlockingFile> shared;
    private final FileIdentity identity;
    private final FileAccess access;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** How many users are files, this one and its clones, and not calls; counted down before the users are. */
    private final AtomicInteger files;

    /** A user of the handle, which counts it already. */
    FileHandle(SharedHandle<BlockingFile> shared, FileIdentity identity, FileAccess access) {
        this(shared, identity, access, new AtomicInteger(1));
    }

    private FileHandle(
            SharedHandle<BlockingFile> shared, FileIdentity identity, FileAccess access, AtomicInteger files) {
        this.shared = shared;
        this.identity = identity;
        this.access = access;
        this.files = files;
    }

    BlockingFile file() {
        return shared.get();
    }

    FileIdentity identity() {
        return identity;
    }

    /** The file's name, for messages. */
    String name() {
        return identity.name();
    }

    boolean isClosed() {
        return closed.get();
    }

    void checkOpen() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
    }

    void checkReadable() throws FileSystemException {
        access.checkReadable(name());
    }

    void checkWritable() throws FileSystemException {
        access.checkWritable(name());
    }

    /** Makes a call on the file as one more user. */
    long use(Callable<Long> call) throws Exception {
        acquire();
        try {
            return call.call();
        } finally {
            release();
        }
    }

    /** One user more, which {@link #release} follows. */
    void acquire() throws ClosedChannelException {
        if (!shared.acquire()) {
            throw new ClosedChannelException();
        }
    }

    void release() throws IOException {
        shared.release();
    }

    // ---- what the file system knows about the file

    BasicFileAttributes attributes() throws IOException {
        return whileOpen(identity::attributes);
    }

    void setPermissions(Set<PosixFilePermission> granted) throws IOException {
        var unused = whileOpen(link -> Files.setPosixFilePermissions(identity.checkedPath(link), granted));
    }

    /** A question about the file, or a change of what the file system knows about it. */
    @FunctionalInterface
    private interface Inquiry<T> {
        T with(@Nullable Path link) throws IOException;
    }

    /** Inquires after the file by a link that leads to it as long as it is open, which it is kept meanwhile. */
    private <T> T whileOpen(Inquiry<T> inquiry) throws IOException {
        checkOpen();
        acquire();
        try {
            var channel = file().channel();
            var result = inquiry.with(OpenFileLink.of(channel));
            if (!channel.isOpen()) {
                throw new ClosedChannelException(); // by an interrupt, say: the link may have led elsewhere
            }
            return result;
        } finally {
            release();
        }
    }

    // ---- passing it on

    /** {@return another user of the same handle, which may do with it what this one may} */
    FileHandle share() throws ClosedChannelException {
        checkOpen();
        acquire();
        files.incrementAndGet();
        return new FileHandle(shared, identity, access, files);
    }

    /**
     * Takes the channel out; closed from then on.
     *
     * @return null where a call that was given up is still being made
     */
    @Nullable SeekableByteChannel takeChannel() throws IOException {
        checkOpen();
        if (!shared.takeAway()) {
            if (files.get() > 1) {
                throw new FileSystemException(name(), null, "its channel is shared with a clone; close that first");
            }
            return null;
        }
        closed.set(true);
        return file().channel();
    }

    /** The same, and has a waker woken when that call has been made. */
    @Nullable SeekableByteChannel takeChannel(Waker waker) throws IOException {
        shared.awaitOthers(waker);
        SeekableByteChannel taken = null;
        boolean waits = false;
        try {
            taken = takeChannel();
            waits = taken == null;
        } finally {
            if (!waits) {
                forget(waker);
            }
        }
        return taken;
    }

    /** Who has left this waker waits no more. */
    void forget(Waker waker) {
        shared.forget(waker);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            files.decrementAndGet();
            release();
        }
    }
}
