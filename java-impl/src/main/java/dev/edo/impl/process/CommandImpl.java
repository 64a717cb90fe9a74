package dev.edo.impl.process;

import dev.edo.future.IoFuture;
import dev.edo.impl.libc.PathBytes;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.process.Child;
import dev.edo.process.Command;
import dev.edo.process.ExitStatus;
import dev.edo.process.Output;
import dev.edo.process.Stdio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program is to be started with. */
final class CommandImpl implements Command {
    private static final long LARGEST_ID = (1L << Integer.SIZE) - 2;

    /** Where the C library looks without a {@code PATH}. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private final String program;
    private final List<byte[]> arguments = new ArrayList<>();
    private final ChildEnvironment environment = new ChildEnvironment();
    private byte @Nullable [] arg0;
    private @Nullable Path directory;
    private @Nullable StdioSource stdin;
    private @Nullable StdioSource stdout;
    private @Nullable StdioSource stderr;
    private boolean killOnClose = true;
    private long uid = -1;
    private long gid = -1;
    private int group = -1;

    CommandImpl(String program) {
        if (program.isEmpty()) {
            throw new IllegalArgumentException("program= is empty; name a program, or give its path");
        }
        NativeText.encode("program", program); // or it fails
        this.program = program;
    }

    @Override
    public Command arg(String argument) {
        arguments.add(NativeText.encode("argument", argument));
        return this;
    }

    @Override
    public Command args(String... added) {
        return args(List.of(added));
    }

    @Override
    public Command args(List<String> added) {
        added.forEach(this::arg);
        return this;
    }

    @Override
    public Command arg0(String name) {
        arg0 = NativeText.encode("arg0", name);
        return this;
    }

    @Override
    public Command env(String name, String value) {
        environment.set(name, value);
        return this;
    }

    @Override
    public Command envs(Map<String, String> variables) {
        variables.forEach(this::env);
        return this;
    }

    @Override
    public Command envRemove(String name) {
        environment.remove(name);
        return this;
    }

    @Override
    public Command envClear() {
        environment.clear();
        return this;
    }

    @Override
    public Command currentDir(Path of) {
        PathBytes.requireKnown(of);
        directory = of;
        return this;
    }

    @Override
    public Command stdin(Stdio stdio) {
        stdin = known(stdio);
        return this;
    }

    @Override
    public Command stdout(Stdio stdio) {
        stdout = known(stdio);
        return this;
    }

    @Override
    public Command stderr(Stdio stdio) {
        stderr = known(stdio);
        return this;
    }

    private static StdioSource known(Stdio stdio) {
        if (stdio instanceof StdioSource source) {
            return source;
        }
        throw new IllegalArgumentException("stdio=" + stdio + " is none that Edo has made; use the methods of Stdio");
    }

    @Override
    public Command killOnClose(boolean on) {
        killOnClose = on;
        return this;
    }

    @Override
    public Command uid(long id) {
        uid = checkedId("uid", id);
        return this;
    }

    @Override
    public Command gid(long id) {
        gid = checkedId("gid", id);
        return this;
    }

    private static long checkedId(String what, long id) {
        if (id < 0 || id > LARGEST_ID) {
            throw new IllegalArgumentException(what + "=" + id + " is no id; they go from 0 to " + LARGEST_ID);
        }
        return id;
    }

    @Override
    public Command processGroup(int id) {
        if (id < 0) {
            throw new IllegalArgumentException("processGroup=" + id + " is no group; 0 makes one of the child's own");
        }
        group = id;
        return this;
    }

    // ---- starting ----

    @Override
    public Child spawn() throws IOException {
        return start(stdin, stdout, stderr);
    }

    @Override
    public IoFuture<ExitStatus> status() {
        try {
            var child = start(stdin, stdout, stderr);
            child.closePipes();
            return new StatusFuture(child);
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public IoFuture<Output> output() {
        try {
            var input = stdin == null ? StdioSource.Plain.DEV_NULL : stdin;
            return new OutputFuture(start(input, StdioSource.Plain.PIPED, StdioSource.Plain.PIPED), true);
        } catch (IOException e) {
            return failed(e);
        }
    }

    private static <T> IoFuture<T> failed(IOException e) {
        return _ -> {
            throw e;
        };
    }

    private ChildImpl start(@Nullable StdioSource in, @Nullable StdioSource out, @Nullable StdioSource err)
            throws IOException {
        RuntimeHandle.current().io(); // or it fails, before anything is opened
        var streams = ChildStreams.open(program, orInherited(in), orInherited(out), orInherited(err));
        try (streams) {
            return request().start(streams,
                    pid -> new ChildImpl(new ChildProcess(pid, program), streams, killOnClose));
        } catch (IOException | RuntimeException | Error e) {
            streams.closePipes();
            throw e;
        }
    }

    private static StdioSource orInherited(@Nullable StdioSource source) {
        return source == null ? StdioSource.Plain.INHERIT : source;
    }

    private SpawnRequest request() {
        var variables = environment.variables();
        var all = new ArrayList<byte[]>(arguments.size() + 1);
        all.add(arg0 == null ? NativeText.encode("program", program) : arg0);
        all.addAll(arguments);
        return new SpawnRequest(program, all, environment.isChanged() ? variables : null,
                variables.getOrDefault("PATH", DEFAULT_PATH), directory, uid, gid, group);
    }

    @Override
    public String toString() {
        return "Command[" + program + "]";
    }
}
