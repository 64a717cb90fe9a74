package dev.edo.impl.cancel;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.runtime.Handle;
import dev.edo.task.AbortOnDrop;
import dev.edo.task.Action;
import dev.edo.task.JoinHandle;
import dev.edo.task.LocalPoolHandle;
import dev.edo.task.Scope;
import dev.edo.task.TaskTracker;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Join handles, however they were come by: who gives up waiting leaves the task alone. */
final class SpawnCatalogue extends Catalogue {
    private final RuntimeWorld world;

    SpawnCatalogue(RuntimeWorld world, LocalPoolHandle pool) {
        this.world = world;
        futures(pool);
        direct(pool);
        actions();
        blocking();
        wrapped();
    }

    /** Spawns something. */
    @FunctionalInterface
    private interface Spawn<F, T extends @Nullable Object> {
        JoinHandle<T> spawned(F what) throws Exception;
    }

    private void futures(LocalPoolHandle pool) {
        future("Edo.spawn(Future)", Edo::spawn);
        future("Handle.spawn(Future)", gate -> Handle.current().spawn(gate));
        future("TaskBuilder.spawn(Future)", gate -> Handle.current().task().name("named").spawn(gate));
        future("TaskTracker.spawn(Future)", gate -> new TaskTracker().spawn(gate));
        future("TaskTracker.spawnOn(Handle, Future)", gate -> new TaskTracker().spawnOn(world.handle(), gate));
        future("LocalPoolHandle.spawnPinned(Future)", gate -> pool.spawnPinned(gate));
        future("LocalPoolHandle.spawnPinnedOn(int, Future)", gate -> pool.spawnPinnedOn(0, gate));
    }

    private void future(String method, Spawn<Future<String>, String> spawn) {
        add(method, () -> {
            var gate = new Gate<String>();
            return waiting(world.inWorking(() -> spawn.spawned(gate)), gate);
        });
    }

    private void direct(LocalPoolHandle pool) {
        body("Edo.spawn(Callable)", Edo::spawn);
        body("Handle.spawn(Callable)", body -> Handle.current().spawn(body));
        body("TaskBuilder.spawn(Callable)", body -> Handle.current().task().spawn(body));
        body("TaskTracker.spawn(Callable)", body -> new TaskTracker().spawn(body));
        body("TaskTracker.spawnOn(Handle, Callable)", body -> new TaskTracker().spawnOn(world.handle(), body));
        body("LocalPoolHandle.spawnPinned(Callable)", body -> pool.spawnPinned(body));
        body("LocalPoolHandle.spawnPinnedOn(int, Callable)", body -> pool.spawnPinnedOn(0, body));
    }

    private void body(String method, Spawn<Callable<String>, String> spawn) {
        add(method, () -> {
            var gate = new Gate<String>();
            Callable<String> body = gate::await;
            return waiting(world.inWorking(() -> spawn.spawned(body)), gate);
        });
    }

    private void actions() {
        action("Edo.spawn(Action)", Edo::spawn);
        action("Handle.spawn(Action)", body -> Handle.current().spawn(body));
        action("TaskBuilder.spawn(Action)", body -> Handle.current().task().spawn(body));
        action("TaskTracker.spawn(Action)", body -> new TaskTracker().spawn(body));
        action("TaskTracker.spawnOn(Handle, Action)", body -> new TaskTracker().spawnOn(world.handle(), body));
    }

    private void action(String method, Spawn<Action, @Nullable Void> spawn) {
        add(method, () -> {
            var gate = new Gate<String>();
            Action body = () -> expect("what the body waited for", "done", gate.await());
            return waiting(world.inWorking(() -> spawn.spawned(body)), gate);
        });
    }

    private static Scenario waiting(JoinHandle<?> task, Gate<String> gate) {
        return Scenario.of(task).lasting().wokenBy(() -> gate.open("done")).losesNothing(outcome -> {
            gate.open("done");
            if (!outcome.completed()) {
                soon("the result", task);
            }
            expect("finished", true, task.isFinished());
            expect("cancelled", 0, gate.cancels());
        });
    }

