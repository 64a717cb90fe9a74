package dev.edo.impl.io;

import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.internal.SpinLock;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import dev.edo.runtime.RuntimeShutdownException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One of the standard streams, as the kernel can poll it.
 *
 * <p>Algorithm: a pipe or terminal is opened a second time. The second descriptor can be made
 * non-blocking, which the first cannot: its flags are those of every process that has it, the
 * shell's among them. It is registered with the driver of each runtime that uses it, once. What
 * cannot be polled (regular files, a terminal of another user, sockets) is not opened again: a
 * file's position would be lost.
 *
 * <p>Invariants: the second descriptor is opened once and never closed. The lock is held for a
 * system call at most, once per runtime.
 */
final class StdioDescriptor extends SpinLock {
    static final StdioDescriptor STDIN = new StdioDescriptor(0, Interest.READABLE);
    static final StdioDescriptor STDOUT = new StdioDescriptor(1, Interest.WRITABLE);
    static final StdioDescriptor STDERR = new StdioDescriptor(2, Interest.WRITABLE);

    private static final int TYPE_MASK = 0xf000;
    private static final int PIPE = 0x1000;
    private static final int CHARACTER_DEVICE = 0x2000;

    private final Interest interest;
    private final @Nullable FileDescriptor second;
    private volatile Entry[] registrations = {};
    private volatile boolean isUnpollable;

    /** A runtime's registration. */
    private record Entry(IoDriver driver, Registration registration) {
        boolean isAlive() {
            try {
                registration.tryReady(Ready.ALL.bits());
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    StdioDescriptor(int fd, Interest interest) {
        this.interest = interest;
        this.second = reopen(fd, interest.isWritable() ? 1 : 0);
        this.isUnpollable = second == null;
    }

    private static @Nullable FileDescriptor reopen(int fd, int access) {
        try {
            int type = (int) Files.getAttribute(Path.of("/proc/self/fd/" + fd), "unix:mode") & TYPE_MASK;
            if (type != PIPE && type != CHARACTER_DEVICE || !Epoll.isAvailable()) {
                return null;
            }
            int opened = StdioLibC.reopen(fd, access);
            return opened < 0 ? null : new FileDescriptor(opened);
        } catch (IOException | RuntimeException | LinkageError e) {
            return null; // no /proc, not this system, not this user: the caller has another way
        }
    }

    /** The descriptor to read and write, where there is a registration. */
    FileDescriptor second() {
        if (second == null) {
            throw new IllegalStateException("this standard stream cannot be polled");
        }
        return second;
    }

    /**
     * The registration with the current runtime.
     *
     * @return null where the descriptor cannot be polled, or there is no runtime with an I/O driver
     */
    @Nullable Registration registration() throws IOException {
        var runtime = isUnpollable ? null : RuntimeHandle.tryCurrent();
        var driver = runtime == null ? null : runtime.ioOrNull();
        if (driver == null) {
            return null;
        }
        var found = find(driver);
        return found != null ? found : register(driver);
    }

    private @Nullable Registration find(IoDriver driver) {
        for (var entry : registrations) {
            if (entry.driver() == driver) {
                return entry.registration();
            }
        }
        return null;
    }

    private @Nullable Registration register(IoDriver driver) throws IOException {
        lock();
        try {
            var found = find(driver);
            if (found != null || isUnpollable) {
                return found;
            }
            Registration made;
            try {
                made = driver.registerForGood(second().intValue(), interest.bits());
            } catch (IOException e) {
                if (registrations.length > 0 || e instanceof RuntimeShutdownException) {
                    throw e;
                }
                isUnpollable = true; // a device like /dev/null
                return null;
            }
            var alive = new ArrayList<Entry>();
            for (var entry : registrations) {
                if (entry.isAlive()) {
                    alive.add(entry);
                }
            }
            alive.add(new Entry(driver, made));
            registrations = alive.toArray(Entry[]::new);
            return made;
        } finally {
            unlock();
        }
    }
}
