package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.task.JoinMap;
import dev.edo.task.JoinQueue;
import dev.edo.task.JoinResult;
import dev.edo.task.JoinSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets of tasks: whoever gives up waiting leaves those that it has not taken, and does not wait any more. */
final class JoinCatalogue extends Catalogue {
    private final RuntimeWorld world;

    JoinCatalogue(RuntimeWorld world) {
        this.world = world;
        sets();
        maps();
        queues();
    }

    /** Two tasks of a set of some kind. */
    private final class Two {
        private final Gate<String> first = new Gate<>();
        private final Gate<String> second = new Gate<>();

        private void open(int point) {
            (point == 1 ? first : second).open(point == 1 ? "one" : "two");
        }

        private JoinSet<String> set() {
            var set = new JoinSet<String>();
            set.spawnOn(world.handle(), first);
            set.spawnOn(world.handle(), second);
            return set;
        }

        private JoinMap<String, String> map() {
            var map = new JoinMap<String, String>();
            map.spawnOn(world.handle(), "one", first);
            map.spawnOn(world.handle(), "two", second);
            return map;
        }

        private JoinQueue<String> queue() {
            var queue = new JoinQueue<String>();
            queue.spawnOn(world.handle(), first);
            queue.spawnOn(world.handle(), second);
            return queue;
        }
    }

    /** Takes one. */
    private Scenario.Check left(Two two, Left size, Future<?> rest) {
        return outcome -> {
            two.open(1);
            two.open(2);
            world.settle();
            expect("tasks", 2 - outcome.one(), size.tasks());
            soon("the rest", rest);
            expect("tasks", 0, size.tasks());
        };
    }

    /** Takes all: as many have been taken as there were seen. */
    private Scenario.Check drained(Two two, Left size, Supplier<Future<Integer>> rest) {
        return outcome -> {
            two.open(1);
            two.open(2);
            world.settle();
            expect("tasks", 2 - outcome.seen(), size.tasks());
            expect("the rest", 2 - outcome.seen(), soon("the rest", rest.get()));
        };
    }

    /** How many tasks there are. */
    @FunctionalInterface
    private interface Left {
        int tasks();
    }

    private void sets() {
        add("JoinSet.pollJoinNext(Context)", () -> {
            var two = new Two();
            var set = two.set();
            return Scenario.of(Polled.of(set::pollJoinNext, waker -> {})).leavesItsWaker()
                    .wokenAt(two::open)
                    .losesNothing(left(two, set::size, set.joinAll()))
                    .finallyDo(set::close);
        });
        add("JoinSet.shutdown()", () -> {
            var jobs = new Stubborn();
            var set = new JoinSet<String>();
            set.spawnBlockingOn(world.handle(), jobs.job(0));
            set.spawnBlockingOn(world.handle(), jobs.job(1));
            return jobs.endedBy(set::shutdown, set::size);
        });
    }

    /** Two jobs of a set of some kind that cannot be aborted, because they run. */
    private static final class Stubborn {
        private final CountDownLatch running = new CountDownLatch(2);
        private final CountDownLatch[] mayEnd = {new CountDownLatch(1), new CountDownLatch(1)};

        private Callable<String> job(int number) {
            return () -> {
                running.countDown();
                mayEnd[number].await();
                return "done";
            };
        }

        private Scenario endedBy(Supplier<Future<@Nullable Void>> shutdown, Left size) throws Exception {
            Eventually.opened("the jobs run", running);
            return Scenario.of(shutdown.get())
                    .wokenAt(point -> mayEnd[point - 1].countDown())
                    .losesNothing(outcome -> {
                        expect("tasks", 2 - outcome.seen(), size.tasks());
                        release();
                        soon("the rest", shutdown.get());
                        expect("tasks", 0, size.tasks());
                    })
                    .finallyDo(this::release);
        }

        private void release() {
            mayEnd[0].countDown();
            mayEnd[1].countDown();
        }
    }

    private void maps() {
        add("JoinMap.joinNext()", () -> {
            var two = new Two();
            var map = two.map();
            return Scenario.of(map.joinNext()).wokenAt(two::open)
                    .losesNothing(left(two, map::size, map.joinAll()))
                    .finallyDo(map::close);
        });
        add("JoinMap.pollJoinNext(Context)", () -> {
            var two = new Two();
            var map = two.map();
            return Scenario.of(Polled.of(map::pollJoinNext, waker -> {})).leavesItsWaker()
                    .wokenAt(two::open)
                    .losesNothing(left(two, map::size, map.joinAll()))
                    .finallyDo(map::close);
        });
        add("JoinMap.joinAll()", () -> {
            var two = new Two();
            var map = two.map();
            return Scenario.of(map.joinAll()).wokenAt(two::open)
                    .losesNothing(drained(two, map::size, () -> map.joinAll().map(Map::size)))
                    .finallyDo(map::close);
        });
        add("JoinMap.shutdown()", () -> {
            var jobs = new Stubborn();
            var map = new JoinMap<String, String>();
            map.spawnBlockingOn(world.handle(), "one", jobs.job(0));
            map.spawnBlockingOn(world.handle(), "two", jobs.job(1));
            return jobs.endedBy(map::shutdown, map::size);
        });
    }

    private void queues() {
        add("JoinQueue.joinNext()", () -> {
            var two = new Two();
            var queue = two.queue();
            return Scenario.of(queue.joinNext()).wokenAt(two::open)
                    .losesNothing(left(two, queue::size, queue.joinAll()))
                    .finallyDo(queue::close);
        });
        add("JoinQueue.pollJoinNext(Context)", () -> {
            var two = new Two();
            var queue = two.queue();
            return Scenario.of(Polled.of(queue::pollJoinNext, waker -> {})).leavesItsWaker()
                    .wokenAt(two::open)
                    .losesNothing(left(two, queue::size, queue.joinAll()))
                    .finallyDo(queue::close);
        });
        add("JoinQueue.joinAll()", () -> {
            var two = new Two();
            var queue = two.queue();
            return Scenario.of(queue.joinAll()).wokenAt(two::open)
                    .losesNothing(drained(two, queue::size, () -> queue.joinAll().map(List::size)))
                    .finallyDo(queue::close);
        });
        add("JoinQueue.shutdown()", () -> {
            var jobs = new Stubborn();
            var queue = new JoinQueue<String>();
            queue.spawnBlockingOn(world.handle(), jobs.job(0));
            queue.spawnBlockingOn(world.handle(), jobs.job(1));
            return jobs.endedBy(queue::shutdown, queue::size);
        });
        add("JoinResult.poll(JoinHandle, Context)", () -> {
            var gate = new Gate<String>();
            var task = world.handle().spawn(gate);
            var poll = Polled.<JoinResult<String>>of(cx -> {
                var result = JoinResult.<String>poll(task, cx);
                return result == null ? Poll.pending() : Poll.ready(result);
            }, waker -> task.cancel());
            return Scenario.of(poll).wokenBy(() -> gate.open("done")).losesNothing(outcome -> {
                gate.open("done");
                if (!outcome.completed()) {
                    expect("result", "done", soon("the result", task));
                }
            });
        });
    }
}
