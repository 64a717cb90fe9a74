package dev.edo.impl.process;

import static dev.edo.impl.io.InSetup.soon;
import static dev.edo.impl.process.Processes.descriptors;
import static dev.edo.impl.process.Processes.inRuntime;
import static dev.edo.impl.process.Processes.isGone;
import static dev.edo.impl.process.Processes.shell;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.net.Pipe;
import dev.edo.process.Command;
import dev.edo.process.Stdio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program is started with, and what is told where it cannot be. */
@EnabledOnOs(OS.LINUX)
class CommandTest {
    @TempDir
    Path dir = Path.of("");

    private static String outputOf(Command command) throws Exception {
        var output = soon(command.output());
        assertTrue(output.status().success(), () -> output.status() + ": " + output.stderrText());
        return output.stdoutText();
    }

    private Path script(String name, String text) throws IOException {
        var path = dir.resolve(name);
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        return path;
    }

    // ---- arguments and environment ----

    @Test
    void argumentsArePassedAsTheyAre() throws Exception {
        inRuntime(() -> {
            var command = Command.of("printf").arg("%s|").args("a b", "$HOME", "").args(List.of("\u00e4'\"\n"));
            assertEquals("a b|$HOME||\u00e4'\"\n|", outputOf(command));
        });
    }

    @Test
    void programSeesTheNameThatIsSet() throws Exception {
        inRuntime(() -> {
            assertEquals("test_string\n", outputOf(Command.of("sh").arg0("test_string").args("-c", "echo $0")));
            assertEquals("sh\n", outputOf(Command.of("sh").args("-c", "echo $0")));
        });
    }

    @Test
    void environmentIsThisProcesssWithChanges() throws Exception {
        inRuntime(() -> {
            var home = String.valueOf(System.getenv("PATH"));
            var printed = "echo \"$PATH:${EDO_A-unset}:${EDO_B-unset}\"";
            assertEquals(home + ":unset:unset\n", outputOf(shell(printed)));
            assertEquals(home + ":1:=2\n", outputOf(shell(printed).env("EDO_A", "1").envs(Map.of("EDO_B", "=2"))));
            assertEquals(home + ":unset:b\n",
                    outputOf(shell(printed).env("EDO_A", "1").env("EDO_B", "b").envRemove("EDO_A")));
            assertEquals("EDO_A=\u00e4\n",
                    outputOf(Command.of("/usr/bin/env").env("EDO_B", "gone").envClear().env("EDO_A", "\u00e4")));
        });
    }

    @Test
    void programIsLookedForInThePathOfTheChild() throws Exception {
        script("edo-program", "#!/bin/sh\necho found");
        var inTheWay = Files.createDirectories(dir.resolve("other/edo-program")).getParent();
        inRuntime(() -> {
            var path = dir.resolve("none") + ":" + inTheWay + ":" + dir;
            assertEquals("found\n", outputOf(Command.of("edo-program").env("PATH", path)));
            assertEquals("found\n", outputOf(Command.of("edo-program").env("PATH", "/none:").currentDir(dir)));
            assertThrows(NoSuchFileException.class, () -> Command.of("edo-program").spawn());
        });
    }

    @Test
    void scriptsWithoutAnInterpreterAreRunByAShell() throws Exception {
        var script = script("plain", "echo $0 $1");
        inRuntime(() -> assertEquals(script + " argument\n", outputOf(Command.of(script.toString()).arg("argument"))));
    }

    @Test
    void childHasTheDirectoryThatIsSet() throws Exception {
        script("here", "#!/bin/sh\npwd");
        inRuntime(() -> {
            assertEquals(dir.toRealPath() + "\n", outputOf(Command.of("pwd").currentDir(dir)));
            assertEquals(dir.toRealPath() + "\n", outputOf(Command.of("./here").currentDir(dir)));
        });
    }

    /** What {@code relativize} and {@code normalize} make of the directory itself. */
    @Test
    void emptyDirectoryIsThatOfThisProcess() throws Exception {
        inRuntime(() -> assertEquals(Path.of("").toRealPath() + "\n",
                outputOf(Command.of("pwd").currentDir(Path.of("")))));
    }

