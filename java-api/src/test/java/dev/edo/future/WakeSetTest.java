package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.internal.OwnedWaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins and selects of so many branches that only those that were woken are polled. */
class WakeSetTest {
    private static final int BRANCHES = 130; // three words, the last one not full

    private final CountingWaker waker = new CountingWaker();
    private final Context cx = waker.context();
    private final List<Integer> polled = new ArrayList<>();

    /** A branch that stays pending until it is told otherwise, and lets the test wake it. */
    private final class Sleeper implements Future<Integer> {
        private final int index;
        private @Nullable Context context;
        private @Nullable Waker waker;
        private Runnable inPoll = () -> {};
        private boolean ready;

        Sleeper(int index) {
            this.index = index;
        }

        @Override
        public Poll<Integer> poll(Context cx) {
            polled.add(index);
            context = cx;
            waker = cx.waker();
            inPoll.run();
            return ready ? Poll.ready(index) : Poll.pending();
        }

        void wake() {
            waker.wake();
        }
    }

    private final List<Sleeper> sleepers = IntStream.range(0, BRANCHES).mapToObj(Sleeper::new).toList();

    private List<Integer> polledBy(Future<?> future, Context context) throws Exception {
        polled.clear();
        assertFalse(future.poll(context).isReady());
        return polled.stream().sorted().toList();
    }

    private static final List<Integer> ALL = IntStream.range(0, BRANCHES).boxed().toList();

    @Test
    void the_first_poll_polls_all_and_later_ones_only_who_was_woken() throws Exception {
        for (Future<?> future : List.of(Join.all(sleepers), Join.tryAll(sleepers), Select.any(sleepers))) {
            assertEquals(ALL, polledBy(future, cx));
            assertEquals(List.of(), polledBy(future, cx));
            for (int i : new int[] {0, 63, 64, 127, 128, 129}) {
                sleepers.get(i).wake();
            }
            assertEquals(List.of(0, 63, 64, 127, 128, 129), polledBy(future, cx));
            assertEquals(List.of(), polledBy(future, cx));
        }
    }

    @Test
    void a_branch_woken_twice_wakes_the_whole_once() throws Exception {
        var join = Join.all(sleepers);
        assertEquals(ALL, polledBy(join, cx));
        sleepers.get(70).wake();
        sleepers.get(70).wake();
        assertEquals(1, waker.wakes());
        assertEquals(List.of(70), polledBy(join, cx));
        sleepers.get(70).wake();
        assertEquals(2, waker.wakes());
    }

    @Test
    void whoever_polled_last_is_woken() throws Exception {
        var join = Join.all(sleepers);
        assertEquals(ALL, polledBy(join, cx));
        var later = new CountingWaker();
        assertEquals(List.of(), polledBy(join, later.context()));
        sleepers.get(5).wake();
        assertEquals(0, waker.wakes());
        assertEquals(1, later.wakes());
    }

    /**
     * The race: a branch is woken after the poll took its bit and before the poll returned pending.
     * Its turn in this poll may be over, so the whole must be woken and the branch polled in the
     * next poll, not endlessly in this one.
     */
    @Test
    void a_branch_woken_during_the_poll_has_its_turn_in_the_next() throws Exception {
        var join = Join.all(sleepers);
        sleepers.get(3).inPoll = () -> sleepers.get(3).wake();
        sleepers.get(100).inPoll = () -> sleepers.get(2).wake();
        assertEquals(ALL, polledBy(join, cx));
        assertEquals(2, waker.wakes());
        sleepers.get(3).inPoll = () -> {};
        assertEquals(List.of(2, 3), polledBy(join, cx));
        assertEquals(List.of(), polledBy(join, cx));
    }

    @Test
    void a_join_begins_one_branch_further_each_time() throws Exception {
        var join = Join.all(sleepers);
        for (int first = 0; first < 3; first++) {
            polledBy(join, cx);
            assertEquals(first, polled.getFirst());
            sleepers.forEach(Sleeper::wake);
        }
    }

    @Test
    void a_join_completes_when_the_last_branch_does() throws Exception {
        var join = Join.all(sleepers);
        assertEquals(ALL, polledBy(join, cx));
        for (int i = BRANCHES - 1; i > 0; i--) {
            sleepers.get(i).ready = true;
            sleepers.get(i).wake();
            assertEquals(List.of(i), polledBy(join, cx));
        }
        sleepers.getFirst().ready = true;
        sleepers.getFirst().wake();
        assertEquals(Poll.ready(ALL), join.poll(cx));
        int wakes = waker.wakes();
        sleepers.getLast().wake();
        sleepers.get(1).wake();
        assertEquals(wakes, waker.wakes(), "nobody is woken after the end");
        assertThrows(IllegalStateException.class, () -> join.poll(cx));
    }

    /** A context that lets a number of polls proceed. */
    private final class Budget implements Context {
        private int left;
        private int refusals;

