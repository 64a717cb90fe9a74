package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * More tasks are runnable at any time than a local queue holds, and each is woken again after the drivers were looked
 * at, like a connection whose peer answers at once. The oldest overflow into the inject queue. They must not starve
 * there while the local queue is refilled with those that ran a moment ago.
 *
 * <p>With one thread only: of two workers one may lose its processor for longer than all of this takes, and the
 * tasks in its queue with it.
 */
class OverloadFairnessTest {
    private static final int TASKS = 1_000;
    private static final int TURNS_EACH = 300;

    private final AtomicLong turns = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final int[] turnsOf = new int[TASKS];

    /** Takes turns until told to stop. */
    private final class Connection implements Future<@Nullable Void> {
        private final int number;
        private @Nullable Future<@Nullable Void> yielding;

        Connection(int number) {
            this.number = number;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            var waiting = yielding;
            if (waiting != null && !waiting.poll(cx).isReady()) {
                return Poll.pending();
            }
            if (stop.get()) {
                return Poll.ready();
            }
            if (turns.incrementAndGet() <= (long) TASKS * TURNS_EACH) {
                turnsOf[number]++;
            }
            waiting = Edo.yieldNow();
            yielding = waiting;
            return waiting.poll(cx);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CURRENT_THREAD", "ONE_WORKER"})
    void nobodyWaitsForOthersToGoManyTimes(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var tasks = new ArrayList<JoinHandle<@Nullable Void>>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(running.handle().spawn(new Connection(i)));
            }
            Eventually.until("all turns were taken", () -> turns.get() >= (long) TASKS * TURNS_EACH);
            stop.set(true);
            for (var task : tasks) {
                Eventually.returns("a task", task::await);
            }
        }
        int fewest = Arrays.stream(turnsOf).min().orElseThrow();
        assertTrue(fewest >= TURNS_EACH / 3, "one task had " + fewest + " turns, the mean is " + TURNS_EACH);
    }
}
