package dev.edo.impl.cancel;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.metrics.TaskMonitor;
import dev.edo.sync.Semaphore;
import dev.edo.task.AbortOnDrop;
import dev.edo.task.Coop;
import dev.edo.task.Scope;
import dev.edo.task.TaskLocal;
import dev.edo.task.TaskTracker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Futures around futures that belong to tasks: the inner one is given up with the outer one. */
final class TaskFutureCatalogue extends Catalogue {
    private final RuntimeWorld world;

    TaskFutureCatalogue(RuntimeWorld world) {
        this.world = world;
        scopes();
        locals();
        budgets();
        add("Handle.wrap(Future)", () -> {
            var semaphore = new Semaphore(0);
            return Scenario.of(world.handle().wrap(semaphore.acquire()))
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                    });
        });
        add("Handle.dump()", () -> Scenario.of(world.handle().dump())
                .wakesByItself()
                .mayEndByItself() // its thread may be quick
                .wokenBy(() -> {})
                .losesNothing(outcome -> {}));
        add("Handle.dump(Duration)", () -> Scenario.of(world.handle().dump(Duration.ofMillis(50)))
                .wakesByItself()
                .mayEndByItself()
                .wokenBy(() -> {})
                .losesNothing(outcome -> {}));
        add("TaskTracker.trackFuture(Future)", () -> {
            var semaphore = new Semaphore(0);
            var tracker = new TaskTracker();
            tracker.close();
            return Scenario.of(tracker.trackFuture(semaphore.acquire()))
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                        expect("tracked", 0L, tracker.size());
                    });
        });
        add("TaskMonitor.instrument(Future)", () -> {
            var semaphore = new Semaphore(0);
            var monitor = new TaskMonitor();
            return Scenario.of(monitor.instrument(semaphore.acquire()))
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                        expect("dropped", 1L, monitor.cumulative().droppedCount());
                    });
        });
    }

    private void scopes() {
        add("Scope.future(Body)", () -> {
            var task = new Gate<String>();
            var body = new Gate<String>();
            Future<String> scope = Scope.future(open -> {
                var unused = open.spawn(task);
                return body;
            });
            return Scenario.of(world.polledInWorking(scope))
                    .wokenAt(point -> (point == 1 ? body : task).open("done"))
                    .losesNothing(outcome -> {
                        if (outcome.completed()) {
                            expect("value", "done", outcome.value());
                        } else if (body.polls() > 0) {
                            expect("the body ended", 1, outcome.seen() + body.cancels());
                            if (outcome.provoked() < 2) {
                                Eventually.opened("the task's end", task.cancelled);
                            }
                        }
                    });
        });
        add("AbortOnDrop.poll(Context)", () -> {
            var gate = new Gate<String>();
            var task = world.handle().spawn(gate);
            return Scenario.of(new AbortOnDrop<>(task)).lasting()
                    .wokenBy(() -> gate.open("done"))
                    .losesNothing(outcome -> Eventually.until("the task's end", task::isFinished));
        });
    }

    private void locals() {
        add("TaskLocal.scope(Object, Future)", () -> {
            var local = TaskLocal.<String>create();
            var semaphore = new Semaphore(0);
            return CombinatorCatalogue.conserving(semaphore, local.scope("value", semaphore.acquire().map(permit -> {
                expect("value of the local", "value", local.get());
                return permit;
            })));
        });
        add("TaskLocal.inherit(Future)", () -> {
            var local = TaskLocal.<String>inheritable();
            var semaphore = new Semaphore(0);
            return local.scope("value", () -> CombinatorCatalogue.conserving(semaphore,
                    TaskLocal.inherit(semaphore.acquire().map(permit -> {
                        expect("value of the local", "value", local.get());
                        return permit;
                    }))));
        });
    }

    /** A future in a task whose budget is used up until it is filled. */
    private static final class Spent<T extends @Nullable Object> implements Future<T> {
        private final Future<T> future;
        private volatile boolean filled;
        private volatile @Nullable Waker waker;

        private Spent(Future<T> future) {
            this.future = future;
        }

        @Override
        public Poll<T> poll(Context cx) throws Exception {
            return future.poll(new Context() {
                @Override
                public Waker waker() {
                    return cx.waker();
                }

                @Override
                public boolean pollProceed() {
                    if (!filled) {
                        waker = cx.waker();
                    }
                    return filled;
                }
            });
        }

        private void fill() {
            filled = true;
            var waiting = waker;
            if (waiting != null) {
                waiting.wake();
            }
        }

        @Override
        public void cancel() {
            waker = null;
            filled = true;
            future.cancel();
        }
    }

    private void budgets() {
        add("Coop.consumeBudget()", () -> spent(new Semaphore(1), Coop.consumeBudget()));
        add("Coop.cooperative(Future)", () -> {
            var semaphore = new Semaphore(1);
            return spent(semaphore, Coop.cooperative(semaphore.acquire()));
        });
        add("Context.pollProceed()", () -> {
            var semaphore = new Semaphore(1);
            return spent(semaphore, Polled.of(cx -> cx.pollProceed() ? Poll.ready() : Poll.pending(), waker -> {}));
        });
        add("Semaphore.acquire(): without a budget", () -> {
            var semaphore = new Semaphore(1);
            return spent(semaphore, semaphore.acquire());
        });
        add("Coop.unconstrained(Future)", () -> {
            var semaphore = new Semaphore(0);
            return CombinatorCatalogue.conserving(semaphore, new Spent<>(Coop.unconstrained(semaphore.acquire())));
        });
        add("Edo.yieldNow()", () -> {
            var yield = Edo.yieldNow();
            return Scenario.of(yield).wakesByItself().wokenBy(() -> {}).losesNothing(outcome -> {});
        });
    }

    /** What could go on but for the budget. */
    private static Scenario spent(Semaphore semaphore, Future<?> future) {
        var spent = new Spent<>(future);
        return Scenario.of(spent).wokenBy(spent::fill).losesNothing(outcome -> {
            outcome.closeValue();
            expect("permits", 1L, semaphore.availablePermits());
        });
    }
}
