package dev.edo.impl.cancel;

import static dev.edo.impl.cancel.RuntimeWorld.TICK;

import dev.edo.Edo;
import dev.edo.future.Future;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import dev.edo.time.DelayQueue;
import dev.edo.time.Elapsed;
import dev.edo.time.Instant;
import dev.edo.time.Interval;
import dev.edo.time.Sleep;
import dev.edo.time.TestClock;
import dev.edo.time.Timeout;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Timers; the clock stands still unless a scenario moves it, so a timer that was left behind is
 * woken by the check.
 */
final class TimeCatalogue extends Catalogue {
    TimeCatalogue(RuntimeWorld world) {
        add("Sleep.of(Duration)", () -> world.inPaused(() -> {
            var sleep = Sleep.of(TICK);
            return Scenario.of(sleep).lasting().wokenBy(() -> world.pass(TICK)).losesNothing(outcome -> {
                world.pass(TICK.multipliedBy(2));
                expect("elapsed", outcome.completed(), sleep.isElapsed());
            });
        }));
        add("Timeout.of(Duration, Future): of what completes", () -> world.inPaused(() -> {
            var semaphore = new Semaphore(0);
            return Scenario.of(Timeout.of(TICK, semaphore.acquire()))
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        world.pass(TICK.multipliedBy(2));
                        expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                    });
        }));
        add("Timeout.of(Duration, Future): that elapses", () -> world.inPaused(() -> {
            var semaphore = new Semaphore(0);
            return Scenario.of(Timeout.of(TICK, semaphore.acquire()))
                    .failingWith(Elapsed.class)
                    .lasting()
                    .wokenBy(() -> world.pass(TICK))
                    .losesNothing(outcome -> {
                        expect("elapsed", outcome.completed(), outcome.value() instanceof Elapsed);
                        semaphore.addPermits(1);
                        expect("permits", 1L, semaphore.availablePermits());
                        world.pass(TICK.multipliedBy(2));
                    });
        }));
        add("Interval.tick()", () -> world.inPaused(() -> {
            var interval = Interval.of(TICK);
            now("the first tick", interval.tick());
            return Scenario.of(interval.tick()).wokenBy(() -> world.pass(TICK)).losesNothing(outcome -> {
                if (outcome.provoked() > outcome.one()) {
                    now("the tick that was due", interval.tick());
                }
                notNow("another tick", interval.tick());
                world.pass(TICK);
                now("the next tick", interval.tick());
            });
        }));
        add("DelayQueue.next()", () -> world.inPaused(() -> {
            var queue = new DelayQueue<String>();
            queue.insert("value", TICK);
            return Scenario.of(world.polledInPaused(queue.next()))
                    .wokenBy(() -> world.pass(TICK))
                    .losesNothing(outcome -> {
                        world.pass(TICK.multipliedBy(2));
                        expect("entries", 1 - outcome.one(), queue.size());
                        if (!outcome.completed()) {
                            world.inPaused(() -> now("the entry", queue.next()));
                        }
                    });
        }));
        add("DelayQueue.take(): while empty", () -> world.inPaused(() -> {
            var queue = new DelayQueue<String>();
            return Scenario.of(world.polledInPaused(queue.take())).wokenAt(point -> {
                if (point == 1) {
                    world.inPaused(() -> queue.insert("value", TICK));
                } else {
                    world.pass(TICK);
                }
            }).losesNothing(outcome -> {
                world.pass(TICK.multipliedBy(2));
                expect("entries", Math.min(1, outcome.provoked()) - outcome.one(), queue.size());
                world.inPaused(() -> queue.insert("next", TICK));
            });
        }));
        add("MpscSender.sendTimeout(Object, Duration)", () -> world.inPaused(() -> {
            var channel = Mpsc.<Integer>bounded(1);
            channel.sender().trySend(1);
            return Scenario.of(channel.sender().sendTimeout(2, TICK))
                    .wokenBy(() -> channel.receiver().tryRecv())
                    .losesNothing(outcome -> {
                        world.pass(TICK.multipliedBy(2));
                        expect("messages", 1 - outcome.provoked() + outcome.one(), channel.receiver().len());
                        channel.receiver().tryRecv();
                        expect("capacity", 1, channel.sender().capacity());
                    });
        }));
        timers(world);
        polls(world);
    }

    private void timers(RuntimeWorld world) {
        sleep(world, "Edo.sleep(Duration)", () -> Edo.sleep(TICK));
        sleep(world, "Sleep.until(Instant)", () -> Sleep.until(Instant.now().plus(TICK)));
        timeout(world, "Edo.timeout(Duration, Future)", future -> Edo.timeout(TICK, future));
        timeout(world, "Future.timeout(Duration)", future -> future.timeout(TICK));
        timeout(world, "Timeout.at(Instant, Future)", future -> Timeout.at(Instant.now().plus(TICK), future));
        add("TestClock.advance(Duration)", () -> world.inPaused(() -> {
            var before = Instant.now();
            return Scenario.of(world.polledInPaused(TestClock.advance(TICK)))
                    .wakesByItself()
                    .wokenBy(() -> world.pass(TICK))
                    .losesNothing(outcome -> {
                        long ticks = world.inPaused(() -> Instant.now().durationSince(before)).dividedBy(TICK);
                        boolean polled = outcome.completed() || ticks > outcome.provoked();
                        expect("time passed", (long) outcome.provoked() + (polled ? 1 : 0), ticks);
                    });
        }));
    }

    private void sleep(RuntimeWorld world, String method, Supplier<Sleep> made) {
        add(method, () -> world.inPaused(() -> {
            var sleep = made.get();
            return Scenario.of(sleep).lasting().wokenBy(() -> world.pass(TICK)).losesNothing(outcome -> {
                world.pass(TICK.multipliedBy(2));
                expect("elapsed", outcome.completed(), sleep.isElapsed());
            });
        }));
    }

    private void timeout(RuntimeWorld world, String method, Function<Future<SemaphorePermit>, Future<?>> limited) {
        add(method + ": of what completes", () -> world.inPaused(() -> {
            var semaphore = new Semaphore(0);
            return Scenario.of(limited.apply(semaphore.acquire()))
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        world.pass(TICK.multipliedBy(2));
                        expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                    });
        }));
        add(method + ": that elapses", () -> world.inPaused(() -> {
            var semaphore = new Semaphore(0);
            return Scenario.of(limited.apply(semaphore.acquire()))
                    .failingWith(Elapsed.class)
                    .lasting()
                    .wokenBy(() -> world.pass(TICK))
                    .losesNothing(outcome -> {
                        expect("elapsed", outcome.completed(), outcome.value() instanceof Elapsed);
                        semaphore.addPermits(1);
                        expect("permits", 1L, semaphore.availablePermits());
                        world.pass(TICK.multipliedBy(2));
                    });
        }));
    }

    private void polls(RuntimeWorld world) {
        add("Interval.pollTick(Context)", () -> world.inPaused(() -> {
            var interval = Interval.of(TICK);
            now("the first tick", interval.tick());
            return Scenario.of(Polled.of(interval::pollTick, waker -> {})).leavesItsWaker()
                    .wokenBy(() -> world.pass(TICK))
                    .losesNothing(outcome -> {
                        if (outcome.provoked() > outcome.one()) {
                            now("the tick that was due", interval.tick());
                        }
                        notNow("another tick", interval.tick());
                    });
        }));
        add("DelayQueue.pollExpired(Context)", () -> world.inPaused(() -> {
            var queue = new DelayQueue<String>();
            queue.insert("value", TICK);
            return Scenario.of(world.polledInPaused(Polled.of(queue::pollExpired, waker -> {}))).leavesItsWaker()
                    .wokenBy(() -> world.pass(TICK))
                    .losesNothing(outcome -> {
                        world.pass(TICK.multipliedBy(2));
                        expect("entries", 1 - outcome.one(), queue.size());
                        if (!outcome.completed()) {
                            world.inPaused(() -> now("the entry", queue.next()));
                        }
                    });
        }));
    }
}
