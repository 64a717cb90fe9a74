package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.future.Join;
import dev.edo.future.Select;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/** Futures made of futures: each waits for permits, which must all be back in the end. */
final class CombinatorCatalogue extends Catalogue {
    /** More branches than that are polled only when woken. */
    private static final int MANY_BRANCHES = 40;

    CombinatorCatalogue() {
        chains();
        selects();
        joins();
        bridges();
    }

    static <T> Future<T> returning(Future<SemaphorePermit> permit, T value) {
        return permit.map(held -> {
            held.close();
            return value;
        });
    }

    static Scenario conserving(Semaphore semaphore, Future<?> future) {
        return Scenario.of(future).wokenBy(() -> semaphore.addPermits(1)).losesNothing(outcome -> {
            outcome.closeValue();
            expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
        });
    }

    private void chains() {
        add("Future.map(Function)", () -> {
            var semaphore = new Semaphore(0);
            return conserving(semaphore, returning(semaphore.acquire(), "done"));
        });
        add("Future.then(Function)", () -> {
            var semaphore = new Semaphore(0);
            var second = new Semaphore(0);
            return Scenario.of(returning(semaphore.acquire(), "first").then(first -> second.acquire()))
                    .wokenAt(point -> (point == 1 ? semaphore : second).addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", (long) outcome.provoked(),
                                semaphore.availablePermits() + second.availablePermits());
                    });
        });
        add("Future.of(Future)", () -> {
            var semaphore = new Semaphore(0);
            return conserving(semaphore, Future.of(semaphore.acquire()));
        });
    }

    private void selects() {
        add("Select.of(Future, Future): one of two", () -> {
            var semaphore = new Semaphore(0);
            var never = new Semaphore(0);
            return conserving(semaphore,
                    Select.of(returning(never.acquire(), "never"), returning(semaphore.acquire(), "done")));
        });
        add("Select.of(Future, Future): both at the same semaphore", () -> {
            var semaphore = new Semaphore(0);
            return conserving(semaphore,
                    Select.of(returning(semaphore.acquire(), 1), returning(semaphore.acquire(), 2)));
        });
        add("Select.any(List): of many", () -> {
            var semaphore = new Semaphore(0);
            var branches = new ArrayList<Future<Integer>>();
            for (int i = 0; i < MANY_BRANCHES; i++) {
                branches.add(returning(semaphore.acquire(), i));
            }
            return conserving(semaphore, Select.any(branches));
        });
    }

    private void joins() {
        add("Join.of(Future, Future, Future): of one semaphore", () -> {
            var semaphore = new Semaphore(0);
            return conserving(semaphore, Join.of(returning(semaphore.acquire(), 1),
                    returning(semaphore.acquireMany(2), 2), returning(semaphore.acquire(), 3)));
        });
        add("Join.tryAll(List): of many", () -> {
            var semaphore = new Semaphore(0);
            var branches = new ArrayList<Future<Integer>>();
            for (int i = 0; i < MANY_BRANCHES; i++) {
                branches.add(returning(semaphore.acquire(), i));
            }
            return conserving(semaphore, Join.tryAll(branches));
        });
        add("Join.of(Future, Future): inside a select", () -> {
            var semaphore = new Semaphore(0);
            return conserving(semaphore, Select.of(
                    Join.of(returning(semaphore.acquire(), 1), returning(semaphore.acquire(), 2)),
                    returning(semaphore.acquireMany(5), 5)).biased());
        });
    }

    private void bridges() {
        add("Future.from(CompletionStage)", () -> {
            var stage = new CompletableFuture<Integer>();
            return Scenario.of(Future.from(stage)).wokenBy(() -> stage.complete(1)).losesNothing(outcome -> {
                expect("done or cancelled", outcome.completed() || outcome.provoked() == 1 || stage.isCancelled(),
                        true);
            });
        });
    }
}