    @Test
    void childHasTheGroupThatIsSet() throws Exception {
        inRuntime(() -> {
            var tell = "read -r pid name state parent group rest < /proc/$$/stat; echo $pid $group";
            var inherited = outputOf(shell(tell)).split("\\s+");
            var own = outputOf(shell(tell).processGroup(0)).split("\\s+");
            assertEquals(own[0], own[1]);
            assertFalse(inherited[0].equals(inherited[1]));
            try (var leader = Command.of("sleep").arg("100").processGroup(0).spawn()) {
                int group = leader.id().orElseThrow();
                assertEquals(group + "", outputOf(shell(tell).processGroup(group)).split("\\s+")[1]);
            }
            var thrown = assertThrows(IOException.class, () -> shell(":").processGroup(1).spawn());
            assertTrue(thrown.getMessage().contains("processGroup=1 cannot be joined"), thrown.getMessage());
        });
    }

    @Test
    void childHasTheUserThatIsSet() throws Exception {
        inRuntime(() -> {
            var ids = shell("id -u; id -g; id -G").uid(65534).gid(65533);
            if (outputOf(Command.of("id").arg("-u")).equals("0\n")) {
                assertEquals("65534\n65533\n65533\n", outputOf(ids));
            } else {
                var thrown = assertThrows(IOException.class, ids::spawn);
                assertTrue(thrown.getMessage().contains("gid=65533 cannot be set"), thrown.getMessage());
            }
        });
    }

    // ---- standard streams ----

    @Test
    void streamsAreFiles() throws Exception {
        var in = Files.writeString(dir.resolve("in"), "one\n");
        var out = Files.writeString(dir.resolve("out"), "what was there");
        var log = Files.writeString(dir.resolve("log"), "first\n");
        inRuntime(() -> {
            var command = shell("cat; echo two; echo second >&2")
                    .stdin(Stdio.from(in)).stdout(Stdio.to(out)).stderr(Stdio.appendTo(log));
            for (int round = 0; round < 2; round++) {
                assertTrue(soon(command.status()).success());
                assertEquals("one\ntwo\n", Files.readString(out));
            }
            assertEquals("first\nsecond\nsecond\n", Files.readString(log));
            assertTrue(soon(shell("echo new").stdout(Stdio.to(dir.resolve("new"))).status()).success());
            assertEquals("new\n", Files.readString(dir.resolve("new")));
        });
    }

    /** Its reader must see no end before what the child writes. That is a matter of time, so there are many. */
    @Test
    void streamIsAFifoWhoseReaderSeesOneEnd() throws Exception {
        var fifo = Processes.fifo(dir);
        inRuntime(() -> {
            for (int round = 0; round < 50; round++) {
                var opened = new FutureTask<>(() -> FileChannel.open(fifo));
                var first = new FutureTask<>(() -> opened.get().read(ByteBuffer.allocate(100)));
                Thread.ofPlatform().daemon().start(() -> {
                    opened.run();
                    first.run();
                });
                try (var child = shell("echo text; exec sleep 1000").stdout(Stdio.to(fifo)).spawn();
                        var _ = opened.get(20, TimeUnit.SECONDS)) {
                    assertEquals("text\n".length(), first.get(20, TimeUnit.SECONDS));
                    soon(child.kill());
                }
            }
        });
    }

    @Test
    void streamsAreNothing() throws Exception {
        inRuntime(() -> {
            var command = shell("cat && echo lost && echo lost >&2")
                    .stdin(Stdio.devNull()).stdout(Stdio.devNull()).stderr(Stdio.devNull());
            assertTrue(soon(command.status()).success());
        });
    }

    @Test
    void streamsAreDescriptorsThatStayTheCallers() throws Exception {
        inRuntime(() -> {
            try (var pipe = Pipe.open()) {
                int fd = pipe.sender().fd();
                assertTrue(soon(shell("echo out; echo err >&2").stdout(Stdio.fromFd(fd)).stderr(Stdio.fromFd(fd))
                        .status()).success());
                soon(pipe.sender().writeAll(StandardCharsets.UTF_8.encode("mine")));
                pipe.sender().close();
                assertEquals("out\nerr\nmine", new String(soon(pipe.receiver().readToEnd()), StandardCharsets.UTF_8));
            }
            var thrown = assertThrows(IOException.class, () -> shell(":").stdin(Stdio.fromFd(1_000_000)).spawn());
            assertTrue(thrown.getMessage().contains("not open"), thrown.getMessage());
        });
    }

