package dev.edo.impl.process;

import dev.edo.future.IoFuture;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import dev.edo.process.Child;
import dev.edo.process.ExitStatus;
import dev.edo.process.Output;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A child, and this process's ends of its pipes. */
final class ChildImpl implements Child {
    private final ChildProcess process;
    private final boolean killOnClose;
    private final AtomicReference<@Nullable PipeSender> stdin;
    private final AtomicReference<@Nullable PipeReceiver> stdout;
    private final AtomicReference<@Nullable PipeReceiver> stderr;

    ChildImpl(ChildProcess process, ChildStreams streams, boolean killOnClose) {
        this.process = process;
        this.killOnClose = killOnClose;
        this.stdin = new AtomicReference<>(streams.stdin);
        this.stdout = new AtomicReference<>(streams.stdout);
        this.stderr = new AtomicReference<>(streams.stderr);
        process.ownedBy(this);
    }

    @Override
    public OptionalInt id() {
        return process.isOver() ? OptionalInt.empty() : OptionalInt.of(process.pid());
    }

    // ---- pipes ----

    @Override
    public PipeSender stdin() {
        return present(stdin.get(), "stdin");
    }

    @Override
    public PipeReceiver stdout() {
        return present(stdout.get(), "stdout");
    }

    @Override
    public PipeReceiver stderr() {
        return present(stderr.get(), "stderr");
    }

    @Override
    public PipeSender takeStdin() {
        return present(stdin.getAndSet(null), "stdin");
    }

    @Override
    public PipeReceiver takeStdout() {
        return present(stdout.getAndSet(null), "stdout");
    }

    @Override
    public PipeReceiver takeStderr() {
        return present(stderr.getAndSet(null), "stderr");
    }

    private <P> P present(@Nullable P pipe, String name) {
        if (pipe == null) {
            throw new IllegalStateException(name + " of " + process + " was not piped, or it was taken or closed since;"
                    + " pipe it by Command." + name + "(Stdio.piped()), and take it before the child is waited for");
        }
        return pipe;
    }

    void closeStdin() {
        var pipe = stdin.getAndSet(null);
        if (pipe != null) {
            pipe.close();
        }
    }

    /** {@return the end to read from, which is the caller's from now on, or null} */
    @Nullable PipeReceiver stdoutOrNull() {
        return stdout.getAndSet(null);
    }

    /** {@return the end to read from, which is the caller's from now on, or null} */
    @Nullable PipeReceiver stderrOrNull() {
        return stderr.getAndSet(null);
    }

    void closePipes() {
        closeStdin();
        for (var pipe : new PipeReceiver[] {stdoutOrNull(), stderrOrNull()}) {
            if (pipe != null) {
                pipe.close();
            }
        }
    }

    // ---- the end ----

    ChildProcess process() {
        return process;
    }

    @Override
    public IoFuture<ExitStatus> waitFor() {
        return new WaitFuture(this);
    }

    @Override
    public @Nullable ExitStatus tryWait() throws IOException {
        return process.look();
    }

    @Override
    public void startKill() throws IOException {
        process.kill();
    }

    @Override
    public IoFuture<@Nullable Void> kill() {
        return new KillFuture(this);
    }

    @Override
    public IoFuture<Output> waitWithOutput() {
        return new OutputFuture(this, false);
    }

    @Override
    public void close() {
        if (killOnClose) { // before its input ends, or it would take what was written so far for all there is
            try {
                process.kill();
            } catch (IOException e) {
                System.getLogger(ChildImpl.class.getName()).log(System.Logger.Level.WARNING,
                        "a child that was closed goes on running: " + e.getMessage());
            }
        }
        closePipes();
        OrphanQueue.push(process);
    }

    @Override
    public String toString() {
        return "Child[" + process + "]";
    }
}
