package dev.edo.impl.task.set;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Waker;
import dev.edo.impl.scheduler.Effort;
import dev.edo.task.TaskTracker;
import dev.edo.task.TaskTrackerToken;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The counter and its flag change atomically, as {@link TrackerSpecification} says; and whoever
 * waits for a tracker that ends up closed and empty has been woken.
 */
@Param(name = "token", gen = IntGen.class, conf = "0:1")
public class TaskTrackerLincheckTest {
    private final TaskTracker tracker = new TaskTracker();
    private final AtomicReferenceArray<@Nullable TaskTrackerToken> tokens = new AtomicReferenceArray<>(2);
    private final Future<@Nullable Void> wait = tracker.waitAll();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final Waker waker = wakeUps::incrementAndGet;
    private boolean over;
    private int wakeUpsBeforeWait = -1;

    /** One thread opens and closes a given token. */
    @Operation(nonParallelGroup = "tokens")
    public void open(@Param(name = "token") int token) {
        if (tokens.get(token) == null) {
            tokens.set(token, tracker.token());
        }
    }

    @Operation(nonParallelGroup = "tokens")
    public void closeToken(@Param(name = "token") int token) {
        var open = tokens.get(token);
        if (open != null) {
            tokens.set(token, null);
            open.close();
        }
    }

    @Operation
    public boolean close() {
        return tracker.close();
    }

    @Operation
    public boolean reopen() {
        return tracker.reopen();
    }

    @Operation
    public long size() {
        return tracker.size();
    }

    @Operation
    public boolean isEmpty() {
        return tracker.isEmpty();
    }

    @Operation
    public boolean isClosed() {
        return tracker.isClosed();
    }

    @Operation(nonParallelGroup = "waiter")
    public void pollWait() throws Exception {
        if (!over) {
            int before = wakeUps.get();
            over = wait.poll(Context.of(waker)).isReady();
            wakeUpsBeforeWait = before;
        }
    }

    @Validate
    public void whoWaitsIsWoken() throws Exception {
        boolean waited = !over && wakeUpsBeforeWait >= 0;
        int wakeUpsInTheEnd = wakeUps.get();
        if (waited && wait.poll(Context.of(waker)).isReady() && wakeUpsInTheEnd == wakeUpsBeforeWait) {
            throw new IllegalStateException("it was closed and empty, and the waiter sleeps");
        }
    }

    @Test
    void counterAndFlagAreOneWord() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(40))
                .invocationsPerIteration(500)
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .sequentialSpecification(TrackerSpecification.class)
                .check(TaskTrackerLincheckTest.class);
    }

    @Test
    void counterAndFlagAreOneWordUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(4)
                .sequentialSpecification(TrackerSpecification.class)
                .check(TaskTrackerLincheckTest.class);
    }
}
