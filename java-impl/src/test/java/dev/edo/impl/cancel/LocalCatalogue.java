package dev.edo.impl.cancel;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Gate;
import dev.edo.runtime.Handle;
import dev.edo.sync.Semaphore;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalSet;
import dev.edo.task.TaskTracker;
import java.util.concurrent.Callable;

/**
 * Sets of tasks that stay on one thread, and run only while somebody drives the set. A set has one waker, for all who
 * drive it: who gives up leaves it there, since another one may have registered the same.
 */
final class LocalCatalogue extends Catalogue {
    private final RuntimeWorld world;

    LocalCatalogue(RuntimeWorld world) {
        this.world = world;
        driving();
        future("LocalSpawner.spawnLocal(Future)", LocalSet::spawnLocal);
        future("Edo.spawnLocal(Future)", (set, gate) -> Edo.spawnLocal(gate));
        future("TaskBuilder.spawnLocal(Future)", (set, gate) -> Handle.current().task().spawnLocal(gate));
        body("LocalSpawner.spawnLocal(Callable)", (set, body) -> set.spawnLocal(body));
        body("Edo.spawnLocal(Callable)", (set, body) -> Edo.spawnLocal(body));
        body("TaskBuilder.spawnLocal(Callable)", (set, body) -> Handle.current().task().spawnLocal(body));
        body("LocalSpawner.spawnLocal(Action)", (set, body) -> set.spawnLocal((Action) body::call));
        body("Edo.spawnLocal(Action)", (set, body) -> Edo.spawnLocal((Action) body::call));
        body("TaskBuilder.spawnLocal(Action)", (set, body) -> Handle.current().task().spawnLocal((Action) body::call));
        tracked();
    }

    private void tracked() {
        future("TaskTracker.spawnLocal(Future)", (set, gate) -> new TaskTracker().spawnLocal(gate));
        future("TaskTracker.spawnLocalOn(LocalSpawner, Future)", (set, gate) -> new TaskTracker().spawnLocalOn(set, gate));
        body("TaskTracker.spawnLocal(Callable)", (set, body) -> new TaskTracker().spawnLocal(body));
        body("TaskTracker.spawnLocalOn(LocalSpawner, Callable)", (set, body) -> new TaskTracker().spawnLocalOn(set, body));
        body("TaskTracker.spawnLocal(Action)", (set, body) -> new TaskTracker().spawnLocal((Action) body::call));
        body("TaskTracker.spawnLocalOn(LocalSpawner, Action)",
                (set, body) -> new TaskTracker().spawnLocalOn(set, (Action) body::call));
    }

    /** Tasks go on when the next one drives the set. */
    private void driving() {
        add("LocalSet.runUntil(Future)", () -> {
            var set = LocalSet.create();
            var gate = new Gate<String>();
            var task = set.spawnLocal((Future<String>) gate);
            var semaphore = new Semaphore(0);
            return Scenario.of(set.runUntil(semaphore.acquire())).leavesItsWaker()
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                        gate.open("done");
                        expect("result", "done", soon("the task's end", set.runUntil(task)));
                    })
                    .finallyDo(set::close);
        });
        add("LocalSet.runAll()", () -> {
            var set = LocalSet.create();
            var gate = new Gate<String>();
            var task = set.spawnLocal((Future<String>) gate);
            return Scenario.of(set.runAll()).leavesItsWaker()
                    .wokenBy(() -> gate.open("done"))
                    .losesNothing(outcome -> {
                        gate.open("done");
                        soon("all", set.runAll());
                        expect("finished", true, task.isFinished());
                    })
                    .finallyDo(set::close);
        });
    }

    /** Spawns something into a set that was entered. */
    @FunctionalInterface
    private interface Spawn<F> {
        JoinHandle<?> into(LocalSet set, F what) throws Exception;
    }

    private void future(String method, Spawn<Future<String>> spawn) {
        add(method, () -> {
            var set = LocalSet.create();
            var gate = new Gate<String>();
            return waiting(set, spawned(set, spawn, gate), gate);
        });
    }

    private void body(String method, Spawn<Callable<String>> spawn) {
        add(method, () -> {
            var set = LocalSet.create();
            var gate = new Gate<String>();
            return waiting(set, spawned(set, spawn, gate::await), gate);
        });
    }

    private <F> JoinHandle<?> spawned(LocalSet set, Spawn<F> spawn, F what) throws Exception {
        return world.inWorking(() -> {
            try (var _ = set.enter()) {
                return spawn.into(set, what);
            }
        });
    }

    private static Scenario waiting(LocalSet set, JoinHandle<?> task, Gate<String> gate) {
        return Scenario.of(set.runUntil(task))
                .lasting()
                .leavesItsWaker()
                .wokenBy(() -> gate.open("done"))
                .losesNothing(outcome -> {
                    gate.open("done");
                    if (!outcome.completed()) {
                        soon("the task's end", set.runUntil(task));
                    }
                    expect("finished", true, task.isFinished());
                    expect("cancelled", 0, gate.cancels());
                })
                .finallyDo(set::close);
    }
}
