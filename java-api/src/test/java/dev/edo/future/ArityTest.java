package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.Edo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every number of branches, through the facade: the right value in the right place. */
class ArityTest {
    private static final List<String> NAMES = List.of("First", "Second", "Third", "Fourth", "Fifth", "Sixth");

    private static final List<Function<List<Future<Integer>>, Future<?>>> SELECTS = List.of(
            f -> Edo.select(f.get(0), f.get(1)),
            f -> Edo.select(f.get(0), f.get(1), f.get(2)),
            f -> Edo.select(f.get(0), f.get(1), f.get(2), f.get(3)),
            f -> Edo.select(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4)),
            f -> Edo.select(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), f.get(5)));

    private static final List<Function<List<Future<Integer>>, Future<?>>> BIASED = List.of(
            f -> Edo.select(f.get(0), f.get(1)).biased(),
            f -> Edo.select(f.get(0), f.get(1), f.get(2)).biased(),
            f -> Edo.select(f.get(0), f.get(1), f.get(2), f.get(3)).biased(),
            f -> Edo.select(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4)).biased(),
            f -> Edo.select(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), f.get(5)).biased());

    private static final List<Function<List<Future<Integer>>, Future<?>>> JOINS = List.of(
            f -> Edo.join(f.get(0), f.get(1)),
            f -> Edo.join(f.get(0), f.get(1), f.get(2)),
            f -> Edo.join(f.get(0), f.get(1), f.get(2), f.get(3)),
            f -> Edo.join(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4)),
            f -> Edo.join(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), f.get(5)));

    private static final List<Function<List<Future<Integer>>, Future<?>>> TRY_JOINS = List.of(
            f -> Edo.tryJoin(f.get(0), f.get(1)),
            f -> Edo.tryJoin(f.get(0), f.get(1), f.get(2)),
            f -> Edo.tryJoin(f.get(0), f.get(1), f.get(2), f.get(3)),
            f -> Edo.tryJoin(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4)),
            f -> Edo.tryJoin(f.get(0), f.get(1), f.get(2), f.get(3), f.get(4), f.get(5)));

    private final Context cx = new CountingWaker().context();

    @Test
    void whichever_branch_is_ready_wins_under_its_name() throws Exception {
        for (int n = 2; n <= 6; n++) {
            for (int ready = 0; ready < n; ready++) {
                var branches = new ArrayList<Future<Integer>>();
                for (int i = 0; i < n; i++) {
                    branches.add(i == ready ? Future.ready(i) : Future.pending());
                }
                var poll = SELECTS.get(n - 2).apply(branches).poll(cx);
                assertEquals(NAMES.get(ready) + "[value=" + ready + "]", value(poll));
            }
        }
    }

    @Test
    void biased_prefers_the_first_of_those_that_are_ready() throws Exception {
        for (int n = 2; n <= 6; n++) {
            var branches = new ArrayList<Future<Integer>>();
            branches.add(Future.pending());
            for (int i = 1; i < n; i++) {
                branches.add(Future.ready(i));
            }
            assertEquals("Second[value=1]", value(BIASED.get(n - 2).apply(branches).poll(cx)));
        }
    }

    @Test
    void joins_put_each_value_under_its_name() throws Exception {
        for (var joins : List.of(JOINS, TRY_JOINS)) {
            for (int n = 2; n <= 6; n++) {
                var branches = new ArrayList<Future<Integer>>();
                var expected = new ArrayList<String>();
                for (int i = 0; i < n; i++) {
                    branches.add(Future.ready(i));
                    expected.add(NAMES.get(i).toLowerCase(java.util.Locale.ROOT) + "=" + i);
                }
                var poll = joins.get(n - 2).apply(branches).poll(cx);
                assertEquals("Joined" + n + expected, value(poll));
            }
        }
    }

    private static String value(Poll<?> poll) {
        return String.valueOf(((Poll.Ready<?>) poll).value());
    }
}
