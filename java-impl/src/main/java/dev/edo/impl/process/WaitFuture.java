package dev.edo.impl.process;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.impl.net.WatchedFd;
import dev.edo.internal.SpentFuture;
import dev.edo.process.ExitStatus;
import dev.edo.runtime.RuntimeShutdownException;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of a child.
 *
 * <p>Algorithm: begin to wait for what tells of the end, then look whether it has come: so none is missed. Any number
 * of these may wait for one child; whoever looks first takes the status, and ends the watch, which wakes the others.
 */
final class WaitFuture implements IoFuture<ExitStatus> {
    /** Kept reachable, with its pipes, as long as somebody waits. */
    private final ChildImpl child;

    private final ChildProcess process;

    private @Nullable WatchedFd watched;
    private @Nullable Readiness readiness;
    private @Nullable Signal signal;
    private @Nullable Future<@Nullable Void> arrival;
    private boolean isSpent;

    WaitFuture(ChildImpl child) {
        this.child = child;
        this.process = child.process();
    }

    @Override
    public Poll<ExitStatus> poll(Context cx) throws IOException {
        if (isSpent) {
            throw SpentFuture.polledAgain();
        }
        child.closeStdin();
        try {
            while (true) {
                boolean waits = !process.isOver() && isWaiting(cx);
                var status = process.look();
                if (status != null) {
                    cancel();
                    return Poll.ready(status);
                }
                if (waits) {
                    return Poll.pending();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            cancel();
            throw e;
        }
    }

    /** {@return whether this will be woken; false: something has happened, look} */
    private boolean isWaiting(Context cx) throws IOException {
        if (arrival != null || process.watched() == null) {
            return isWaitingForSignal(cx);
        }
        try {
            return isWaitingForPidfd(cx);
        } catch (ClosedChannelException e) {
            readiness = null; // another one has learnt of the end, or watches in another runtime
            return false;
        } catch (RuntimeShutdownException e) {
            readiness = null;
            var gone = watched;
            if (gone != null) {
                process.watchInstead(gone);
            }
            return false;
        }
    }

    private boolean isWaitingForPidfd(Context cx) throws IOException {
        var wait = readiness;
        var from = watched;
        if (wait == null || from == null) {
            from = process.watched();
            if (from == null) {
                return false;
            }
            watched = from;
            wait = from.readiness();
            readiness = wait;
        }
        long event = wait.pollEvent(cx);
        if (event == Registration.PENDING) {
            return true;
        }
        readiness = null;
        if (process.look() == null) {
            from.clear(event);
        }
        return false;
    }

    private boolean isWaitingForSignal(Context cx) throws IOException {
        var listener = signal;
        if (listener == null && process.look() != null) {
            return false; // without any listener, which may be refused
        }
        if (listener == null) {
            listener = Signal.listen(SignalKind.child());
            signal = listener;
        }
        try {
            var wait = arrival;
            if (wait == null) {
                wait = listener.recv();
                arrival = wait;
            }
            if (!wait.poll(cx).isReady()) {
                return true;
            }
            arrival = null;
            return false;
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("a wait for a signal fails with nothing", e);
        }
    }

    @Override
    public void cancel() {
        isSpent = true;
        var wait = readiness;
        readiness = null;
        if (wait != null) {
            wait.cancel();
        }
        var coming = arrival;
        arrival = null;
        if (coming != null) {
            coming.cancel();
        }
        var listener = signal;
        signal = null;
        if (listener != null) {
            listener.close();
        }
    }
}