    /** The child's duplicate is the last one: the reader comes to the end, and not before. */
    @Test
    void endOfAPipeIsGivenToTheChild() throws Exception {
        inRuntime(() -> {
            try (var pipe = Pipe.open()) {
                var command = Command.of("echo").args("-n", "this is some data").stdout(Stdio.from(pipe.sender()));
                var status = command.status();
                var read = ByteBuffer.allocate(17);
                soon(pipe.receiver().readExact(read));
                assertArrayEquals("this is some data".getBytes(StandardCharsets.UTF_8), read.array());
                assertTrue(soon(status).success());
                assertEquals(-1, soon(pipe.receiver().read(ByteBuffer.allocate(1))));
                var thrown = assertThrows(IllegalStateException.class, command::spawn);
                assertTrue(thrown.getMessage().contains("make another pipe"), thrown.getMessage());
            }
        });
    }

    @Test
    void childrenAreConnectedByAPipe() throws Exception {
        inRuntime(() -> {
            try (var echo = shell("echo b; echo a").stdout(Stdio.piped()).spawn()) {
                var sort = Command.of("sort").stdin(Stdio.from(echo.takeStdout()));
                assertEquals("a\nb\n", outputOf(sort));
                assertTrue(soon(echo.waitFor()).success());
            }
        });
    }

    @Test
    void inputOfOutputIsNothingUnlessSet() throws Exception {
        var in = Files.writeString(dir.resolve("in"), "text");
        inRuntime(() -> {
            assertEquals("", outputOf(Command.of("cat")));
            assertEquals("text", outputOf(Command.of("cat").stdin(Stdio.from(in)).stdout(Stdio.devNull())));
        });
    }

    /** A descriptor of this process that is not closed on exec does not reach the child. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void childHasNoOtherDescriptors(boolean walks) throws Exception {
        SpawnRequest.walksDescriptors = walks;
        try {
            inRuntime(() -> {
                try (var file = Files.newInputStream(Files.createTempFile(dir, "open", ""))) { // as the JDK opens
                    assertEquals(-1, file.read());
                    // What is listed is open in ls, which has one for the list itself.
                    assertEquals("0\n1\n2\n3\n", outputOf(Command.of("ls").arg("/proc/self/fd")));
                }
            });
        } finally {
            SpawnRequest.walksDescriptors = false;
        }
    }

    /** Threads of the JVM block some signals, and it handles others. */
    @Test
    void signalsOfTheChildAreTheDefaults() throws Exception {
        inRuntime(() -> {
            var status = outputOf(Command.of("cat").arg("/proc/self/status"));
            assertTrue(status.contains("SigBlk:\t0000000000000000"), status);
            assertTrue(status.contains("SigCgt:\t0000000000000000"), status);
            assertEquals(OptionalInt.of(15), soon(shell("kill -TERM $$; exit 1").status()).signal());
        });
    }

