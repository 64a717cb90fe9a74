package dev.edo.impl.task.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Style;
import dev.edo.impl.runtime.RuntimeConfig;
import dev.edo.task.Coop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoopTest extends RuntimeTest {
    private static final int BUDGET = RuntimeConfig.TASK_BUDGET;

    /** Polls one future after the other as long as they are ready; notes how many were in each poll. */
    private static final class Greedy implements Future<List<Integer>> {
        private final Supplier<Future<?>> futures;
        private final List<Integer> perPoll = new ArrayList<>();
        private int left;
        private Future<?> next;

        Greedy(int total, Supplier<Future<?>> futures) {
            this.left = total;
            this.futures = futures;
            this.next = futures.get();
        }

        @Override
        public Poll<List<Integer>> poll(Context cx) throws Exception {
            int done = 0;
            while (left > 0 && next.poll(cx).isReady()) {
                next = futures.get();
                done++;
                left--;
            }
            perPoll.add(done);
            return left == 0 ? Poll.ready(perPoll) : Poll.pending();
        }
    }

    @Test
    void consumeBudgetYieldsWhenItIsUsedUp() throws Exception {
        assertEquals(
                List.of(BUDGET, BUDGET, 44),
                inTask(() -> new Greedy(2 * BUDGET + 44, Coop::consumeBudget)));
    }

    @Test
    void cooperativeFutureCostsOneUnit() throws Exception {
        assertEquals(
                List.of(BUDGET, 72),
                inTask(() -> new Greedy(BUDGET + 72, () -> Coop.cooperative(Future.ready(1)))));
        assertEquals(List.of(1_000), inTask(() -> new Greedy(1_000, () -> Future.ready(1))));
    }

    /** A task that tries again and again what fails at once would never yield otherwise. */
    @Test
    void cooperativeFutureThatFailsCostsOneUnitToo() throws Exception {
        int failures = inTask(() -> Future.of(cx -> {
            int failed = 0;
            while (cx.hasBudgetRemaining() && failed < 1_000) {
                var future = Coop.cooperative(Future.<Integer>failed(new IOException("refused")));
                assertThrows(IOException.class, () -> future.poll(cx));
                failed++;
            }
            return Poll.ready(failed);
        }));
        assertEquals(BUDGET, failures);
    }

    @Test
    void pendingCooperativeFutureCostsNothing() throws Exception {
        boolean any = inTask(() -> Future.of(cx -> {
            for (int i = 0; i < 1_000; i++) {
                if (Coop.cooperative(Future.<Integer>pending()).poll(cx).isReady()) {
                    return Poll.ready(false);
                }
            }
            return Poll.ready(cx.hasBudgetRemaining());
        }));
        assertTrue(any);
    }

    @Test
    void unconstrainedFutureGoesOn() throws Exception {
        assertEquals(
                List.of(1_000),
                inTask(() -> Coop.unconstrained(new Greedy(1_000, Coop::consumeBudget))));
    }

    @Test
    void remainingBudgetIsKnown() throws Exception {
        assertTrue(Coop.hasBudgetRemaining());
        var seen = inTask(() -> Future.of(cx -> {
            var answers = new ArrayList<Boolean>();
            answers.add(Coop.hasBudgetRemaining() && cx.hasBudgetRemaining());
            for (int i = 0; i < BUDGET; i++) {
                Coop.consumeBudget().poll(cx);
            }
            answers.add(Coop.hasBudgetRemaining() || cx.hasBudgetRemaining());
            return Poll.ready(answers);
        }));
        assertEquals(List.of(true, false), seen);
    }

    /** Whoever asks without a context is told so, too; afterwards the task's budget counts again. */
    @Test
    void unconstrainedFutureHasBudgetRemaining() throws Exception {
        var seen = inTask(() -> Future.of(cx -> {
            for (int i = 0; i < BUDGET; i++) {
                Coop.consumeBudget().poll(cx);
            }
            var answers = new ArrayList<Boolean>();
            Future<Boolean> asks = Coop.unconstrained(Future.lazy(Coop::hasBudgetRemaining));
            Future<Boolean> asksInside = Coop.unconstrained(Coop.unconstrained(Future.lazy(Coop::hasBudgetRemaining))
                    .map(inner -> inner && Coop.hasBudgetRemaining()));
            for (var future : List.of(asks, asksInside)) {
                answers.add(future.poll(cx) instanceof Poll.Ready<Boolean> ready && ready.value());
            }
            answers.add(Coop.hasBudgetRemaining());
            return Poll.ready(answers);
        }));
        assertEquals(List.of(true, true, false), seen);
    }

    /** The thread is the code's own meanwhile; afterwards the task's budget counts again. */
    @Test
    void codeThatBlocksInPlaceHasBudgetRemaining() throws Exception {
        if (!setup.isMultiThread() || style == Style.DIRECT) {
            return;
        }
        var seen = inTask(() -> Future.of(cx -> {
            for (int i = 0; i < BUDGET; i++) {
                Coop.consumeBudget().poll(cx);
            }
            boolean inside = Edo.blockInPlace(Coop::hasBudgetRemaining);
            return Poll.ready(List.of(inside, Coop.hasBudgetRemaining()));
        }));
        assertEquals(List.of(true, false), seen);
    }

    /** It has a thread of its own, and nobody to make way for. */
    @Test
    void aBlockingJobHasNoBudgetToUseUp() throws Exception {
        boolean left = resultOf(handle.spawnBlocking(Coop::hasBudgetRemaining));
        assertTrue(left);
    }

    /** A branch that eats the whole budget each time; as the next poll begins with the other one, that gets some. */
    @Test
    void branchesOfAJoinHaveTheBudgetInTurn() throws Exception {
        var both = inTask(() -> Join.of(
                new Greedy(5 * BUDGET, Coop::consumeBudget), new Greedy(5, Coop::consumeBudget)));
        assertEquals(List.of(0, 5), both.second());
        assertEquals(5 * BUDGET, both.first().stream().mapToInt(Integer::intValue).sum());
        var all = inTask(() -> Join.tryAll(List.of(
                new Greedy(5 * BUDGET, Coop::consumeBudget), new Greedy(5, Coop::consumeBudget))));
        assertEquals(List.of(0, 5), all.getLast());
    }

    /** In direct style a used-up budget makes an await yield: another task of the only worker gets its turn. */
    @Test
    void directStyleYieldsInBetween() throws Exception {
        var other = new AtomicBoolean();
        int turns = inDirectTask(() -> {
            var task = Edo.spawn(() -> other.set(true));
            var loops = new AtomicInteger();
            while (!task.isFinished() && loops.incrementAndGet() < 1_000_000) {
                Coop.consumeBudget().await();
            }
            return loops.get();
        });
        assertTrue(other.get() && turns < 1_000_000, () -> "turns=" + turns);
    }

    @Test
    void theFutureOfBlockOnHasABudgetOnACurrentThreadRuntime() throws Exception {
        if (setup.isMultiThread() || style == Style.DIRECT) {
            return;
        }
        try (var own = setup.builder().build()) {
            assertEquals(List.of(BUDGET, 2), own.blockOn(new Greedy(BUDGET + 2, Coop::consumeBudget)));
            @Nullable Boolean left = own.blockOn(Future.of(cx -> Poll.ready(cx.hasBudgetRemaining())));
            assertEquals(Boolean.TRUE, left);
        }
    }
}
