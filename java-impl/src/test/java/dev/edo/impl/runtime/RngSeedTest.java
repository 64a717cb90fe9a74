package dev.edo.impl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Poll;
import dev.edo.future.Select;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.scheduler.FastRand;
import dev.edo.runtime.EdoRuntime;
import dev.edo.stream.Stream;
import dev.edo.stream.StreamMap;
import dev.edo.task.Coop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The seed of a runtime decides its random choices. */
@Timeout(60)
class RngSeedTest {
    /** What chooses at random, each way to a different one of the contexts that a poll may have. */
    private static final Map<String, Supplier<Future<List<Integer>>>> CHOICES = new LinkedHashMap<>();

    static {
        CHOICES.put("selects", RngSeedTest::winners);
        CHOICES.put("selects without a budget", () -> Coop.unconstrained(winners()));
        CHOICES.put("selects inside a wide select", () -> Select.any(wide()).map(won -> won.value()));
        CHOICES.put("selects inside a wide join", () -> {
            var branches = wide();
            branches.subList(1, branches.size()).replaceAll(_ -> Future.ready(List.of()));
            return Join.all(branches).map(all -> all.getFirst());
        });
        CHOICES.put("selects inside a stream map", () -> {
            var map = new StreamMap<Integer, List<Integer>>();
            map.insert(0, Stream.once(0).then(_ -> winners()));
            return map.toList().map(entries -> entries.getFirst().element());
        });
        CHOICES.put("a stream map", () -> {
            var map = new StreamMap<Integer, Integer>();
            for (int i = 0; i < 64; i++) {
                map.insert(i, Stream.once(i));
            }
            return map.map(StreamMap.Entry::element).toList();
        });
    }

    private static List<Future<List<Integer>>> wide() {
        var branches = new ArrayList<Future<List<Integer>>>(Collections.nCopies(100, Future.pending()));
        branches.set(0, winners());
        return branches;
    }

    /** The branches that 64 selects of ten begin with. */
    private static Future<List<Integer>> winners() {
        return cx -> {
            var winners = new ArrayList<Integer>();
            for (int i = 0; i < 64; i++) {
                var ten = new ArrayList<Future<Integer>>();
                for (int branch = 0; branch < 10; branch++) {
                    ten.add(Future.ready(branch));
                }
                if (Select.any(ten).poll(cx) instanceof Poll.Ready(var won)) {
                    winners.add(won.index());
                }
            }
            return Poll.ready(winners);
        };
    }

    /** Where it may happen: in each place twice, since the numbers go on. */
    private static List<List<Integer>> chooseEverywhere(
            EdoRuntime runtime, Supplier<Future<List<Integer>>> choice) throws Exception {
        var chosen = new ArrayList<List<Integer>>();
        for (int i = 0; i < 2; i++) {
            chosen.add(runtime.blockOn(choice.get()));
            chosen.add(runtime.blockOn(() -> choice.get().await()));
            chosen.add(runtime.blockOn(runtime.spawn(choice.get())));
            chosen.add(runtime.blockOn(runtime.spawn(() -> choice.get().await())));
            chosen.add(runtime.blockOn(runtime.spawnBlocking(() -> choice.get().await())));
        }
        return chosen;
    }

    private static List<List<Integer>> chosen(Setup setup, long seed, Supplier<Future<List<Integer>>> choice)
            throws Exception {
        try (var runtime = setup.builder().rngSeed(seed).build()) {
            return chooseEverywhere(runtime, choice);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CURRENT_THREAD", "ONE_WORKER"})
    void whatIsPolledInARuntimeChoosesAsItsSeedSays(Setup setup) throws Exception {
        for (var choice : CHOICES.entrySet()) {
            var first = chosen(setup, 42, choice.getValue());
            assertEquals(first, chosen(setup, 42, choice.getValue()), choice.getKey());
            var other = chosen(setup, 43, choice.getValue());
            for (int i = 0; i < first.size(); i++) {
                assertNotEquals(first.get(i), other.get(i), choice.getKey() + ", place " + i);
                assertEquals(64, first.get(i).size());
            }
            assertEquals(first.size(), first.stream().distinct().count(), "the numbers go on: " + choice.getKey());
        }
    }

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
