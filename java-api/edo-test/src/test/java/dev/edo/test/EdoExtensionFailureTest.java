package dev.edo.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.net.TcpListener;
import dev.edo.runtime.RuntimeFlavor;
import dev.edo.runtime.UnhandledPanic;
import dev.edo.time.Elapsed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How tests fail that run inside a runtime. */
class EdoExtensionFailureTest {
    /** Run by the tests below, not by a build. */
    static class Failing {
        @EdoTest
        void throwsIOException() throws IOException {
            throw new IOException("from the test");
        }

        @EdoTest
        void throwsCompletionException() {
            throw new CompletionException("from the test", new IOException());
        }

        @EdoTest
        void throwsThrowable() throws Throwable {
            throw new Throwable("from the test");
        }

        @EdoTest
        void failsAssertion() {
            assertEquals(1, 2);
        }

        @EdoTest
        void leavesATask() {
            var left = Edo.spawn(() -> Future.pending().await());
            assertFalse(left.isFinished());
        }

        @EdoTest(flavor = RuntimeFlavor.MULTI_THREAD)
        void leavesASocket() throws IOException {
            var left = TcpListener.bind("127.0.0.1:0").await();
            assertNotNull(left.localAddress());
        }

        @EdoTest
        void leavesATimer() throws Exception {
            leaveATimer();
        }

        @EdoTest(startPaused = true)
        void leavesATimerOfAStoppedClock() throws Exception {
            leaveATimer();
        }

        @EdoTest(flavor = RuntimeFlavor.MULTI_THREAD)
        void leavesATimerOnAWorker() throws Exception {
            leaveATimer();
        }

        private static void leaveATimer() throws Exception {
            var left = Edo.sleep(Duration.ofHours(1));
            assertFalse(left.poll(Context.of(() -> {})).isReady());
        }

        @EdoTest
        void cancelsItsTimers() throws Exception {
            var sleep = Edo.sleep(Duration.ofHours(1));
            assertFalse(sleep.poll(Context.of(() -> {})).isReady());
            sleep.cancel();
            var unused = Edo.sleep(Duration.ofHours(1));
            assertThrows(Elapsed.class, () -> Future.pending().timeout(Duration.ofMillis(1)).await());
            assertEquals(1, Edo.timeout(Duration.ofHours(1), Edo.spawn(() -> 1)).await());
            Edo.spawn(() -> Edo.sleep(Duration.ofHours(1)).await()).abort();
            assertFalse(unused.isElapsed());
        }

        @EdoTest(leakCheck = false)
        void mayLeaveATask() {
            leavesATask();
        }

        @EdoTest
        void failsAndLeavesATask() {
            leavesATask();
            throw new IllegalStateException("from the test");
        }

        @EdoTest(unhandledPanic = UnhandledPanic.SHUTDOWN_RUNTIME)
        @Timeout(20)
        void losesATaskThatThrows() throws Exception {
            Edo.spawn(() -> {
                throw new IllegalStateException("in the background");
            });
            Future.pending().await();
        }

        @EdoTest(unhandledPanic = UnhandledPanic.SHUTDOWN_RUNTIME)
        void failsAssertionWhereNoTaskMayThrow() {
            assertEquals(1, 2);
        }

        @EdoTest(unhandledPanic = UnhandledPanic.SHUTDOWN_RUNTIME)
        void assumesWhatIsNotSoWhereNoTaskMayThrow() {
            assumeTrue(false);
        }

        @EdoTest
        void abortsATaskAtItsEnd() {
            Edo.spawn(() -> Future.pending().await()).abort();
        }

        @EdoTest
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void hangs() throws Exception {
            Future.pending().await();
        }
    }

    private static String outcome(String method) {
        return Launched.outcome(Failing.class, method);
    }

    @Test
    void failuresAreThoseOfTheTest() {
        assertEquals("java.io.IOException: from the test", outcome("throwsIOException"));
        assertEquals("java.util.concurrent.CompletionException: from the test",
                outcome("throwsCompletionException"));
        assertEquals("java.lang.Throwable: from the test", outcome("throwsThrowable"));
        assertTrue(outcome("failsAssertion").contains("expected: <1> but was: <2>"));
    }

    @Test
    void taskThatThrowsMayFailTheTest() {
        var outcome = outcome("losesATaskThatThrows");
        assertTrue(outcome.contains("a task threw"), outcome);
    }

    /** The test is a task, too; what it throws is its own failure, or makes it no test at all. */
    @Test
    void failureOfTheTestItselfIsNotTakenForThatOfATask() {
        var outcome = outcome("failsAssertionWhereNoTaskMayThrow");
        assertTrue(outcome.contains("expected: <1> but was: <2>"), outcome);
        assertEquals("aborted", outcome("assumesWhatIsNotSoWhereNoTaskMayThrow"));
    }

    @Test
    void leaksFailATestThatPassed() {
        assertTrue(outcome("leavesATask").contains("the test left behind tasks=1;"));
        for (var left : List.of("leavesATimer", "leavesATimerOfAStoppedClock", "leavesATimerOnAWorker")) {
            assertTrue(outcome(left).contains("the test left behind timers=1;"), outcome(left));
        }
        assertTrue(outcome("leavesASocket").contains("the test left behind I/O slots=1;"));
    }

    @Test
    void leaksAreNotReportedWhenTheTestFailedOrDoesNotCare() {
        assertEquals("passed", outcome("mayLeaveATask"));
        assertEquals("java.lang.IllegalStateException: from the test", outcome("failsAndLeavesATask"));
    }

    @Test
    void whatEndsSoonAfterTheTestIsNoLeak() {
        assertEquals("passed", outcome("abortsATaskAtItsEnd"));
        assertEquals("passed", outcome("cancelsItsTimers"));
    }

    @Test
    void timeoutEndsATestThatHangs() {
        var outcome = outcome("hangs");
        assertTrue(outcome.contains("TimeoutException"), outcome);
    }
}
