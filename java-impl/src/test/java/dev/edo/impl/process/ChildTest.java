package dev.edo.impl.process;

import static dev.edo.impl.io.InSetup.soon;
import static dev.edo.impl.process.Processes.awaitGone;
import static dev.edo.impl.process.Processes.inRuntime;
import static dev.edo.impl.process.Processes.isGone;
import static dev.edo.impl.process.Processes.shell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.io.InSetup;
import dev.edo.impl.natives.NativeProcess;
import dev.edo.impl.net.WatchedFd;
import dev.edo.impl.runtime.RuntimeHandle;
import dev.edo.io.BrokenPipeException;
import dev.edo.io.Interest;
import dev.edo.net.Pipe;
import dev.edo.net.PipeReceiver;
import dev.edo.net.PipeSender;
import dev.edo.process.Child;
import dev.edo.process.Command;
import dev.edo.process.ExitStatus;
import dev.edo.process.Stdio;
import dev.edo.runtime.EdoRuntime;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How children end, and how that is learnt: by a pidfd, and where the kernel has none, by SIGCHLD. */
@EnabledOnOs(OS.LINUX)
@ParameterizedClass(name = "without pidfds: {0}")
@ValueSource(booleans = {false, true})
class ChildTest {
    @Parameter
    boolean hasNoPidfds;

    @TempDir
    Path dir = Path.of("");

    @BeforeEach
    void choose() {
        ChildProcess.hasNoPidfds = hasNoPidfds;
    }

    @AfterEach
    void restore() {
        ChildProcess.hasNoPidfds = false;
    }

    /** Waits for its standard input to end. */
    private static Child waiting() throws IOException {
        return Command.of("cat").stdin(Stdio.piped()).spawn();
    }

    private static String text(PipeReceiver receiver) throws Exception {
        return new String(soon(receiver.readToEnd()), StandardCharsets.UTF_8);
    }

    // ---- waiting ----

