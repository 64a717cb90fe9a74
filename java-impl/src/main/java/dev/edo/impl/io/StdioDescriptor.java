package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.impl.driver.io.IoDriver;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.Interest;
import dev.edo.io.Ready;
import dev.edo.runtime.RuntimeShutdownException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * <p>Who registers holds {@code registering}, for which nobody waits on a thread: a task that finds
 * it taken wakes itself and is polled again. Registering takes other locks, where a virtual thread
 * may leave its carrier; what came next on that carrier would spin for ever.
 *
 * <p>Invariants: the second descriptor is opened once and never closed.
 */
final class StdioDescriptor {
    static final StdioDescriptor STDIN = new StdioDescriptor(0, Interest.READABLE);
    static final StdioDescriptor STDOUT = new StdioDescriptor(1, Interest.WRITABLE);
    static final StdioDescriptor STDERR = new StdioDescriptor(2, Interest.WRITABLE);

    private static final int TYPE_MASK = 0xf000;
    private static final int PIPE = 0x1000;
    private static final int CHARACTER_DEVICE = 0x2000;

    private final Interest interest;
    private final @Nullable FileDescriptor second;
    private final AtomicBoolean registering = new AtomicBoolean();
    private volatile Entry[] registrations = {};
    private volatile boolean isUnpollable;

    /** A runtime's registration. */
    record Entry(@Nullable IoDriver driver, @Nullable Registration registration) {
        /** Where the descriptor cannot be polled, or there is no runtime with an I/O driver. */
        static final Entry NONE = new Entry(null, null);

        private boolean isAlive() {
            try {
                if (registration != null) {
                    registration.tryReady(Ready.ALL.bits());
                    return true;
                }
            } catch (IOException e) {
                // its driver has gone
            }
            return false;
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
     * The registration with the current runtime, or {@link Entry#NONE}.
     *
     * @return null where another task is just registering: the waker was called, and the caller is
     *     pending
     */
    @Nullable Entry entry(Context cx) throws IOException {
        var runtime = isUnpollable ? null : RuntimeHandle.tryCurrent();
        var driver = runtime == null ? null : runtime.ioOrNull();
        if (driver == null) {
            return Entry.NONE;
        }
        var found = find(driver);
        if (found != null) {
            return found;
        }
        if (!beginRegistering()) {
            cx.waker().wake();
            return null;
        }
        try {
            return register(driver);
        } finally {
            endRegistering();
        }
    }

    boolean beginRegistering() {
        return registering.compareAndSet(false, true);
    }

    void endRegistering() {
        registering.set(false);
    }

    private @Nullable Entry find(IoDriver driver) {
        for (var entry : registrations) {
            if (entry.driver() == driver) {
                return entry;
            }
        }
        return null;
    }

    private Entry register(IoDriver driver) throws IOException {
        var found = find(driver);
        if (found != null) {
            return found;
        }
        if (isUnpollable) {
            return Entry.NONE;
        }
        Registration made;
        try {
            made = driver.registerForGood(second().intValue(), interest.bits());
        } catch (IOException e) {
            if (registrations.length > 0 || e instanceof RuntimeShutdownException) {
                throw e;
            }
            isUnpollable = true; // a device like /dev/null
            return Entry.NONE;
        }
        var alive = new ArrayList<Entry>();
        for (var entry : registrations) {
            if (entry.isAlive()) {
                alive.add(entry);
            }
        }
        var entry = new Entry(driver, made);
        alive.add(entry);
        registrations = alive.toArray(Entry[]::new);
        return entry;
    }
}
