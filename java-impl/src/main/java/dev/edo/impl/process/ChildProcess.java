package dev.edo.impl.process;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.natives.NativeProcess;
import dev.edo.impl.net.WatchedFd;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.internal.DroppedResources;
import dev.edo.internal.SpinLock;
import dev.edo.process.ExitStatus;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A child as the system has it, until its end was learnt.
 *
 * <p>Algorithm: the lock is held over each call that takes the status, and each that sends a signal. So nobody sends
 * one to a number that is no longer the child's. On Linux a pidfd tells of the end, registered with the I/O driver of
 * the runtime that started the child; who waits in another runtime after that one has gone opens another. Where the
 * kernel has none, SIGCHLD tells.
 *
 * <p>Invariants: {@code state}, once not 0, stays; from then on nothing is watched.
 *
 * <p>Origin: Tokio's process/unix/{pidfd_reaper,reap}.rs.
 */
final class ChildProcess extends SpinLock {
    static final int SIGKILL = 9;
    private static final VarHandle WATCHED;

    static {
        try {
            WATCHED = MethodHandles.lookup().findVarHandle(ChildProcess.class, "watched", WatchedFd.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        NativeLibrary.ensureLoaded();
        // links what is called under the lock; both are refused
        NativeProcess.reap(0);
        NativeProcess.kill(0, SIGKILL);
    }

    /** For tests: does as on a kernel without. */
    static volatile boolean hasNoPidfds;

    private final int pid;
    private final String program;

    /** 0: not known to have ended; otherwise what {@link NativeProcess#reap} said. */
    private volatile long state;

    /** Null where SIGCHLD tells of the end. */
    private volatile @Nullable WatchedFd watched;

    /** Set before others know this. */
    private DroppedResources.@Nullable Trace trace;

    /** Guarded by the lock. */
    private boolean isOrphan;

    /** A child that was started just now, by a task of a runtime with I/O. */
    ChildProcess(int pid, String program) {
        this.pid = pid;
        this.program = program;
        this.watched = watch();
    }

    /** For tests: one whose end something else tells of. */
    ChildProcess(int pid, String program, WatchedFd watched) {
        this.pid = pid;
        this.program = program;
        this.watched = watched;
    }

    /** Has the child cared for when nobody can reach its owner any more. */
    void ownedBy(Object owner) {
        trace = DroppedResources.watch(owner, pid, () -> OrphanQueue.push(this));
    }

    /** {@return whether this is the first call: closed is one often before it is forgotten, or closed again} */
    boolean becomesOrphan() {
        lock();
        try {
            boolean isFirst = !isOrphan;
            isOrphan = true;
            return isFirst;
        } finally {
            unlock();
        }
    }

    int pid() {
        return pid;
    }

    /** {@return whether the system has been asked for its status, and has told} */
    boolean isOver() {
        return state != 0;
    }

    // ---- the end ----

    /**
     * Looks whether the child has ended.
     *
     * @return null if not
     * @throws IOException when the status is lost, because other code in this process has waited for this child
     */
    @Nullable ExitStatus look() throws IOException {
        long known = state;
        if (known == 0) {
            known = reap();
        }
        if (known < 0) {
            throw SystemError.ofProcess("wait for " + this + ", whose status is lost: other code of this process has"
                    + " waited for any child, or ignores SIGCHLD", (int) -known);
        }
        return known == 0 ? null : ExitStatus.fromRaw((int) known);
    }

    private long reap() {
        long found;
        lock();
        try {
            found = state;
            if (found == 0) {
                found = NativeProcess.reap(pid);
                state = found;
            }
        } finally {
            unlock();
        }
        if (found != 0) {
            closeWatched((WatchedFd) WATCHED.getAndSet(this, null));
            var known = trace;
            if (known != null) {
                known.forget();
            }
        }
        return found;
    }

    /** Kills the child, if it has not ended. */
    void kill() throws IOException {
        int result;
        lock();
        try {
            result = state == 0 ? NativeProcess.kill(pid, SIGKILL) : 0;
        } finally {
            unlock();
        }
        if (result < 0 && -result != Errno.SRCH) { // whose status other code of this process has taken
            throw SystemError.ofProcess("kill " + this, -result);
        }
    }

    // ---- what tells of it ----

    /** {@return what can be read when the child has ended, or null where SIGCHLD tells} */
    @Nullable WatchedFd watched() {
        return watched;
    }

    /** Watches in the runtime of the caller, instead of one that has gone. */
    void watchInstead(WatchedFd old) {
        var made = watch();
        if (WATCHED.compareAndSet(this, old, made)) {
            old.close();
        } else {
            closeWatched(made);
        }
        if (state != 0) {
            closeWatched((WatchedFd) WATCHED.getAndSet(this, null));
        }
    }

    /** Where the child has ended meanwhile, and its number is another process's, nobody waits for what this makes. */
    private @Nullable WatchedFd watch() {
        var runtime = RuntimeHandle.tryCurrent();
        var driver = runtime == null ? null : runtime.ioOrNull();
        int fd = driver == null || hasNoPidfds ? -1 : NativeProcess.openPidfd(pid);
        if (fd < 0 || driver == null) {
            return null;
        }
        try {
            return WatchedFd.register(fd, "pidfd of " + this, driver);
        } catch (IOException e) {
            return null; // no memory for it, or the runtime is just going
        }
    }

    private static void closeWatched(@Nullable WatchedFd watched) {
        if (watched != null) {
            watched.close();
        }
    }

    @Override
    public String toString() {
        return program + " (pid=" + pid + ")";
    }
}