    @ParameterizedTest
    @EnumSource(Setup.class)
    void endIsLearntOnceAndToldAgain(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var child = shell("exit 2").spawn()) {
                assertTrue(child.id().orElseThrow() > 0);
                var status = soon(child.waitFor());
                assertEquals(OptionalInt.of(2), status.code());
                assertEquals(status, soon(child.waitFor()));
                assertEquals(status, child.tryWait());
                assertEquals(OptionalInt.empty(), child.id(), "the number may be another process's");
            }
        });
    }

    /** As one does where the program lies on a slow file system. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void childIsStartedByTheBlockingPool(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var child = soon(Edo.spawnBlocking(ChildTest::waiting))) {
                assertTrue(soon(child.waitFor()).success());
            }
        });
    }

    @Test
    void tryWaitDoesNotWait() throws Exception {
        inRuntime(() -> {
            try (var child = waiting()) {
                assertNull(child.tryWait());
                child.stdin().close();
                Eventually.until("the end of cat", () -> child.tryWait() != null);
                assertTrue(soon(child.waitFor()).success());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Setup.class)
    void everyWaiterLearnsOfTheEnd(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var child = waiting()) {
                var stdin = child.takeStdin();
                var waiters = new ArrayList<JoinHandle<ExitStatus>>();
                for (int i = 0; i < 10; i++) {
                    waiters.add(Edo.spawn(() -> child.waitFor().await()));
                }
                soon(Edo.yieldNow());
                assertNull(child.tryWait());
                stdin.close();
                for (var waiter : waiters) {
                    assertTrue(soon(waiter).success());
                }
            }
        });
    }

    /** Many children end at the same time: what tells of one must not be taken for that of another. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void childrenThatEndTogetherAreAllTakenCareOf(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var batches = new ArrayList<JoinHandle<Integer>>();
            for (int batch = 0; batch < 5; batch++) {
                batches.add(Edo.spawn(() -> {
                    var children = new ArrayList<Child>();
                    for (int i = 0; i < 10; i++) {
                        children.add(shell("exit " + i).spawn());
                    }
                    int sum = 0;
                    for (var child : children) {
                        sum += child.waitFor().await().code().orElseThrow();
                        child.close();
                    }
                    return sum;
                }));
            }
            for (var batch : batches) {
                assertEquals(45, soon(batch));
            }
        });
    }

    /** Who waits is woken for another child's end, or for nothing, and goes on waiting. */
    @Test
    void endOfAnotherChildDoesNotEndTheWait() throws Exception {
        inRuntime(() -> {
            try (var child = waiting()) {
                var stdin = child.takeStdin();
                var waiter = Edo.spawn(() -> child.waitFor().await());
                for (int i = 0; i < 3; i++) {
                    assertTrue(soon(shell(":").status()).success());
                }
                assertFalse(waiter.isFinished());
                stdin.close();
                assertTrue(soon(waiter).success());
            }
        });
    }

    /** What can be read, although the child has not ended: a kernel may be too early, as for one that is traced. */
    @Test
    void eventWithoutAnEndDoesNotEndTheWait() throws Exception {
        inRuntime(() -> {
            try (var started = waiting(); var pipe = Pipe.open()) {
                var stdin = started.takeStdin();
                int pid = started.id().orElseThrow();
                var event = WatchedFd.register(pipe.receiver().intoNonBlockingFd(), "event",
                        RuntimeHandle.current().io());
                var streams = ChildStreams.open("cat", StdioSource.Plain.INHERIT, StdioSource.Plain.INHERIT,
                        StdioSource.Plain.INHERIT);
                try (var child = new ChildImpl(new ChildProcess(pid, "cat", event), streams, false)) {
                    var waiter = Edo.spawn(() -> child.waitFor().await());
                    for (int i = 0; i < 3; i++) {
                        soon(pipe.sender().writeAll(ByteBuffer.allocate(1)));
                        soon(pipe.sender().writable());
                        soon(Edo.yieldNow());
                        assertFalse(waiter.isFinished());
                    }
                    stdin.close();
                    awaitZombie(pid);
                    soon(pipe.sender().writeAll(ByteBuffer.allocate(1)));
                    assertTrue(soon(waiter).success());
                }
            }
        });
    }

    private static void awaitZombie(int pid) throws Exception {
        Eventually.until("the end of process " + pid,
                () -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z "));
    }

    @Test
    void childIsWaitedForInAnotherRuntime() throws Exception {
        Child child;
        Child other;
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(1).enableAll().build()) {
            child = runtime.blockOn(ChildTest::waiting);
            other = runtime.blockOn(ChildTest::waiting);
        }
        inRuntime(() -> assertTrue(soon(child.waitFor()).success()));
        var status = Eventually.returns("the end, outside any runtime", () -> other.waitFor().await());
        assertTrue(status.success());
    }

    /** The runtime whose driver would tell of the end has gone while somebody waits. */
    @Test
    void waitOutlivesTheRuntime() throws Exception {
        var wakes = new AtomicInteger();
        Child child;
        PipeSender stdin;
        IoFuture<ExitStatus> wait;
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(1).enableAll().build()) {
            child = runtime.blockOn(ChildTest::waiting);
            stdin = child.takeStdin();
            wait = child.waitFor();
            assertFalse(wait.poll(Context.of(wakes::incrementAndGet)).isReady());
        }
        assertEquals(hasNoPidfds ? 0 : 1, wakes.get());
        stdin.close();
        assertTrue(Eventually.returns("the end", wait::await).success());
        child.close();
    }

    /** The driver of the runtime wakes a thread that is in none. */
    @Test
    void childIsWaitedForOutsideItsRuntime() throws Exception {
        try (var runtime = EdoRuntime.builder().multiThread().workerThreads(1).enableAll().build()) {
            var child = runtime.blockOn(ChildTest::waiting);
            assertTrue(Eventually.returns("the end", () -> child.waitFor().await()).success());
        }
    }

    /** The pipe stays for whoever took it, and cat does not end before that is closed. */
    @Test
    void waitingClosesTheInputUnlessItWasTaken() throws Exception {
        inRuntime(() -> {
            try (var child = waiting()) {
                assertTrue(soon(child.waitFor()).success());
                var thrown = assertThrows(IllegalStateException.class, child::stdin);
                assertTrue(thrown.getMessage().startsWith("stdin of cat (pid="), thrown.getMessage());
            }
            try (var child = Command.of("cat").stdin(Stdio.piped()).stdout(Stdio.piped()).spawn()) {
                var stdin = child.takeStdin();
                var output = Edo.spawn(() -> child.waitWithOutput().await());
                soon(stdin.writeAll(StandardCharsets.UTF_8.encode("to the end")));
                assertFalse(output.isFinished());
                stdin.close();
                assertEquals("to the end", soon(output).stdoutText());
                assertThrows(IllegalStateException.class, child::takeStdin);
                assertThrows(IllegalStateException.class, child::stderr);
            }
        });
    }

    @Test
    void cancelledWaitMayBeRepeated() throws Exception {
        inRuntime(() -> {
            try (var child = waiting()) {
                var stdin = child.takeStdin();
                for (int i = 0; i < 3; i++) {
                    var waiter = Edo.spawn(() -> child.waitFor().await());
                    soon(Edo.yieldNow());
                    waiter.abort();
                    assertTrue(assertThrows(JoinError.class, () -> soon(waiter)).isCancelled());
                }
                stdin.close();
                assertTrue(soon(child.waitFor()).success());
            }
        });
    }

    @Test
    void statusThatOthersHaveTakenIsAnError() throws Exception {
        inRuntime(() -> {
            try (var child = waiting()) {
                int pid = child.id().orElseThrow();
                child.stdin().close();
                Eventually.until("somebody else takes the status", () -> NativeProcess.reap(pid) != 0);
                var thrown = assertThrows(IOException.class, () -> soon(child.waitFor()));
                assertTrue(thrown.getMessage().contains("whose status is lost"), thrown.getMessage());
                assertThrows(IOException.class, child::tryWait);
                child.startKill(); // not whoever has the number now
            }
        });
    }

    /** The JDK waits for its children, and nobody takes their statuses away. */
    @Test
    void childrenOfTheJdkAreLeftAlone() throws Exception {
        inRuntime(() -> {
            var processes = new ArrayList<Process>();
            for (int i = 0; i < 20; i++) {
                processes.add(new ProcessBuilder("sh", "-c", "exit " + i).start());
                assertEquals(OptionalInt.of(i), soon(shell("exit " + i).status()).code());
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(i, processes.get(i).waitFor());
            }
        });
    }

    // ---- output ----

    /** More than a pipe holds, on both: who read one after the other would wait for ever. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void outputOfBothStreamsIsReadAtTheSameTime(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            var script = "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero; echo end; exit 3";
            var output = soon(shell(script).output());
            assertEquals(OptionalInt.of(3), output.status().code());
            assertEquals(300_004, output.stdout().length);
            assertEquals(300_000, output.stderr().length);
            assertTrue(output.stdoutText().endsWith("end\n"));
            assertEquals('\0', output.stderrText().charAt(0));
        });
    }

    @Test
    void outputOfWhatWasNotPipedIsEmpty() throws Exception {
        inRuntime(() -> {
            try (var child = shell("echo lost").stdout(Stdio.devNull()).spawn()) {
                var output = soon(child.waitWithOutput());
                assertTrue(output.status().success());
                assertEquals("", output.stdoutText() + output.stderrText());
            }
        });
    }

    // ---- killing ----

    @Test
    void killEndsTheChildAndMayBeRepeated() throws Exception {
        inRuntime(() -> {
            try (var child = Command.of("sleep").arg("1000").spawn()) {
                child.startKill();
                var status = soon(child.waitFor());
                assertEquals(OptionalInt.of(9), status.signal());
                assertEquals(OptionalInt.empty(), status.code());
                child.startKill();
                soon(child.kill());
            }
            try (var child = Command.of("sleep").arg("1000").spawn()) {
                soon(child.kill());
                assertEquals(OptionalInt.of(9), soon(child.waitFor()).signal());
            }
        });
    }

    /** The pipe to a child is full; the child is killed, and its end of the pipe is closed. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void killFailsWhoWaitsForRoomInTheInput(Setup setup) throws Exception {
        InSetup.run(setup, () -> {
            try (var child = Command.of("sleep").arg("1000").stdin(Stdio.piped()).spawn();
                    var stdin = child.takeStdin()) {
                var writer = Edo.spawn(() -> {
                    while (true) {
                        stdin.writeAll(ByteBuffer.allocate(8192)).await();
                    }
                });
                while (stdin.writable().poll(Context.of(() -> {})).isReady()) {
                    soon(Edo.yieldNow());
                }
                soon(child.kill());
                var thrown = assertThrows(JoinError.class, () -> soon(writer));
                assertTrue(thrown.getCause() instanceof BrokenPipeException, thrown.toString());
            }
        });
    }

    /** Only the child is killed: its own child lives on, and holds the pipe. */
    @Test
    void closeKillsTheChild() throws Exception {
        var fifo = Processes.fifo(dir);
        inRuntime(() -> {
            var script = "sh -c 'read line < " + fifo + "; echo child ran' & echo started; exec sleep 1000";
            PipeReceiver stdout;
            int pid;
            try (var child = shell(script).stdout(Stdio.piped()).spawn()) {
                pid = child.id().orElseThrow();
                stdout = child.takeStdout();
                soon(stdout.readExact(ByteBuffer.allocate("started\n".length())));
            }
            awaitGone(pid);
            Files.writeString(fifo, "go\n");
            assertEquals("child ran\n", text(stdout));
            stdout.close();
        });
    }

    /**
     * One that reads to the end of its input before it does anything must not take what was written so far for all. The
     * pipe wakes who waits for it before its descriptor is closed.
     */
    @Test
    void closeKillsTheChildBeforeItsInputEnds() throws Exception {
        inRuntime(() -> {
            var child = waiting();
            int pid = child.id().orElseThrow();
            var wasDead = new AtomicBoolean();
            var wait = child.stdin().ready(Interest.ERROR);
            assertFalse(wait.poll(Context.of(() -> wasDead.set(becomesZombie(pid)))).isReady());
            child.close();
            assertTrue(wasDead.get(), "the pipe was closed while the child lived");
            awaitGone(pid);
        });
    }

    private static boolean becomesZombie(int pid) {
        try {
            awaitZombie(pid);
            return true;
        } catch (Exception | AssertionError e) {
            return false;
        }
    }

    @Test
    void closeLeavesTheChildAloneIfToldSo() throws Exception {
        var fifo = Processes.fifo(dir);
        inRuntime(() -> {
            var child = shell("read line < " + fifo + "; echo $line > " + fifo + ".out").killOnClose(false).spawn();
            int pid = child.id().orElseThrow();
            child.close();
            child.close();
            assertFalse(isGone(pid));
            Files.writeString(fifo, "alive\n");
            assertTrue(soon(child.waitFor()).success(), "who still has it learns of the end");
            assertEquals("alive\n", Files.readString(Path.of(fifo + ".out")));
        });
    }

    @Test
    void cancelledStatusAndOutputCloseTheirChild() throws Exception {
        inRuntime(() -> {
            for (boolean kill : new boolean[] {true, false}) {
                var ready = dir.resolve("pid-" + kill);
                var fifo = Processes.fifo(Files.createDirectories(dir.resolve("of-" + kill)));
                var command = shell("echo $$ > " + ready + ".new; mv " + ready + ".new " + ready + "; exec cat " + fifo)
                        .killOnClose(kill);
                for (boolean output : new boolean[] {true, false}) {
                    var task = output ? Edo.spawn(() -> command.output().await())
                            : Edo.spawn(() -> command.status().await());
                    soon(Edo.yieldNow());
                    Eventually.until("the child runs", () -> Files.exists(ready));
                    int pid = Integer.parseInt(Files.readString(ready).strip());
                    Files.delete(ready);
                    task.abort();
                    assertTrue(assertThrows(JoinError.class, () -> soon(task)).isCancelled());
                    if (!kill) {
                        assertFalse(isGone(pid));
                        Files.writeString(fifo, "");
                    }
                    awaitGone(pid);
                }
            }
        });
    }

    // ---- whom nobody waits for ----

    @Test
    void closedChildIsBuriedWhenItEnds() throws Exception {
        inRuntime(() -> {
            var pids = new ArrayList<Integer>();
            for (int i = 0; i < 10; i++) {
                var child = waiting();
                pids.add(child.id().orElseThrow());
                child.close();
            }
            for (int pid : pids) {
                awaitGone(pid);
            }
            Eventually.until("no orphans", () -> OrphanQueue.size() == 0);
        });
    }

    /** To close it again does nothing, and each entry of the queue costs a look at each end of any child. */
    @Test
    void childThatIsClosedAgainIsOneOrphan() throws Exception {
        inRuntime(() -> {
            Eventually.until("no orphans of other tests", () -> OrphanQueue.size() == 0);
            var child = Command.of("cat").stdin(Stdio.piped()).killOnClose(false).spawn();
            try (var _ = child.takeStdin()) { // so it runs on
                for (int i = 0; i < 3; i++) {
                    child.close();
                }
                assertEquals(1, OrphanQueue.size());
            }
            assertTrue(soon(child.waitFor()).success());
            Eventually.until("no orphans", () -> OrphanQueue.size() == 0);
        });
    }

    /** It is not killed, however it was started; what it waits for comes later than the collector. */
    @Test
    void forgottenChildRunsOnAndIsBuriedWhenItEnds() throws Exception {
        var fifo = Processes.fifo(dir);
        inRuntime(() -> {
            int pid = startAndForget(fifo);
            Eventually.until("the collector has found it", () -> {
                System.gc();
                return OrphanQueue.size() == 1;
            });
            assertFalse(isGone(pid));
            Files.writeString(fifo, "go\n");
            Eventually.until("the end of process " + pid, () -> {
                System.gc(); // if it was another test's child that it found
                return isGone(pid);
            });
        });
    }

    private static int startAndForget(Path fifo) throws IOException {
        return shell("read line < " + fifo).spawn().id().orElseThrow();
    }

    @Test
    void pipesAreDescribedByTheirProgram() throws Exception {
        inRuntime(() -> {
            var command = Command.of("cat").stdin(Stdio.piped()).stdout(Stdio.piped()).stderr(Stdio.piped());
            try (var child = command.spawn()) {
                assertTrue(child.stdin().toString().contains("standard input of cat"), child.stdin()::toString);
                assertTrue(child.stderr().toString().contains("standard error output of cat"));
                assertTrue(child.toString().startsWith("Child[cat (pid="), child::toString);
                soon(child.stdin().writeAll(StandardCharsets.UTF_8.encode("through")));
                child.stdin().close();
                assertEquals("through", text(child.stdout()));
                assertTrue(soon(child.waitFor()).success());
            }
        });
    }
}
