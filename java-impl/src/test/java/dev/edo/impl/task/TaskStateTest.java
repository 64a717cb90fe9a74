package dev.edo.impl.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.task.TaskState.Found;
import dev.edo.impl.task.TaskState.Idle;
import dev.edo.impl.task.TaskState.Start;
import org.junit.jupiter.api.Test;

class TaskStateTest {
    @Test
    void aNewTaskIsQueued() {
        var state = new BareState();
        assertFalse(state.toNotified(), "it is in a queue already");
        assertEquals(Start.POLL, state.toRunning());
        assertEquals(Idle.WAITING, state.toIdle());
    }

    @Test
    void aWakeUpQueuesATaskThatWaitsOnce() {
        var state = BareState.waiting();
        assertTrue(state.toNotified());
        assertFalse(state.toNotified());
        assertEquals(Start.POLL, state.toRunning());
    }

    @Test
    void aWakeUpDuringAPollIsLeftToThePoller() {
        var state = BareState.running();
        assertFalse(state.toNotified());
        assertFalse(state.toNotified());
        assertEquals(Idle.NOTIFIED, state.toIdle());
        assertFalse(state.toNotified(), "the poller queues it");
        assertEquals(Start.SKIP, state.toRunning(), "it is resumed, by whoever takes it from the queue");
        assertEquals(Start.POLL, state.toResumed());
        assertEquals(Idle.WAITING, state.toIdle(), "that poll was the answer to both wake-ups");
    }

    @Test
    void aTaskThatIsResumedHasAnswersForWakeUpsThatComeLater() {
        var state = BareState.running();
        assertEquals(Start.POLL, state.toResumed());
        assertFalse(state.toNotified());
        assertEquals(Idle.NOTIFIED, state.toIdle());
    }

    @Test
    void anAbortOfATaskInTheQueueIsSeenByWhoeverResumesIt() {
        for (boolean abort : new boolean[] {true, false}) {
            var state = BareState.running();
            boolean queuedOrEnded = abort ? state.toNotifiedAndCancelled() : state.toShutdown();
            assertFalse(queuedOrEnded, "who takes it from the queue sees it");
            assertEquals(Start.CANCEL, state.toResumed());
        }
    }

    @Test
    void aRunningTaskIsNotStartedAgain() {
        assertEquals(Start.SKIP, BareState.running().toRunning());
    }

    @Test
    void nothingHappensToATaskThatHasEnded() {
        var state = BareState.complete();
        assertTrue(state.isComplete());
        assertFalse(state.toNotified());
        assertFalse(state.toNotifiedAndCancelled());
        assertFalse(state.toShutdown());
        assertFalse(state.toCancelled());
        assertFalse(state.claim());
        assertEquals(Start.SKIP, state.toRunning());
        assertFalse(state.isCancelled());
    }

    @Test
    void anAbortQueuesATaskThatWaitsAndItsStartEndsIt() {
        var state = BareState.waiting();
        assertTrue(state.toNotifiedAndCancelled());
        assertFalse(state.toNotifiedAndCancelled());
        assertTrue(state.isCancelled());
        assertEquals(Start.CANCEL, state.toRunning());
        state.toComplete();
        assertTrue(state.isComplete());
    }

    @Test
    void anAbortOfAQueuedTaskIsSeenByItsStart() {
        var state = new BareState();
        assertFalse(state.toNotifiedAndCancelled());
        assertEquals(Start.CANCEL, state.toRunning());
    }

    @Test
    void anAbortDuringAPollIsSeenByThePoller() {
        var state = BareState.running();
        assertFalse(state.toNotifiedAndCancelled());
        assertEquals(Idle.CANCEL, state.toIdle());
        assertEquals(Start.SKIP, state.toRunning(), "the poller still has it");
    }

    @Test
    void shutdownTakesATaskThatNobodyHas() {
        for (var state : new BareState[] {new BareState(), BareState.waiting()}) {
            assertTrue(state.toShutdown());
            assertTrue(state.isCancelled());
            assertFalse(state.toShutdown());
            assertFalse(state.toNotified());
            assertEquals(Start.SKIP, state.toRunning());
        }
    }

    @Test
    void shutdownOfARunningTaskIsLeftToThePoller() {
        var state = BareState.running();
        assertFalse(state.toShutdown());
        assertEquals(Idle.CANCEL, state.toIdle());
    }

    @Test
    void aPollThatIsDoneInSpiteOfAnAbortIsDone() {
        var state = BareState.running();
        state.toNotifiedAndCancelled();
        state.toComplete();
        assertTrue(state.isComplete());
        assertEquals(Start.SKIP, state.toRunning());
    }

    @Test
    void aTraceOfATaskThatWaitsQueuesIt() {
        var state = BareState.waiting();
        assertEquals(Found.WAITING, state.toTraced());
        assertEquals(Found.QUEUED, state.toTraced());
        assertFalse(state.toNotified(), "it is in a queue already");
        assertEquals(Start.TRACE, state.toRunning());
        assertEquals(Idle.WAITING, state.toIdle());
        assertTrue(state.toNotified());
        assertEquals(Start.POLL, state.toRunning(), "it was traced before");
    }

    @Test
    void aTraceOfATaskInTheQueueIsServedByThePollToCome() {
        var state = new BareState();
        assertEquals(Found.QUEUED, state.toTraced());
        assertEquals(Start.TRACE, state.toRunning());
    }

    @Test
    void aTraceDuringAPollIsServedByTheNextOne() {
        var state = BareState.running();
        assertEquals(Found.RUNNING, state.toTraced());
        assertEquals(Idle.NOTIFIED, state.toIdle());
        assertEquals(Start.TRACE, state.toResumed());
        assertEquals(Idle.WAITING, state.toIdle());
    }

    @Test
    void aTaskThatIsToEndIsNotTraced() {
        var idle = BareState.waiting();
        assertEquals(Found.WAITING, idle.toTraced());
        assertFalse(idle.toNotifiedAndCancelled(), "it is in a queue already");
        assertEquals(Start.CANCEL, idle.toRunning());
        var running = BareState.running();
        assertEquals(Found.RUNNING, running.toTraced());
        running.toNotifiedAndCancelled();
        assertEquals(Start.CANCEL, running.toResumed());
        assertEquals(Found.ENDED, BareState.complete().toTraced());
        running.toComplete();
        assertEquals(Found.ENDED, running.toTraced());
    }

    @Test
    void oneMayEndATaskInDirectStyle() {
        var state = new BareState();
        assertTrue(state.toCancelled());
        assertFalse(state.toCancelled());
        assertTrue(state.claim());
        assertFalse(state.claim());
        state.toComplete();
        assertFalse(state.claim());
        assertTrue(state.isCancelled());
    }
}
