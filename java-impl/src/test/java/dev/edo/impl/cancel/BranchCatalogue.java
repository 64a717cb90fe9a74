package dev.edo.impl.cancel;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.sync.Semaphore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Selects and joins of any number of branches, each of which waits for a permit and gives it back. */
final class BranchCatalogue extends Catalogue {
    private static final String BRANCH = "Future";

    BranchCatalogue() {
        ofAll("Select.of", b -> Select.of(b.get(0), b.get(1)), b -> Select.of(b.get(0), b.get(1), b.get(2)),
                b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3)),
                b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)),
                b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)));
        ofAll("Edo.select", b -> Edo.select(b.get(0), b.get(1)), b -> Edo.select(b.get(0), b.get(1), b.get(2)),
                b -> Edo.select(b.get(0), b.get(1), b.get(2), b.get(3)),
                b -> Edo.select(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)),
                b -> Edo.select(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)));
        ofAll("Join.of", b -> Join.of(b.get(0), b.get(1)), b -> Join.of(b.get(0), b.get(1), b.get(2)),
                b -> Join.of(b.get(0), b.get(1), b.get(2), b.get(3)),
                b -> Join.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)),
                b -> Join.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)));
        ofAll("Edo.join", b -> Edo.join(b.get(0), b.get(1)), b -> Edo.join(b.get(0), b.get(1), b.get(2)),
                b -> Edo.join(b.get(0), b.get(1), b.get(2), b.get(3)),
                b -> Edo.join(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)),
                b -> Edo.join(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)));
        ofAll("Join.tryOf", b -> Join.tryOf(b.get(0), b.get(1)), b -> Join.tryOf(b.get(0), b.get(1), b.get(2)),
                b -> Join.tryOf(b.get(0), b.get(1), b.get(2), b.get(3)),
                b -> Join.tryOf(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)),
                b -> Join.tryOf(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)));
        ofAll("Edo.tryJoin", b -> Edo.tryJoin(b.get(0), b.get(1)), b -> Edo.tryJoin(b.get(0), b.get(1), b.get(2)),
                b -> Edo.tryJoin(b.get(0), b.get(1), b.get(2), b.get(3)),
                b -> Edo.tryJoin(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)),
                b -> Edo.tryJoin(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)));
        biased();
        elses();
        lists();
        choices();
    }

    @SafeVarargs
    private void ofAll(String method, Function<List<Future<Integer>>, Future<?>>... fromTwoOn) {
        for (int i = 0; i < fromTwoOn.length; i++) {
            int branches = i + 2;
            var parameters = String.join(", ", Collections.nCopies(branches, BRANCH));
            of(method + "(" + parameters + ")", branches, fromTwoOn[i]);
        }
    }

    private void of(String method, int branches, Function<List<Future<Integer>>, Future<?>> made) {
        add(method, () -> {
            var semaphore = new Semaphore(0);
            return CombinatorCatalogue.conserving(semaphore, made.apply(branches(semaphore, branches)));
        });
    }

    private static List<Future<Integer>> branches(Semaphore semaphore, int count) {
        var branches = new ArrayList<Future<Integer>>();
        for (int i = 0; i < count; i++) {
            branches.add(CombinatorCatalogue.returning(semaphore.acquire(), i));
        }
        return branches;
    }

    private void biased() {
        of("Select2.biased()", 2, b -> Select.of(b.get(0), b.get(1)).biased());
        of("Select3.biased()", 3, b -> Select.of(b.get(0), b.get(1), b.get(2)).biased());
        of("Select4.biased()", 4, b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3)).biased());
        of("Select5.biased()", 5, b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)).biased());
        of("Select6.biased()", 6,
                b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)).biased());
        of("SelectList.biased()", 40, b -> Select.any(b).biased());
        of("JoinFuture.biased()", 3, b -> Join.of(b.get(0), b.get(1), b.get(2)).biased());
    }

    /** Selects whose branches all turn out not to match. */
    private void elses() {
        unmatched("Select2", 2, b -> Select.of(b.get(0), b.get(1)).biased().orElse(null));
        unmatched("Select3", 3, b -> Select.of(b.get(0), b.get(1), b.get(2)).biased().orElse(null));
        unmatched("Select4", 4, b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3)).biased().orElse(null));
        unmatched("Select5", 5,
                b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4)).biased().orElse(null));
        unmatched("Select6", 6,
                b -> Select.of(b.get(0), b.get(1), b.get(2), b.get(3), b.get(4), b.get(5)).biased().orElse(null));
        unmatched("SelectList", 40, b -> Select.any(b).biased().orElse(null));
    }

    private void unmatched(String type, int branches, Function<List<Future<Integer>>, Future<?>> made) {
        of(type + ".orElse(Object)", branches, b -> {
            var unmatched = new ArrayList<Future<Integer>>();
            b.forEach(branch -> unmatched.add(Select.matching(branch, n -> false)));
            return made.apply(unmatched);
        });
    }

    private void lists() {
        of("Select.any(List)", 2, Select::any);
        of("Join.all(List)", 3, Join::all);
        of("Join.all(List): of many", 40, Join::all);
        of("Join.tryAll(List)", 3, Join::tryAll);
    }

    private void choices() {
        of("Select.when(boolean, Future)", 3, b -> Select.of(
                Select.when(true, b.get(0)), Select.when(false, b.get(1)), b.get(2)));
        of("Select.when(boolean, Supplier)", 3, b -> Select.of(
                Select.when(true, () -> b.get(0)), Select.when(false, () -> b.get(1)), b.get(2)));
        of("Select.matching(Future, Predicate)", 2,
                b -> Select.of(Select.matching(b.get(0), n -> n == 7), Select.matching(b.get(1), n -> n == 1)).biased());
        of("Future.pending()", 1, b -> Select.of(Future.<Integer>pending(), b.get(0)));
        add("Select.keep(Future)", () -> {
            var semaphore = new Semaphore(0);
            var kept = semaphore.acquire();
            var other = CombinatorCatalogue.returning(semaphore.acquire(), 1);
            return Scenario.of(Select.of(Select.keep(kept), other).biased())
                    .leavesItsWaker()
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        if (!outcome.completed()) {
                            semaphore.addPermits(1);
                            now("the permit that was waited for", kept).close();
                            semaphore.forgetPermits(1);
                        } else if (outcome.value() instanceof Selected2.First<?, ?>(
                                AutoCloseable permit)) {
                            permit.close();
                        }
                        expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                    });
        });
        add("Future.ready(Object)", () -> Scenario.of(Future.ready("value")).losesNothing(
                outcome -> expect("value", outcome.completed() ? "value" : null, outcome.value())));
        add("Future.failed(Throwable)", () -> Scenario.of(Future.failed(new IllegalStateException("failed")))
                .failingWith(IllegalStateException.class)
                .losesNothing(outcome -> expect("failure", outcome.completed(), outcome.value() != null)));
        add("Future.lazy(Callable)", () -> {
            var calls = new int[1];
            return Scenario.of(Future.lazy(() -> calls[0]++)).losesNothing(
                    outcome -> expect("calls", outcome.one(), calls[0]));
        });
    }
}