        @Override
        public Waker waker() {
            return waker;
        }

        @Override
        public boolean pollProceed() {
            if (left == 0) {
                refusals++;
                return false;
            }
            return true;
        }

        @Override
        public void madeProgress() {
            left--;
        }
    }

    @Test
    void a_branch_that_the_budget_stopped_is_polled_again_without_being_woken() throws Exception {
        var stages = new ArrayList<Future<Integer>>();
        for (int i = 0; i < BRANCHES; i++) {
            stages.add(Future.from(CompletableFuture.completedFuture(i)));
        }
        var join = Join.all(stages);
        var budget = new Budget();
        for (int turn = 0; turn < 12; turn++) {
            budget.left = 10;
            assertFalse(join.poll(budget).isReady());
            assertEquals(0, budget.left);
        }
        assertTrue(budget.refusals > 0);
        budget.left = 10;
        assertEquals(Poll.ready(ALL), join.poll(budget));
    }

    @Test
    void a_context_kept_beyond_its_poll_is_of_no_use() throws Exception {
        var join = Join.all(sleepers);
        assertEquals(ALL, polledBy(join, cx));
        assertThrows(IllegalStateException.class, () -> sleepers.getFirst().context.pollProceed());
    }

    @Test
    void a_select_begins_anywhere_about_equally_often_and_biased_at_the_first() throws Exception {
        int rounds = 4_000;
        int quarters = 4;
        int[] wins = new int[quarters];
        var branches = new ArrayList<Future<Integer>>();
        for (int round = 0; round < rounds; round++) {
            branches.clear();
            for (int i = 0; i < 128; i++) {
                branches.add(Future.ready(i));
            }
            var won = ((Poll.Ready<Selected<Integer>>) Select.any(branches).poll(cx)).value();
            assertEquals(won.index(), won.value());
            wins[won.index() * quarters / 128]++;
        }
        double bound = 10 * Math.sqrt(rounds * 0.25 * 0.75); // ten standard deviations
        for (int count : wins) {
            assertTrue(Math.abs(count - rounds / quarters) < bound, Arrays.toString(wins));
        }
        sleepers.get(70).ready = true;
        sleepers.get(90).ready = true;
        assertEquals(Poll.ready(new Selected<>(70, 70)), Select.any(sleepers).biased().poll(cx));
    }

    @Test
    void cancel_reaches_every_branch_that_has_not_ended() throws Exception {
        var scripts = new ArrayList<Script<?>>();
        for (int i = 0; i < BRANCHES; i++) {
            scripts.add(i % 2 == 0 ? Script.completes(1, "x") : Script.never());
        }
        var join = Join.all(scripts);
        assertFalse(join.poll(cx).isReady());
        join.cancel();
        join.cancel();
        for (var script : scripts) {
            assertEquals(script.ended() ? 0 : 1, script.cancels());
        }
    }

    /** Of a task that calls, or does not. */
    private static final class TasksWaker implements OwnedWaker {
        private boolean calls;

        @Override
        public boolean isCallers() {
            return calls;
        }

        @Override
        public void wake() {}
    }

    /** Who gives a wait up asks whether the waker that it finds is somebody else's. */
    @Test
    void a_branch_wakes_whoever_polled_the_whole_and_nobody_after_its_end() throws Exception {
        var task = new TasksWaker();
        var join = Join.all(sleepers);
        assertEquals(ALL, polledBy(join, Context.of(task)));
        var branch = Objects.requireNonNull(sleepers.get(70).waker);
        assertTrue(OwnedWaker.isSomebodyElses(branch));
        task.calls = true;
        assertFalse(OwnedWaker.isSomebodyElses(branch));
        task.calls = false;
        join.cancel();
        assertFalse(OwnedWaker.isSomebodyElses(branch));
    }

    /** Two threads complete the branches while a third one polls: no wake-up may be lost. */
    @Test
    void no_wake_up_is_lost_against_completing_threads() throws Exception {
        for (int round = 0; round < 300; round++) {
            var stages = IntStream.range(0, BRANCHES)
                    .mapToObj(i -> new CompletableFuture<Integer>())
                    .toList();
            var join = Join.all(stages.stream().map(Future::from).toList());
            var woken = new Semaphore(0);
            var context = Context.of(woken::release);
            var threads = List.of(
                    Thread.ofPlatform().start(() -> {
                        for (int i = 0; i < BRANCHES; i += 2) {
                            stages.get(i).complete(i);
                        }
                    }),
                    Thread.ofPlatform().start(() -> {
                        for (int i = BRANCHES - 1; i > 0; i -= 2) {
                            stages.get(i).complete(i);
                        }
                    }));
            Poll<List<Integer>> poll;
            while (!(poll = join.poll(context)).isReady()) {
                assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "lost wake-up in round " + round);
                woken.drainPermits();
            }
            assertEquals(Poll.ready(ALL), poll);
            for (var thread : threads) {
                thread.join();
            }
        }
    }
}
