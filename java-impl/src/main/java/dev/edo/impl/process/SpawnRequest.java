package dev.edo.impl.process;

import dev.edo.impl.libc.Errno;
import dev.edo.impl.libc.OpenFileLimit;
import dev.edo.impl.libc.PathBytes;
import dev.edo.impl.libc.SystemError;
import dev.edo.impl.natives.NativeLibrary;
import dev.edo.impl.natives.NativeProcess;
import dev.edo.impl.natives.SpawnLayout;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One start of a program: puts what a command says into memory for C, and says what failed.
 *
 * @param program its name or path
 * @param arguments the first is the program's name for itself
 * @param environment null: this process's own
 * @param searchPath where a program without a slash is looked for
 * @param directory null: this process's own
 * @param uid negative: this process's own
 * @param gid negative: this process's own
 * @param group negative: this process's own
 */
record SpawnRequest(
        String program,
        List<byte[]> arguments,
        @Nullable Map<String, String> environment,
        String searchPath,
        @Nullable Path directory,
        long uid,
        long gid,
        int group) {
    private static final String SHELL = "/bin/sh";

    /** For tests: has C do without {@code close_range}. */
    static volatile boolean walksDescriptors;

    /**
     * Starts the program.
     *
     * @param owner makes of the child's pid what takes care of it; where that fails, the child is killed and buried
     * @return what that made
     */
    <T> T start(ChildStreams streams, IntFunction<T> owner) throws IOException {
        int pid = start(streams);
        try {
            return owner.apply(pid);
        } catch (RuntimeException | Error e) {
            end(pid);
            throw e;
        }
    }

    /** Nobody else knows of the child, so its number stays its own; and there may be no memory for anything. */
    private static void end(int pid) {
        if (NativeProcess.kill(pid, ChildProcess.SIGKILL) == 0) {
            while (NativeProcess.reap(pid) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private int start(ChildStreams streams) throws IOException {
        NativeLibrary.ensureLoaded();
        try (var arena = Arena.ofConfined()) {
            var request = arena.allocate(SpawnLayout.SIZE, SpawnLayout.ALIGNMENT);
            fill(request, arena, streams);
            // SAFETY: the request and all that it points to is the arena's, and alive until this has returned.
            int result = NativeProcess.start(request.address());
            if (result < 0) {
                throw failure(request.get(ValueLayout.JAVA_INT, SpawnLayout.STEP), -result);
            }
            return request.get(ValueLayout.JAVA_INT, SpawnLayout.PID);
        }
    }

    private void fill(MemorySegment request, Arena arena, ChildStreams streams) {
        request.set(ValueLayout.JAVA_LONG, SpawnLayout.PATHS, array(arena, candidates()));
        request.set(ValueLayout.JAVA_LONG, SpawnLayout.ARGUMENTS, array(arena, arguments));
        var forShell = new ArrayList<byte[]>(arguments.size() + 1);
        forShell.add(SHELL.getBytes(StandardCharsets.US_ASCII));
        forShell.add(new byte[0]); // C puts the script's path here
        forShell.addAll(arguments.subList(1, arguments.size()));
        request.set(ValueLayout.JAVA_LONG, SpawnLayout.SHELL, array(arena, forShell));
        if (environment != null) {
            var entries = new ArrayList<byte[]>(environment.size());
            environment.forEach((name, value) -> entries.add(NativeText.toBytes(name + "=" + value)));
            request.set(ValueLayout.JAVA_LONG, SpawnLayout.ENVIRONMENT, array(arena, entries));
        }
        if (directory != null && !directory.toString().isEmpty()) { // the empty path is this process's own directory
            request.set(ValueLayout.JAVA_LONG, SpawnLayout.DIRECTORY, string(arena, PathBytes.of(directory)));
        }
        for (int i = 0; i < 3; i++) {
            request.set(ValueLayout.JAVA_INT, SpawnLayout.STDIO + i * (long) Integer.BYTES, streams.descriptor(i));
        }
        int options = (uid < 0 ? 0 : SpawnLayout.OPTION_UID)
                | (gid < 0 ? 0 : SpawnLayout.OPTION_GID)
                | (group < 0 ? 0 : SpawnLayout.OPTION_GROUP)
                | (walksDescriptors ? SpawnLayout.OPTION_WALK : 0);
        request.set(ValueLayout.JAVA_INT, SpawnLayout.OPTIONS, options);
        request.set(ValueLayout.JAVA_INT, SpawnLayout.UID, (int) uid);
        request.set(ValueLayout.JAVA_INT, SpawnLayout.GID, (int) gid);
        request.set(ValueLayout.JAVA_INT, SpawnLayout.GROUP, group);
    }

    /** {@return the files that the program may be, as {@code execvp} tries them} */
    private List<byte[]> candidates() {
        var name = NativeText.ofBytes(NativeText.encode("program", program));
        if (name.indexOf('/') >= 0) {
            return List.of(NativeText.toBytes(name));
        }
        var candidates = new ArrayList<byte[]>();
        for (var directory : searchPath.split(":", -1)) {
            candidates.add(NativeText.toBytes(directory.isEmpty() ? name : directory + "/" + name));
        }
        return candidates;
    }

    /** {@return the address of an array of strings with a null at its end} */
    private static long array(Arena arena, List<byte[]> strings) {
        var array = arena.allocate(ValueLayout.JAVA_LONG, strings.size() + 1L);
        for (int i = 0; i < strings.size(); i++) {
            array.setAtIndex(ValueLayout.JAVA_LONG, i, string(arena, strings.get(i)));
        }
        return array.address();
    }

    private static long string(Arena arena, byte[] bytes) {
        var string = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, string, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return string.address();
    }

    private IOException failure(int step, int errno) {
        return switch (step) {
            case SpawnLayout.STEP_EXEC -> SystemError.ofFile(program, reasonOfExec(errno), errno);
            case SpawnLayout.STEP_DIRECTORY -> SystemError.ofFile(String.valueOf(directory),
                    "; it is to be the working directory of " + program + ", which was not started", errno);
            case SpawnLayout.STEP_UID -> notStarted("uid=" + uid + " cannot be set", errno);
            case SpawnLayout.STEP_GID -> notStarted("gid=" + gid + " cannot be set", errno);
            case SpawnLayout.STEP_GROUP -> notStarted("processGroup=" + group + " cannot be joined", errno);
            case SpawnLayout.STEP_STDIO -> notStarted("a descriptor of its standard streams is not open", errno);
            default -> notStarted("no process can be made", errno);
        };
    }

    private IOException notStarted(String reason, int errno) {
        return errno == Errno.MFILE ? new IOException(OpenFileLimit.reached("start " + program))
                : SystemError.ofProcess("start " + program + ": " + reason + "; it", errno);
    }

    private String reasonOfExec(int errno) {
        if (program.indexOf('/') < 0) {
            return "; the program was looked for in PATH=" + searchPath;
        }
        if (errno == Errno.NOENT) {
            return "; there is no such program, or not the interpreter that its first line names"
                    + (directory == null || program.startsWith("/") ? "" : "; its path is relative to " + directory);
        }
        return errno == Errno.ACCES ? "; it is not executable, or a directory" : "";
    }
}
