package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Style;
import dev.edo.sync.OnceCell;
import dev.edo.sync.SetOutcome;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OnceCellInRuntimeTest extends InEveryRuntime {
    private static final int TASKS = 50;

    private final OnceCell<String> cell = new OnceCell<>();
    private final AtomicInteger computations = new AtomicInteger();

    /** The two ways to get the value, each in tasks of the style that it is for. */
    private JoinHandle<String> getting(Callable<Future<String>> init) {
        return style == Style.DIRECT
                ? handle.spawn(() -> cell.getOrCompute(() -> init.call().await()))
                : handle.spawn(cell.getOrInit(() -> Future.<Future<String>>lazy(init).then(made -> made)));
    }

    @Test
    void it_is_computed_once_for_all() throws Exception {
        var tasks = new ArrayList<JoinHandle<String>>();
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            tasks.add(getting(() -> {
                computations.incrementAndGet();
                return Edo.yieldNow().map(_ -> "by " + number);
            }));
        }
        var results = resultsOf(tasks);
        for (var result : results) {
            assertSame(results.getFirst(), result);
        }
        assertEquals(1, computations.get());
    }

    @Test
    void where_one_fails_the_next_computes() throws Exception {
        var first = new Gate<String>();
        var failing = getting(() -> first.map(_ -> {
            throw new ArithmeticException("computed nothing");
        }));
        Eventually.opened("the first one to compute", first.waiting);
        var next = getting(() -> Future.ready("value"));
        first.open("unused");
        assertInstanceOf(ArithmeticException.class, failureOf(failing).getCause());
        assertEquals("value", resultOf(next));
    }

    @Test
    void where_one_is_aborted_the_next_computes() throws Exception {
        var gate = new Gate<String>();
        var first = getting(() -> gate);
        Eventually.opened("the first one to compute", gate.waiting);
        var next = getting(() -> Future.ready("value"));
        assertEquals(SetOutcome.INITIALIZING, cell.set("other"));
        first.abort();
        assertTrue(failureOf(first).isCancelled());
        assertEquals("value", resultOf(next));
        assertEquals(1, gate.cancels());
        assertEquals(SetOutcome.ALREADY_INITIALIZED, cell.set("other"));
    }

    @Test
    void an_aborted_waiter_leaves_its_turn_to_the_next() throws Exception {
        var gate = new Gate<String>();
        var first = getting(() -> gate);
        Eventually.opened("the first one to compute", gate.waiting);
        var waiter = getting(() -> Future.ready("of the waiter"));
        waiter.abort();
        assertTrue(failureOf(waiter).isCancelled());
        var next = getting(() -> Future.failed(new IOException("must not be computed")));
        gate.open("value");
        assertEquals("value", resultOf(first));
        assertEquals("value", resultOf(next));
    }

    @Test
    void plain_threads_get_it_as_well() throws Exception {
        var task = getting(() -> Edo.yieldNow().map(_ -> "value"));
        var fromThread = Eventually.returns("a thread", () -> cell.getOrCompute(() -> "value"));
        assertEquals(fromThread, resultOf(task));
        assertEquals("value", cell.take());
        assertNull(cell.get());
    }
}
