package dev.edo.test;

import static dev.edo.test.EdoAssertions.assertElapsed;
import static dev.edo.test.EdoAssertions.assertPending;
import static dev.edo.test.EdoAssertions.assertReady;
import static dev.edo.test.EdoAssertions.assertReadyErr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.time.Instant;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EdoAssertionsTest {
    private static void fails(String message, Executable assertion) {
        assertEquals(message, assertThrows(AssertionError.class, assertion).getMessage());
    }

    @Test
    void readyGivesTheValue() {
        assertEquals(7, assertReady(Poll.ready(7)));
        assertNull(assertReady(Poll.ready()));
        assertEquals(7, assertReady(TaskProbe.of(Future.ready(7))));
        fails("pending", () -> assertReady(Poll.pending()));
        fails("pending", () -> assertReady(TaskProbe.of(Future.pending())));
    }

    @Test
    void readyComparesTheValue() {
        assertReady(7, Poll.ready(7));
        assertReady(null, Poll.ready());
        assertReady("a", TaskProbe.of(Future.ready("a")));
        fails("expected: <7> but was: <8>", () -> assertReady(7, Poll.ready(8)));
        fails("expected: <7> but was: <null>", () -> assertReady(7, TaskProbe.of(Future.ready(null))));
        fails("pending", () -> assertReady(null, Poll.pending()));
    }

    @Test
    void pendingRejectsValues() {
        assertPending(Poll.pending());
        assertPending(TaskProbe.of(Future.pending()));
        fails("ready; value = 7", () -> assertPending(Poll.ready(7)));
        fails("ready; value = 7", () -> assertPending(TaskProbe.of(Future.ready(7))));
    }

    @Test
    void readyErrGivesTheFailure() {
        var broken = new IOException("broken");
        assertSame(broken, assertReadyErr(IOException.class, TaskProbe.of(Future.failed(broken))));
        fails("expected: java.io.IOException but was: ready; value = 7",
                () -> assertReadyErr(IOException.class, TaskProbe.of(Future.ready(7))));
        fails("expected: java.io.IOException but was: pending",
                () -> assertReadyErr(IOException.class, TaskProbe.of(Future.pending())));
        fails("expected: java.lang.Error but was: java.io.IOException: broken",
                () -> assertReadyErr(Error.class, TaskProbe.of(Future.failed(broken))));
    }

    @Test
    void failureInTheWrongPlaceIsAnAssertionErrorWithItsCause() {
        var broken = new IOException("broken");
        var e = assertThrows(AssertionError.class, () -> assertReady(TaskProbe.of(Future.failed(broken))));
        assertSame(broken, e.getCause());
        assertThrows(AssertionError.class, () -> assertPending(TaskProbe.of(Future.failed(broken))));
    }

    @EdoTest(startPaused = true)
    void elapsedIsExactToAMillisecond() throws Exception {
        var start = Instant.now();
        dev.edo.Edo.sleep(Duration.ofSeconds(5)).await();
        assertElapsed(start, Duration.ofSeconds(5));
        assertThrows(AssertionError.class, () -> assertElapsed(start, Duration.ofMillis(5_001)));
        assertThrows(AssertionError.class, () -> assertElapsed(start, Duration.ofMillis(4_998)));
    }
}
