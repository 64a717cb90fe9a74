package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.edo.impl.scheduler.FastRand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The seed of a runtime decides its random choices. */
class RngSeedTest {
    private static List<Integer> draws(long seed) {
        var rand = new FastRand(seed);
        var drawn = new ArrayList<Integer>();
        for (int i = 0; i < 64; i++) {
            drawn.add(rand.below(1_000));
        }
        return drawn;
    }

    @Test
    void sameSeedGivesTheSameChoices() {
        assertEquals(draws(42), draws(42));
        assertNotEquals(draws(42), draws(43));
        assertNotEquals(draws(0), draws(1));
    }

    @Test
    void choicesStayInRangeAndReachAllOfIt() {
        var rand = new FastRand(7);
        var seen = new boolean[5];
        for (int i = 0; i < 1_000; i++) {
            seen[rand.below(5)] = true;
        }
        for (int i = 0; i < seen.length; i++) {
            assertEquals(true, seen[i], "choice " + i);
        }
    }

    @Test
    void everySeedBuildsARuntimeThatRuns() throws Exception {
        for (long seed : new long[] {0, -1, Long.MIN_VALUE, 42}) {
            var builder = new BuilderImpl();
            builder.workerThreads(2).rngSeed(seed);
            try (var runtime = builder.build()) {
                assertEquals(1, runtime.blockOn(runtime.spawn(() -> 1)));
            }
        }
    }
}