    private void blocking() {
        blocking("Edo.spawnBlocking(Callable)", body -> Edo.spawnBlocking(body));
        blocking("Handle.spawnBlocking(Callable)", body -> Handle.current().spawnBlocking(body));
        blocking("TaskBuilder.spawnBlocking(Callable)", body -> Handle.current().task().spawnBlocking(body));
        blocking("TaskTracker.spawnBlocking(Callable)", body -> new TaskTracker().spawnBlocking(body));
        blocking("TaskTracker.spawnBlockingOn(Handle, Callable)",
                body -> new TaskTracker().spawnBlockingOn(world.handle(), body));
        blocking("Edo.spawnBlocking(Action)", body -> Edo.spawnBlocking((Action) body::call));
        blocking("Handle.spawnBlocking(Action)", body -> Handle.current().spawnBlocking((Action) body::call));
        blocking("TaskBuilder.spawnBlocking(Action)",
                body -> Handle.current().task().spawnBlocking((Action) body::call));
    }

    private <T extends @Nullable Object> void blocking(String method, Spawn<Callable<String>, T> spawn) {
        add(method, () -> {
            var mayEnd = new CountDownLatch(1);
            var hasEnded = new CountDownLatch(1);
            var task = world.inWorking(() -> spawn.spawned(() -> {
                mayEnd.await();
                hasEnded.countDown();
                return "done";
            }));
            return Scenario.of(task).lasting().wokenBy(mayEnd::countDown).losesNothing(outcome -> {
                mayEnd.countDown();
                Eventually.opened("the job's end", hasEnded);
                if (!outcome.completed()) {
                    soon("the result", task);
                }
            }).finallyDo(mayEnd::countDown);
        });
    }

    private void wrapped() {
        add("TaskTracker.track(JoinHandle)", () -> {
            var gate = new Gate<String>();
            var tracker = new TaskTracker();
            tracker.close();
            var scenario = waiting(tracker.track(world.handle().spawn(gate)), gate);
            return scenario.finallyDo(() -> {
                gate.open("done");
                soon("the end", tracker.waitAll());
            });
        });
        add("AbortOnDrop.detach()", () -> {
            var gate = new Gate<String>();
            return waiting(new AbortOnDrop<>(world.handle().spawn(gate)).detach(), gate);
        });
        add("Scope.adopt(Supplier)", () -> scoped((scope, gate) -> scope.adopt(() -> world.handle().spawn(gate))));
        add("Scope.spawn(Future)", () -> scoped((scope, gate) -> scope.spawn(gate)));
        add("Scope.spawn(Callable)", () -> scoped((scope, gate) -> scope.spawn((Callable<String>) gate::await)));
        add("Scope.spawn(Action)", () -> scoped((scope, gate) -> scope.spawn((Action) gate::await)));
        add("Scope.spawnBlocking(Callable)",
                () -> scoped((scope, gate) -> scope.spawnBlocking((Callable<String>) gate::await)));
    }

    /** Spawns a task of a scope that waits for a gate. */
    @FunctionalInterface
    private interface ScopedSpawn {
        JoinHandle<?> in(Scope scope, Gate<String> gate);
    }

    /** A task of a scope that is open, since its body waits. */
    private Scenario scoped(ScopedSpawn spawn) throws Exception {
        var gate = new Gate<String>();
        var body = new Gate<String>();
        var task = new JoinHandle<?>[1];
        Future<String> scope = Scope.future(open -> {
            task[0] = spawn.in(open, gate);
            return body;
        });
        var cx = new CountingContext();
        world.inWorking(() -> cx.poll(scope));
        return waiting(task[0], gate).finallyDo(() -> {
            gate.open("done");
            body.open("done");
            expect("value of the scope", "done", soon("the scope's end", scope));
        });
    }
}
