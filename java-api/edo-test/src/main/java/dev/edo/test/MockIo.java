package dev.edo.test;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import dev.edo.io.AsyncRead;
import dev.edo.io.AsyncWrite;
import dev.edo.io.IoResult;
import dev.edo.time.Sleep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection that follows a script, and fails the test that departs from it.
 *
 * <pre>{@code
 * try (var io = MockIo.builder().read("hello\n").write("HELLO\n").build()) {
 *     shout(io);
 * }
 * }</pre>
 *
 * <p>Reads follow the order of the script strictly: one waits while the next step is a write. A
 * write may come before reads that the script has first, but not before a {@code wait} or
 * {@code writeError}.
 *
 * <p><em>Errors:</em> a write that the script does not have throws an {@link AssertionError} where
 * it happens and again in {@link #close()}, which also throws one when steps are left: so a task
 * that swallows errors does not save a wrong program.
 *
 * <p>One task may read while another one writes.
 *
 * @see <a
 *     href="https://docs.rs/tokio-test/latest/tokio_test/io/struct.Mock.html">tokio_test::io::Mock</a>
 */
public final class MockIo implements AsyncRead, AsyncWrite, AutoCloseable {
    /*
     * Algorithm: a list of steps behind a lock; bytes that are used up leave the list. A reader or
     * writer leaves its waker before it looks at the list, and takes it back where it need not
     * wait; whoever changes the list wakes both, after the lock. A wait has one timer, which whoever
     * comes by polls, with a waker that wakes both and takes no lock.
     *
     * The lock has a queue and does not spin: what runs under it is not Edo's alone. The message of a
     * failure tells the rest of the script, and so asks its exceptions what they are.
     *
     * Origin: tokio-test/src/io.rs. A write for which no step can come any more fails there only
     * when the script is empty, and hangs otherwise; a write to an open script that is empty waits
     * here, there it is a broken pipe.
     */

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedList<IoStep> steps;

    /** Whether steps may be added. */
    private boolean open;

    /** Of the wait that is the next step; null where it has not begun. */
    private @Nullable Sleep waiting;

    // left before the list is looked at, taken after it was changed
    private final AtomicReference<@Nullable Waker> reader = new AtomicReference<>();
    private final AtomicReference<@Nullable Waker> writer = new AtomicReference<>();

    private @Nullable AssertionError failure;

    MockIo(String name, List<IoStep> steps, boolean open) {
        this.name = name;
        this.steps = new LinkedList<>(steps);
        this.open = open;
        dropUsedUp();
    }

    /** {@return a builder of scripts} */
    public static MockIoBuilder builder() {
        return new MockIoBuilder();
    }

    @Override
    public int pollRead(Context cx, ByteBuffer dst) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        var changed = false;
        var waits = false;
        reader.set(cx.waker());
        try {
            lock.lock();
            changed = passWaits();
            switch (steps.peekFirst()) {
                case null -> {
                    waits = open;
                    return open ? IoResult.PENDING : IoResult.END_OF_STREAM;
                }
                case IoStep.Read(var bytes) -> {
                    int n = Math.min(dst.remaining(), bytes.remaining());
                    dst.put(dst.position(), bytes, bytes.position(), n);
                    dst.position(dst.position() + n);
                    bytes.position(bytes.position() + n);
                    changed = dropUsedUp();
                    return n;
                }
                case IoStep.ReadError(var exception) -> {
                    steps.removeFirst();
                    changed = true;
                    throw exception;
                }
                case IoStep.Write _, IoStep.WriteError _, IoStep.Wait _ -> {
                    waits = true;
                    return IoResult.PENDING;
                }
            }
        } finally {
            if (!waits) {
                reader.set(null);
            }
            unlock(changed);
        }
    }

    @Override
    public int pollWrite(Context cx, ByteBuffer src) throws IOException {
        if (!src.hasRemaining()) {
            return 0;
        }
        var changed = false;
        var waits = false;
        writer.set(cx.waker());
        try {
            lock.lock();
            changed = passWaits();
            if (steps.peekFirst() instanceof IoStep.WriteError(var exception)) {
                steps.removeFirst();
                changed = true;
                throw exception;
            }
            int written = match(src);
            if (written > 0) {
                changed = dropUsedUp();
                return written;
            }
            if (!open && steps.stream().allMatch(step ->
                    step instanceof IoStep.Read || step instanceof IoStep.ReadError)) {
                throw fail("unexpected write of " + IoStep.text(src));
            }
            waits = true;
            return IoResult.PENDING;
        } finally {
            if (!waits) {
                writer.set(null);
            }
            unlock(changed);
        }
    }

    /** Takes from the source what the next writes of the script have. */
    private int match(ByteBuffer src) {
        int written = 0;
        for (var step : steps) {
            if (step instanceof IoStep.Wait || step instanceof IoStep.WriteError) {
                break;
            }
            if (step instanceof IoStep.Write(var expected)) {
                int n = Math.min(src.remaining(), expected.remaining());
                var actual = src.slice(src.position(), n);
                var part = expected.slice(expected.position(), n);
                if (!actual.equals(part)) {
                    throw fail("written: " + IoStep.text(actual) + ", expected: " + IoStep.text(part));
                }
                src.position(src.position() + n);
                expected.position(expected.position() + n);
                written += n;
                if (!src.hasRemaining()) {
                    break;
                }
            }
        }
        return written;
    }

    /** Begins the wait that is the next step, or ends it when its time is over. */
    private boolean passWaits() {
        boolean passed = false;
        while (steps.peekFirst() instanceof IoStep.Wait(var duration)) {
            var sleep = waiting;
            if (sleep == null) {
                sleep = Sleep.of(duration);
                waiting = sleep;
            }
            if (!sleep.poll(Context.of(this::wakeBoth)).isReady()) {
                break;
            }
            waiting = null;
            steps.removeFirst();
            passed = true;
        }
        return passed;
    }

    /** Always: what is flushed here was taken by the write. */
    @Override
    public boolean pollFlush(Context cx) {
        return true;
    }

    @Override
    public boolean pollShutdown(Context cx) {
        return true;
    }

    @Override
    public void cancelRead(Waker waker) {
        reader.compareAndSet(waker, null);
    }

    @Override
    public void cancelWrite(Waker waker) {
        writer.compareAndSet(waker, null);
    }

    void append(IoStep step) {
        lock.lock();
        boolean accepted = open;
        if (accepted) {
            steps.add(step);
            dropUsedUp();
        }
        unlock(accepted);
        if (!accepted) {
            throw new IllegalStateException("the script of " + this + " is complete; add steps before that");
        }
    }

    void complete() {
        lock.lock();
        open = false;
        unlock(true);
    }

    /**
     * Ends the use of this mock, and the wait that it may be in.
     *
     * @throws AssertionError when the script was departed from before, or steps other than waits
     *     are left
     */
    @Override
    public void close() {
        lock.lock();
        open = false;
        var sleep = waiting;
        waiting = null;
        var failed = failure;
        failure = null;
        var left = new ArrayList<IoStep>(steps);
        steps.clear();
        unlock(true);
        if (sleep != null) {
            sleep.cancel();
        }
        if (failed != null) {
            throw new AssertionError(failed.getMessage(), failed);
        }
        left.removeIf(IoStep.Wait.class::isInstance);
        if (!left.isEmpty()) {
            throw new AssertionError(this + ": the script was not followed to its end, left: " + left);
        }
    }

    private boolean dropUsedUp() {
        return steps.removeIf(step -> switch (step) {
            case IoStep.Read(var bytes) -> !bytes.hasRemaining();
            case IoStep.Write(var bytes) -> !bytes.hasRemaining();
            case IoStep.ReadError _, IoStep.WriteError _, IoStep.Wait _ -> false;
        });
    }

    private AssertionError fail(String what) {
        var error = new AssertionError(this + ": " + what + "; the script goes on with " + steps);
        if (failure == null) {
            failure = error;
        }
        return error;
    }

    private void unlock(boolean changed) {
        lock.unlock();
        if (changed) {
            wakeBoth();
        }
    }

    private void wakeBoth() {
        wake(reader);
        wake(writer);
    }

    private static void wake(AtomicReference<@Nullable Waker> waiting) {
        var waker = waiting.getAndSet(null);
        if (waker != null) {
            waker.wake();
        }
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "MockIo" : "MockIo[" + name + "]";
    }
}
