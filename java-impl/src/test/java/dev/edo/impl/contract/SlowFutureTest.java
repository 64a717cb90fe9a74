package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.runtime.Trace;
import dev.edo.time.Instant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A future traces itself when it has taken long; the clock is virtual. */
class SlowFutureTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    /** Traces a future once, at the first poll after the limit. */
    private static final class Watched implements Future<Integer> {
        private final Future<Integer> future;
        private final List<String> traces;
        private @Nullable Instant start;
        private boolean alerted;

        private Watched(Future<Integer> future, List<String> traces) {
            this.future = future;
            this.traces = traces;
        }

        @Override
        public Poll<Integer> poll(Context cx) throws Exception {
            var began = start;
            if (began == null) {
                start = Instant.now();
            } else if (!alerted && Instant.now().durationSince(began).compareTo(LIMIT) > 0) {
                alerted = true;
                var captured = Trace.capture(future, cx);
                traces.add(captured.trace().toString());
                if (captured.result().isReady()) {
                    return captured.result();
                }
            }
            return future.poll(cx);
        }
    }

    /** Quick at first, and then slow, in a method each. */
    private static final class Work implements Future<Integer> {
        private @Nullable Future<@Nullable Void> step;
        private int steps;

        @Override
        public Poll<Integer> poll(Context cx) throws Exception {
            while (steps < 102) {
                var next = step;
                if (next == null) {
                    next = switch (steps) {
                        case 0 -> Edo.yieldNow();
                        case 1 -> Edo.sleep(Duration.ofMillis(1));
                        default -> Edo.sleep(Duration.ofMillis(10));
                    };
                    step = next;
                }
                if (!(steps < 2 ? pollQuickly(next, cx) : pollSlowly(next, cx)).isReady()) {
                    return Poll.pending();
                }
                step = null;
                steps++;
            }
            return Poll.ready(steps);
        }

        private static Poll<?> pollQuickly(Future<?> step, Context cx) throws Exception {
            return step.poll(cx);
        }

        private static Poll<?> pollSlowly(Future<?> step, Context cx) throws Exception {
            return step.poll(cx);
        }
    }

    /** Two of them, one around the other: both find the limit exceeded in the same poll, and the inner one traces. */
    @Test
    void aFutureThatTracesItselfTellsWhereItIsSlow() throws Exception {
        var inner = new ArrayList<String>();
        var outer = new ArrayList<String>();
        try (var runtime = Setup.CURRENT_THREAD.builder().startPaused(true).build()) {
            int steps = Eventually.returns("the work", () -> runtime.blockOn(
                    runtime.spawn(new Watched(new Watched(new Work(), inner), outer))));
            assertEquals(102, steps);
        }
        assertEquals(1, inner.size());
        assertEquals(1, outer.size());
        var trace = inner.getFirst();
        assertTrue(trace.contains("Work.pollSlowly(SlowFutureTest.java:"), trace);
        assertTrue(trace.contains("Sleep"), trace);
        assertFalse(trace.contains("pollQuickly"), trace);
    }
}
