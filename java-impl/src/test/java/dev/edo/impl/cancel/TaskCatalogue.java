package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinSet;
import dev.edo.task.TaskTracker;

/** Waiting for tasks: whoever gives up has not lost their results. */
final class TaskCatalogue extends Catalogue {
    TaskCatalogue(RuntimeWorld world) {
        add("Handle.spawn(Future): a task of the runtime", () -> joining(world.handle(), true));
        add("Handle.spawn(Callable): a task of the runtime", () -> joining(world.handle(), false));
        add("JoinSet.joinNext()", () -> {
            var gate = new Gate<String>();
            var set = new JoinSet<String>();
            set.spawnOn(world.handle(), gate);
            return Scenario.of(set.joinNext()).wokenBy(() -> gate.open("done")).losesNothing(outcome -> {
                gate.open("done");
                if (!outcome.completed()) {
                    expect("tasks", 1, set.size());
                    Eventually.returns("the result", () -> set.joinNext().await());
                }
                expect("tasks", 0, set.size());
            }).finallyDo(set::close);
        });
        add("JoinSet.joinAll()", () -> {
            var first = new Gate<String>();
            var second = new Gate<String>();
            var set = new JoinSet<String>();
            set.spawnOn(world.handle(), first);
            set.spawnOn(world.handle(), second);
            return Scenario.of(set.joinAll())
                    .wokenAt(point -> (point == 1 ? first : second).open("done"))
                    .losesNothing(outcome -> {
                        first.open("done");
                        second.open("done");
                        Eventually.returns("the rest", () -> set.joinAll().await());
                        expect("tasks", 0, set.size());
                    })
                    .finallyDo(set::close);
        });
        add("TaskTracker.waitAll()", () -> {
            var gate = new Gate<String>();
            var tracker = new TaskTracker();
            tracker.close();
            var task = tracker.spawnOn(world.handle(), gate);
            return Scenario.of(tracker.waitAll()).wokenBy(() -> gate.open("done")).losesNothing(outcome -> {
                gate.open("done");
                Eventually.returns("the task's end", task::await);
                Eventually.until("nothing is tracked", tracker::isEmpty);
                now("the end", tracker.waitAll());
            });
        });
    }

    private static Scenario joining(Handle handle, boolean stackless) {
        var gate = new Gate<String>();
        Future<String> waited = gate;
        var task = stackless ? handle.spawn(waited) : handle.spawn(() -> waited.await());
        return Scenario.of(task).lasting().wokenBy(() -> gate.open("done")).losesNothing(outcome -> {
            gate.open("done");
            if (!outcome.completed()) {
                expect("result", "done", Eventually.returns("the result", task::await));
            }
            expect("finished", true, task.isFinished());
            expect("cancelled", 0, gate.cancels());
        });
    }
}
