package dev.edo.impl.task.set;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.scheduler.Effort;
import dev.edo.task.JoinSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * Tasks end on any thread while the owner adds, takes and waits: each task that has ended is taken
 * once, and an owner that waits is woken by the next end.
 */
@Param(name = "task", gen = IntGen.class, conf = "0:1")
public class JoinSetLincheckTest {
    private static final int TASKS = 2;

    private final JoinSet<Integer> set = new JoinSet<>();
    private final List<ManualTask> tasks = new ArrayList<>();
    private final AtomicIntegerArray ended = new AtomicIntegerArray(TASKS);
    private final BitSet added = new BitSet();
    private final BitSet taken = new BitSet();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final Waker waker = wakeUps::incrementAndGet;
    private int wakeUpsBeforeWait = -1;

    @SuppressWarnings("this-escape") // nobody extends it
    public JoinSetLincheckTest() {
        for (int i = 0; i < TASKS; i++) {
            tasks.add(new ManualTask(i));
        }
        add(0);
    }

    @Operation
    public void end(@Param(name = "task") int task) {
        if (ended.compareAndSet(task, 0, 1)) {
            tasks.get(task).end();
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void add(@Param(name = "task") int task) {
        if (!added.get(task)) {
            added.set(task);
            set.add(tasks.get(task));
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void tryJoinNext() {
        var result = set.tryJoinNext();
        if (result != null) {
            take((int) result.id().value());
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void pollJoinNext() {
        int before = wakeUps.get();
        switch (set.pollJoinNext(Context.of(waker))) {
            case Poll.Pending<?> _ -> wakeUpsBeforeWait = before;
            case Poll.Ready(var result) -> {
                wakeUpsBeforeWait = -1;
                if (result != null) {
                    take((int) result.id().value());
                }
            }
        }
    }

    private void take(int task) {
        if (taken.get(task) || ended.get(task) == 0) {
            throw new IllegalStateException("task " + task + " taken twice, or before its end");
        }
        taken.set(task);
    }

    @Validate
    public void everyEndIsFound() {
        boolean waited = wakeUpsBeforeWait >= 0;
        boolean found = false;
        for (var result = set.tryJoinNext(); result != null; result = set.tryJoinNext()) {
            take((int) result.id().value());
            found = true;
        }
        for (int i = 0; i < TASKS; i++) {
            if (added.get(i) && ended.get(i) == 1 && !taken.get(i)) {
                throw new IllegalStateException("the end of task " + i + " was forgotten");
            }
        }
        if (waited && found && wakeUps.get() == wakeUpsBeforeWait) {
            throw new IllegalStateException("a task ended and the owner sleeps");
        }
    }

    @Test
    void noEndIsForgotten() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(40))
                .invocationsPerIteration(500)
                .threads(2)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                .check(JoinSetLincheckTest.class);
    }

    @Test
    void noEndIsForgottenUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(4)
                .verifier(EpsilonVerifier.class)
                .check(JoinSetLincheckTest.class);
    }
}
