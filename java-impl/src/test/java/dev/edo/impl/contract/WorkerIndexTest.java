package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.task.coroutine.Carriers;
import dev.edo.runtime.LocalRuntime;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which worker code runs on. */
class WorkerIndexTest extends ContractTest {
    @Test
    void taskRunsOnTheWorkerWhoseThreadMetricsName() throws Exception {
        for (int i = 0; i < 50; i++) {
            var task = style.run(handle, () -> {
                int index = Edo.workerIndex().orElseThrow();
                assertTrue(index < setup.workers(), () -> "index=" + index);
                assertEquals(OptionalLong.of(Carriers.currentCarrier().threadId()),
                        handle.metrics().workerThreadId(index));
                return index;
            });
            resultOf(task);
        }
    }

    @Test
    void blockOnOfACurrentThreadRuntimeIsItsWorker() throws Exception {
        var expected = setup.isMultiThread() ? OptionalInt.empty() : OptionalInt.of(0);
        running.close();
        try (var own = setup.builder().build()) {
            assertEquals(expected, own.blockOn(Future.lazy(Edo::workerIndex)));
            assertEquals(expected, own.blockOn(Edo::workerIndex));
            assertEquals(OptionalInt.empty(), own.blockOn(own.spawnBlocking(Edo::workerIndex)));
        }
    }

    @Test
    void blockOnOfALocalRuntimeIsItsWorker() throws Exception {
        assertEquals(OptionalInt.of(0), Eventually.returns("blockOn", () -> {
            try (var own = LocalRuntime.create()) {
                return own.blockOn(Future.lazy(Edo::workerIndex));
            }
        }));
    }

    @Test
    void otherThreadsAreNoWorkers() throws Exception {
        assertEquals(OptionalInt.empty(), Edo.workerIndex());
        assertEquals(OptionalInt.empty(), Eventually.returns("virtual", Thread.ofVirtual(), Edo::workerIndex));
        try (var _ = handle.enter()) {
            assertEquals(OptionalInt.empty(), Edo.workerIndex());
        }
    }

    /** Another thread drives the worker while the task blocks its own; metrics name that thread. */
    @Test
    void workerMovesToAnotherThreadWhileATaskBlocksInPlace() throws Exception {
        if (!setup.isMultiThread() || style == Style.DIRECT) {
            return;
        }
        resultOf(style.run(handle, () -> {
            int index = Edo.workerIndex().orElseThrow();
            long here = Thread.currentThread().threadId();
            return Edo.blockInPlace(() -> {
                assertEquals(OptionalInt.empty(), Edo.workerIndex());
                Eventually.until("the worker moves",
                        () -> handle.metrics().workerThreadId(index).orElseThrow() != here);
                return null;
            });
        }));
    }

    @Test
    void currentThreadRuntimeMovesWithItsBlockOn() throws Exception {
        if (setup.isMultiThread()) {
            return;
        }
        running.close();
        try (var own = setup.builder().build()) {
            var metrics = own.metrics();
            assertEquals(OptionalLong.empty(), metrics.workerThreadId(0));
            var here = OptionalLong.of(Thread.currentThread().threadId());
            own.blockOn(Future.ready(1));
            assertEquals(here, metrics.workerThreadId(0));
            long there = Eventually.returns("blockOn", () -> {
                own.blockOn(Future.ready(1));
                return Thread.currentThread().threadId();
            });
            assertEquals(OptionalLong.of(there), metrics.workerThreadId(0));
            own.blockOn(Future.ready(1));
            assertEquals(here, metrics.workerThreadId(0));
        }
    }
}