    // ---- what cannot be started ----

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        var plain = Files.writeString(dir.resolve("plain"), "");
        var broken = script("broken", "#!/nonexistent/interpreter\n");
        inRuntime(() -> {
            refused(NoSuchFileException.class, "edo-no-such-program", "looked for in PATH=",
                    Command.of("edo-no-such-program"));
            refused(NoSuchFileException.class, dir + "/none", "no such program", Command.of(dir + "/none"));
            refused(NoSuchFileException.class, broken.toString(), "interpreter", Command.of(broken.toString()));
            refused(AccessDeniedException.class, plain.toString(), "not executable", Command.of(plain.toString()));
            refused(AccessDeniedException.class, dir.toString(), "or a directory", Command.of(dir.toString()));
            refused(NoSuchFileException.class, dir + "/none", "working directory of true, which was not started",
                    Command.of("true").currentDir(dir.resolve("none")));
            refused(FileSystemException.class, plain.toString(), "working directory of true",
                    Command.of("true").currentDir(plain));
            refused(NoSuchFileException.class, dir + "/none", "standard input of true",
                    Command.of("true").stdin(Stdio.from(dir.resolve("none"))));
            assertThrows(NoSuchFileException.class,
                    () -> Command.of("true").stdout(Stdio.to(dir.resolve("none/file"))).spawn());
        });
    }

    private static void refused(Class<? extends FileSystemException> type, String file, String reason, Command command)
            throws Exception {
        for (var start : List.<Executable>of(command::spawn, () -> soon(command.status()),
                () -> soon(command.output()))) {
            var thrown = assertThrows(type, start);
            assertEquals(file, thrown.getFile());
            assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
        }
    }

    @Test
    void whatCannotBeStartedLeavesNothingBehind() throws Exception {
        inRuntime(() -> {
            Executable fails = () -> Command.of("edo-no-such-program").stdin(Stdio.piped()).stdout(Stdio.piped())
                    .stderr(Stdio.to(dir.resolve("err"))).spawn();
            assertThrows(NoSuchFileException.class, fails);
            long before = descriptors(); // when all is loaded
            long children = ProcessHandle.current().children().count();
            for (int i = 0; i < 5; i++) {
                assertThrows(NoSuchFileException.class, fails);
                assertThrows(NoSuchFileException.class, () -> Command.of("true").stdin(Stdio.piped())
                        .stdout(Stdio.from(dir.resolve("none"))).spawn());
                var pipe = Pipe.open();
                assertThrows(NoSuchFileException.class,
                        () -> Command.of("edo-no-such-program").stdout(Stdio.from(pipe.sender())).spawn());
                assertEquals(-1, soon(pipe.receiver().read(ByteBuffer.allocate(1))), "the child's end was closed");
                pipe.close();
            }
            // fewer, where the collector has found those of other tests
            assertTrue(descriptors() <= before, "descriptors were left open");
            assertTrue(ProcessHandle.current().children().count() <= children, "children were left");
        });
    }

    /** There is no memory for what would take care of the child: nobody else would ever do so. */
    @Test
    void childWithoutAnOwnerIsKilledAndBuried() throws Exception {
        var arguments = List.of("sleep".getBytes(StandardCharsets.UTF_8), "1000".getBytes(StandardCharsets.UTF_8));
        var request = new SpawnRequest("sleep", arguments, null, "/bin:/usr/bin", null, -1, -1, -1);
        var pid = new AtomicInteger();
        try (var streams = ChildStreams.open("sleep", StdioSource.Plain.DEV_NULL, StdioSource.Plain.INHERIT,
                StdioSource.Plain.INHERIT)) {
            assertThrows(OutOfMemoryError.class, () -> request.start(streams, started -> {
                pid.set(started);
                throw new OutOfMemoryError("of the test");
            }));
        }
        assertTrue(pid.get() > 0);
        assertTrue(isGone(pid.get()));
    }

    @Test
    void whatTheSystemCannotTakeIsRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> Command.of(""));
        assertThrows(IllegalArgumentException.class, () -> Command.of("a\0b"));
        var command = Command.of("true");
        for (var use : List.<Executable>of(
                () -> command.arg("a\0b"), () -> command.arg0("\0"), () -> command.arg("\ud800"),
                () -> command.env("", "x"), () -> command.env("a=b", "x"), () -> command.env("a", "\0"),
                () -> command.uid(-1), () -> command.gid(0xffff_ffffL), () -> command.processGroup(-1),
                () -> command.stdin(new Stdio() {}), () -> Stdio.fromFd(-1))) {
            assertThrows(IllegalArgumentException.class, use);
        }
    }

    /** The system would take the file of the same path that it knows, and empty it. */
    @Test
    void pathsOfOtherFileSystemsAreRefused() throws Exception {
        try (var zip = FileSystems.newFileSystem(dir.resolve("a.zip"), Map.of("create", "true"))) {
            var path = zip.getPath(dir.resolve("file").toString());
            for (var use : List.<Executable>of(() -> Stdio.from(path), () -> Stdio.to(path),
                    () -> Stdio.appendTo(path), () -> Command.of("true").currentDir(path))) {
                var thrown = assertThrows(IllegalArgumentException.class, use);
                assertTrue(String.valueOf(thrown.getMessage()).startsWith("path=" + path), thrown.getMessage());
            }
        }
    }

    @Test
    void commandsNeedARuntime() throws Exception {
        var command = Command.of("true").stdin(Stdio.piped());
        assertThrows(IllegalStateException.class, command::spawn);
        assertThrows(IllegalStateException.class, command::status);
        assertThrows(IllegalStateException.class, command::output);
    }
}
