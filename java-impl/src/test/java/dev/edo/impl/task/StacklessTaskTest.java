package dev.edo.impl.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.scheduler.ThreadContext;
import dev.edo.impl.task.TaskState.Found;
import dev.edo.runtime.Trace;
import dev.edo.task.JoinError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StacklessTaskTest {
    private final RecordingScheduler scheduler = new RecordingScheduler();
    private final ThreadContext context = new ThreadContext();
    private final CountingWaker joiner = new CountingWaker();

    private StacklessTask<String> task(Future<String> future) {
        var task = new StacklessTask<>(scheduler, future);
        scheduler.owned().admit(task, null);
        return task;
    }

    private Poll<String> join(StacklessTask<String> task) throws JoinError {
        return task.poll(Context.of(joiner));
    }

    @Test
    void theJoinerIsWokenAndGetsTheOutput() throws JoinError {
        var task = task(Future.ready("done"));
        assertFalse(join(task).isReady());
        task.run(context, 128);
        assertEquals(1, joiner.wakes);
        assertEquals(Poll.ready("done"), join(task));
        assertTrue(task.isFinished());
        assertEquals(0, scheduler.owned().aliveCount());
        assertNull(context.task);
    }

    @Test
    void theWakerOfTheLastPollIsTheOneThatIsWoken() throws JoinError {
        var task = task(Future.ready("done"));
        var earlier = new CountingWaker();
        task.poll(Context.of(earlier));
        join(task);
        task.run(context, 128);
        assertEquals(0, earlier.wakes);
        assertEquals(1, joiner.wakes);
    }

    @Test
    void aJoinerThatWentAwayIsNotWoken() throws JoinError {
        var task = task(Future.ready("done"));
        join(task);
        task.cancel();
        task.run(context, 128);
        assertEquals(0, joiner.wakes);
    }

    @Test
    void aJoinersWakerThatThrowsDoesNotHurtTheWorker() throws JoinError {
        var task = task(Future.ready("done"));
        task.poll(Context.of(() -> {
            throw new IllegalStateException("broken waker");
        }));
        task.run(context, 128);
        assertEquals(Poll.ready("done"), join(task));
        assertNull(context.task);
    }

    @Test
    void theOutputIsTakenOnce() throws JoinError {
        var task = task(Future.ready("done"));
        task.run(context, 128);
        join(task);
        var thrown = assertThrows(IllegalStateException.class, () -> join(task));
        assertTrue(thrown.getMessage().contains("was taken before"), thrown.getMessage());
    }

    @Test
    void whatAPollThrowsReachesTheJoinerAndTheScheduler() {
        var cause = new IllegalArgumentException("no");
        var task = task(new ScriptedFuture(_ -> {
            throw cause;
        }));
        task.run(context, 128);
        var error = assertThrows(JoinError.class, () -> join(task));
        assertTrue(error.isPanic());
        assertSame(cause, error.getCause());
        assertEquals(List.of(cause), scheduler.panics);
    }

    @Test
    void aPollMustReturnSomething() {
        var task = task(new ScriptedFuture(_ -> nothing()));
        task.run(context, 128);
        var error = assertThrows(JoinError.class, () -> join(task));
        assertTrue(String.valueOf(error.getCause().getMessage()).contains("poll returned null"));
    }

    /** What goes wrong while that is told is the panic: out of the poll it would end the worker. */
    @Test
    void aPollThatReturnsNothingOfAFutureThatCannotBeShownPanics() {
        var cause = new IllegalStateException("not yet open");
        var task = task(new Future<>() {
            @Override
            public Poll<String> poll(Context cx) {
                return nothing();
            }

            @Override
            public String toString() {
                throw cause;
            }
        });
        task.run(context, 128);
        assertSame(cause, assertThrows(JoinError.class, () -> join(task)).getCause());
        assertNull(context.task);
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a careless future returns
    private static Poll<String> nothing() {
        return null;
    }

    @Test
    void aWakeUpQueuesTheTaskOnce() {
        var task = task(new ScriptedFuture(_ -> Poll.pending(), _ -> Poll.ready("done")));
        task.run(context, 128);
        assertTrue(scheduler.scheduled.isEmpty());
        task.wake();
        task.wake();
        assertEquals(List.of(task), scheduler.scheduled);
    }

    /** The future wakes its own task and returns pending: it wants to let others run. */
    @Test
    void aWakeUpDuringThePollPutsTheTaskBehindTheOthers() {
        var task = task(new ScriptedFuture(cx -> {
            cx.waker().wake();
            return Poll.pending();
        }));
        task.run(context, 128);
        assertTrue(scheduler.scheduled.isEmpty());
        assertEquals(List.of(task), scheduler.yielded);
    }

    @Test
    void aUsedUpBudgetLetsTheDriversInFirst() {
        var task = task(new ScriptedFuture(cx -> {
            assertTrue(cx.pollProceed());
            cx.madeProgress();
            assertFalse(cx.pollProceed());
            return Poll.pending();
        }));
        assertEquals(0, task.run(context, 1));
        assertEquals(List.of(task), scheduler.yieldedToDrivers);
        assertEquals(1, scheduler.forcedYields);
    }

    /** The task is queued when it has yielded: a wake-up before its turn must not queue it once more. */
    @Test
    void aTaskThatYieldedIsQueuedOnce() {
        var task = task(new ScriptedFuture(cx -> {
            ((StacklessTask<?>) cx).yieldToDrivers();
            return Poll.pending();
        }));
        task.run(context, 128);
        task.wake();
        assertEquals(List.of(task), scheduler.yieldedToDrivers);
        assertTrue(scheduler.scheduled.isEmpty());
    }

    /** What asked for another poll was one branch of several, and another branch was ready. */
    @Test
    void aTaskThatEndsInThePollInWhichItYieldsIsNotQueued() {
        var task = task(new ScriptedFuture(cx -> {
            ((StacklessTask<?>) cx).yieldToDrivers();
            return Poll.ready();
        }));
        task.run(context, 128);
        assertTrue(task.isFinished());
        assertTrue(scheduler.yieldedToDrivers.isEmpty());
    }

    @Test
    void anAbortDuringThePollInWhichItYieldsEndsTheTask() {
        var future = new ScriptedFuture(cx -> {
            ((StacklessTask<?>) cx).yieldToDrivers();
            ((StacklessTask<?>) cx).abort();
            return Poll.pending();
        });
        var task = task(future);
        task.run(context, 128);
        assertTrue(task.isFinished());
        assertTrue(scheduler.yieldedToDrivers.isEmpty());
    }

    @Test
    void anAbortCancelsTheFutureWhereTheTaskNextRuns() {
        var future = new ScriptedFuture(_ -> Poll.pending());
        var task = task(future);
        task.run(context, 128);
        task.abort();
        task.abort();
        assertEquals(0, future.cancels);
        assertEquals(List.of(task), scheduler.scheduled);
        task.run(context, 128);
        assertEquals(1, future.cancels);
        assertTrue(assertThrows(JoinError.class, () -> join(task)).isCancelled());
    }

    @Test
    void anAbortDuringThePollEndsTheTaskAfterIt() {
        var future = new ScriptedFuture(cx -> {
            ((StacklessTask<?>) cx).abort();
            return Poll.pending();
        });
        var task = task(future);
        task.run(context, 128);
        assertEquals(1, future.cancels);
        assertTrue(scheduler.scheduled.isEmpty());
        assertTrue(assertThrows(JoinError.class, () -> join(task)).isCancelled());
    }

    @Test
    void anAbortComesTooLateForAnOutput() throws JoinError {
        var future = new ScriptedFuture(cx -> {
            ((StacklessTask<?>) cx).abort();
            return Poll.ready("done");
        });
        var task = task(future);
        task.run(context, 128);
        assertEquals(0, future.cancels);
        assertEquals(Poll.ready("done"), join(task));
    }

    @Test
    void shutdownEndsTheTaskOnTheSpotAndTheQueueSkipsIt() throws JoinError {
        var future = new ScriptedFuture();
        var task = task(future);
        join(task);
        task.shutDown();
        assertEquals(1, future.cancels);
        assertEquals(1, joiner.wakes);
        assertEquals(0, scheduler.owned().aliveCount());
        task.run(context, 128);
        task.shutDown();
        assertEquals(1, future.cancels);
    }

    /** It was in no queue that who closed could look at: somebody had just taken it from there. */
    @Test
    void aTaskThatHasNotWaitedIsNotPolledOnceTheRuntimeIsClosed() {
        var future = new ScriptedFuture();
        var task = task(future);
        scheduler.owned().closeAndShutDownAll(0);
        assertFalse(task.isFinished());
        task.run(context, 128);
        assertEquals(1, future.cancels);
        assertTrue(assertThrows(JoinError.class, () -> join(task)).isCancelled());
        assertEquals(0, scheduler.owned().aliveCount());
    }

    @Test
    void aTaskThatYieldedAndHasNotWaitedIsNotPolledOnceTheRuntimeIsClosed() {
        var future = new ScriptedFuture(cx -> {
            ((StacklessTask<?>) cx).yieldToDrivers();
            return Poll.pending();
        });
        var task = task(future);
        task.run(context, 128);
        scheduler.owned().closeAndShutDownAll(0);
        task.run(context, 128);
        assertEquals(1, future.cancels);
        assertTrue(task.isFinished());
    }

    @Test
    void aTaskThatYieldsIsNotQueuedOnceTheRuntimeIsClosed() {
        var future = new ScriptedFuture(cx -> {
            scheduler.owned().closeAndShutDownAll(0);
            ((StacklessTask<?>) cx).yieldToDrivers();
            return Poll.pending();
        });
        var task = task(future);
        task.run(context, 128);
        assertEquals(1, future.cancels);
        assertTrue(task.isFinished());
        assertTrue(scheduler.yieldedToDrivers.isEmpty());
    }

    @Test
    void aTaskDoesNotBeginToWaitOnceTheRuntimeIsClosed() {
        var future = new ScriptedFuture(_ -> {
            scheduler.owned().closeAndShutDownAll(0);
            return Poll.pending();
        });
        var task = task(future);
        task.run(context, 128);
        assertEquals(1, future.cancels);
        assertTrue(task.isFinished());
        assertNull(context.task);
    }

    @Test
    void aTaskThatWaitsIsOnAListUntilItEnds() {
        var task = task(new ScriptedFuture(_ -> Poll.pending(), _ -> Poll.pending(), _ -> Poll.ready("done")));
        assertEquals(List.of(), scheduler.owned().listed());
        task.run(context, 128);
        assertEquals(List.of(task), scheduler.owned().listed());
        task.wake();
        task.run(context, 128);
        assertEquals(List.of(task), scheduler.owned().listed());
        task.wake();
        task.run(context, 128);
        assertEquals(List.of(), scheduler.owned().listed());
    }

    @Test
    void aSchedulerThatHasEndedDropsTheTask() {
        var future = new ScriptedFuture();
        var task = task(future);
        task.drop();
        assertEquals(1, future.cancels);
        assertTrue(assertThrows(JoinError.class, () -> join(task)).isCancelled());
    }

    /** Whoever took it from its queue may be about to drop it while the list of tasks is gone through. */
    @Test
    void aTaskThatYieldedIsEndedByWhoTakesItFromTheQueueAndNobodyElse() {
        var future = new ScriptedFuture(cx -> {
            ((StacklessTask<?>) cx).yieldToDrivers();
            return Poll.pending();
        });
        var task = task(future);
        task.run(context, 128);
        task.shutDown();
        task.abandon();
        assertEquals(0, future.cancels);
        task.drop();
        assertEquals(1, future.cancels);
        assertTrue(assertThrows(JoinError.class, () -> join(task)).isCancelled());
    }

    // --- traces

    /** A dump that wants the trace of whatever it is told of, until it has it. */
    private final class Dump implements TraceRequests.Sink {
        private final List<Trace> traces = new ArrayList<>();

        Dump() {
            scheduler.traceRequests().add(this);
        }

        @Override
        public boolean wants(StacklessTask<?> task) {
            return traces.isEmpty();
        }

        @Override
        public void accept(StacklessTask<?> task, Trace trace) {
            traces.add(trace);
        }
    }

    /** Pending for ever; writes down whether it was traced. */
    private static Future<String> pending(List<Boolean> polls) {
        return cx -> {
            polls.add(cx.isTracing());
            boolean unused = cx.pollProceed();
            return Poll.pending();
        };
    }

    @Test
    void aTaskThatIsAskedTracesItselfAndIsPolledInEarnestInOneTurn() {
        var polls = new ArrayList<Boolean>();
        var task = task(pending(polls));
        task.run(context, 128);
        var dump = new Dump();
        assertEquals(Found.WAITING, task.requestTrace());
        assertEquals(List.of(task), scheduler.scheduled);
        assertEquals(128, task.run(context, 128), "it costs nothing of the budget");
        assertEquals(List.of(false, true, false), polls);
        assertEquals(1, dump.traces.getFirst().backtraces().size());
        task.wake();
        task.run(context, 128);
        assertEquals(List.of(false, true, false, false), polls, "it was asked once");
    }

    /** The limit of the dump was over when the task came round. */
    @Test
    void aTaskThatWasAskedByADumpThatHasGoneIsPolledAsEver() {
        var polls = new ArrayList<Boolean>();
        var task = task(pending(polls));
        var dump = new Dump();
        assertEquals(Found.QUEUED, task.requestTrace());
        scheduler.traceRequests().remove(dump);
        task.run(context, 128);
        assertEquals(List.of(false), polls);
        assertEquals(List.of(), dump.traces);
    }

    /** What it yields to in the poll that is traced comes before it is polled again. */
    @Test
    void aTaskThatYieldsWhileItIsTracedYields() {
        var polls = new ArrayList<Boolean>();
        var tasks = new ArrayList<StacklessTask<?>>();
        var task = task(cx -> {
            polls.add(cx.isTracing());
            tasks.getFirst().yieldToDrivers();
            return Poll.pending();
        });
        tasks.add(task);
        var dump = new Dump();
        task.requestTrace();
        task.run(context, 128);
        assertEquals(List.of(true), polls);
        assertEquals(List.of(task), scheduler.yieldedToDrivers);
        assertEquals(1, dump.traces.size());
    }

    /** One that only yields is on no list, and would not be found. */
    @Test
    void aTaskThatHasATurnWhileADumpIsTakenPutsItselfOnAList() {
        var tasks = new ArrayList<StacklessTask<?>>();
        var task = task(cx -> {
            tasks.getFirst().yieldToDrivers();
            return Poll.pending();
        });
        tasks.add(task);
        task.run(context, 128);
        assertEquals(List.of(), scheduler.owned().listed());
        scheduler.owned().beginDump();
        task.run(context, 128);
        assertEquals(List.of(task), scheduler.owned().listed());
        scheduler.owned().endDump();
        assertFalse(scheduler.owned().isClosed());
        task.run(context, 128);
        assertEquals(List.of(task), scheduler.owned().listed());
        scheduler.owned().beginDump();
        scheduler.owned().close();
        assertTrue(scheduler.owned().isClosed());
        scheduler.owned().endDump();
        assertTrue(scheduler.owned().isClosed(), "it stays so");
    }
}
