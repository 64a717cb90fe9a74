package dev.edo.impl.process;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.internal.SpentFuture;
import dev.edo.net.PipeReceiver;
import dev.edo.process.ExitStatus;
import dev.edo.process.Output;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a child and for all that it writes, at the same time: it may wait for room. */
final class OutputFuture implements IoFuture<Output> {
    private static final byte[] NOTHING = {};

    private final ChildImpl child;
    private final boolean ownsChild;
    private final WaitFuture wait;
    private @Nullable ExitStatus status;
    private @Nullable Part stdout;
    private @Nullable Part stderr;
    private boolean isSpent;

    /**
     * A wait that has not begun.
     *
     * @param ownsChild whether nobody else has the child
     */
    OutputFuture(ChildImpl child, boolean ownsChild) {
        this.child = child;
        this.ownsChild = ownsChild;
        this.wait = new WaitFuture(child);
    }

    /** What comes out of one pipe. */
    private static final class Part {
        private final @Nullable PipeReceiver pipe;
        private final @Nullable IoFuture<byte[]> reading;
        private byte @Nullable [] bytes;

        Part(@Nullable PipeReceiver pipe) {
            this.pipe = pipe;
            this.reading = pipe == null ? null : pipe.readToEnd();
            this.bytes = pipe == null ? NOTHING : null;
        }

        /** {@return all, or null} */
        byte @Nullable [] poll(Context cx) throws IOException {
            if (bytes == null && reading != null && reading.poll(cx) instanceof Poll.Ready<byte[]> ready) {
                bytes = ready.value();
            }
            return bytes;
        }

        void close() {
            if (reading != null && bytes == null) {
                reading.cancel();
            }
            if (pipe != null) {
                pipe.close();
            }
        }
    }

    @Override
    public Poll<Output> poll(Context cx) throws IOException {
        if (isSpent) {
            throw SpentFuture.polledAgain();
        }
        try {
            return step(cx);
        } catch (IOException | RuntimeException | Error e) {
            cancel();
            throw e;
        }
    }

    private Poll<Output> step(Context cx) throws IOException {
        var out = stdout;
        var err = stderr;
        if (out == null || err == null) {
            out = new Part(child.stdoutOrNull());
            err = new Part(child.stderrOrNull());
            stdout = out;
            stderr = err;
        }
        var ended = status;
        if (ended == null && wait.poll(cx) instanceof Poll.Ready<ExitStatus> ready) {
            ended = ready.value();
            status = ended;
        }
        var outBytes = out.poll(cx);
        var errBytes = err.poll(cx);
        if (ended == null || outBytes == null || errBytes == null) {
            return Poll.pending();
        }
        finish();
        return Poll.ready(new Output(ended, outBytes, errBytes));
    }

    /** The pipes stay open until the child has ended: one that it cannot write to would change its end. */
    private void finish() {
        isSpent = true;
        if (stdout != null) {
            stdout.close();
        }
        if (stderr != null) {
            stderr.close();
        }
    }

    @Override
    public void cancel() {
        if (isSpent) {
            return;
        }
        if (status == null) {
            wait.cancel();
        }
        finish();
        if (ownsChild) {
            child.close();
        }
    }
}
