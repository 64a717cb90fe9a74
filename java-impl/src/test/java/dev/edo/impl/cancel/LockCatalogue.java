package dev.edo.impl.cancel;

import dev.edo.future.Future;
import dev.edo.impl.contract.Gate;
import dev.edo.sync.Barrier;
import dev.edo.sync.Mutex;
import dev.edo.sync.Notify;
import dev.edo.sync.OnceCell;
import dev.edo.sync.RwLock;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SetOnce;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Permits, locks, notifications, barriers and cells. */
final class LockCatalogue extends Catalogue {
    LockCatalogue() {
        semaphores();
        locks();
        notifications();
        cells();
    }

    private void semaphores() {
        add("Semaphore.acquire()", () -> {
            var semaphore = new Semaphore(1);
            var held = Objects.requireNonNull(semaphore.tryAcquire());
            return Scenario.of(semaphore.acquire()).wokenBy(held::close).losesNothing(outcome -> {
                outcome.closeValue();
                held.close();
                expect("permits", 1L, semaphore.availablePermits());
            });
        });
        add("Semaphore.acquire(): of a free permit", () -> {
            var semaphore = new Semaphore(1);
            return Scenario.of(semaphore.acquire()).losesNothing(outcome -> {
                outcome.closeValue();
                expect("permits", 1L, semaphore.availablePermits());
            });
        });
        add("Semaphore.acquireMany(long): given a part", () -> {
            var semaphore = new Semaphore(2);
            return Scenario.of(semaphore.acquireMany(4))
                    .wokenBy(() -> {
                        semaphore.addPermits(1);
                        semaphore.addPermits(1);
                    })
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        expect("permits", 2L + 2 * outcome.provoked(), semaphore.availablePermits());
                    });
        });
        add("Semaphore.acquireMany(long): with another behind it", () -> {
            var semaphore = new Semaphore(1);
            var behind = semaphore.acquire();
            var other = new CountingContext();
            return Scenario.of(first(semaphore.acquireMany(2), () -> other.poll(behind)))
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        if (other.polls() > 0) {
                            now("the permit for the one behind", behind).close();
                        }
                        expect("permits", 1L + outcome.provoked(), semaphore.availablePermits());
                    });
        });
    }

    /** Polls a future, and after its first poll lets another one enter the queue behind it. */
    static <T> Future<T> first(Future<T> future, Scenario.Step then) {
        return new Future<>() {
            private boolean polled;

            @Override
            public dev.edo.future.Poll<T> poll(dev.edo.future.Context cx) throws Exception {
                var poll = future.poll(cx);
                if (!polled) {
                    polled = true;
                    then.run();
                }
                return poll;
            }

            @Override
            public void cancel() {
                future.cancel();
            }
        };
    }

    private void locks() {
        add("Mutex.lock()", () -> {
            var mutex = new Mutex<>("value");
            var held = Objects.requireNonNull(mutex.tryLock());
            return Scenario.of(mutex.lock()).wokenBy(held::close).losesNothing(outcome -> {
                outcome.closeValue();
                held.close();
                expect("locked", false, mutex.isLocked());
                now("the lock", mutex.lock()).close();
            });
        });
        add("Mutex.lock(): with another behind it", () -> {
            var mutex = new Mutex<>("value");
            var held = Objects.requireNonNull(mutex.tryLock());
            var behind = mutex.lock();
            var other = new CountingContext();
            return Scenario.of(first(mutex.lock(), () -> other.poll(behind)))
                    .wokenBy(held::close)
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        held.close();
                        if (other.polls() > 0) {
                            expect("wake-ups of the one behind", 1, other.wakes());
                            now("the lock for the one behind", behind).close();
                        }
                        expect("locked", false, mutex.isLocked());
                    });
        });
        add("RwLock.read()", () -> {
            var lock = new RwLock<>("value");
            var held = Objects.requireNonNull(lock.tryWrite());
            return Scenario.of(lock.read()).wokenBy(held::close).losesNothing(outcome -> {
                outcome.closeValue();
                held.close();
                now("all of the lock", lock.write()).close();
            });
        });
        add("RwLock.write()", () -> {
            var lock = new RwLock<>("value", 3);
            var held = Objects.requireNonNull(lock.tryRead());
            return Scenario.of(lock.write()).wokenBy(held::close).losesNothing(outcome -> {
                outcome.closeValue();
                held.close();
                now("all of the lock", lock.write()).close();
            });
        });
    }

    private void notifications() {
        add("Notify.notified(): by notifyOne", () -> {
            var notify = new Notify();
            return Scenario.of(notify.notified()).wokenBy(notify::notifyOne).losesNothing(outcome -> {
                if (outcome.provoked() > outcome.one()) {
                    now("the notification", notify.notified());
                }
                notNow("a notification", notify.notified());
            });
        });
        add("Notify.notified(): by notifyOne, with another behind it", () -> {
            var notify = new Notify();
            var behind = notify.notified();
            var other = new CountingContext();
            return Scenario.of(first(notify.notified(), () -> other.poll(behind)))
                    .wokenBy(notify::notifyOne)
                    .losesNothing(outcome -> {
                        if (outcome.provoked() > outcome.one()) {
                            expect("wake-ups of the one behind", 1, other.wakes());
                            now("the notification", behind);
                        } else {
                            behind.cancel();
                        }
                        notNow("a notification", notify.notified());
                    });
        });
        add("Notify.notified(): by notifyWaiters", () -> {
            var notify = new Notify();
            return Scenario.of(notify.notified()).wokenBy(notify::notifyWaiters).losesNothing(
                    outcome -> notNow("a notification", notify.notified()));
        });
        add("Barrier.waitForAll()", () -> {
            var barrier = new Barrier(2);
            return Scenario.of(barrier.waitForAll())
                    .wokenBy(() -> {
                        // In a race this may come first, and leaves again.
                        var other = barrier.waitForAll();
                        if (!new CountingContext().poll(other).isReady()) {
                            other.cancel();
                        }
                    })
                    .losesNothing(outcome -> {
                        var one = barrier.waitForAll();
                        var cx = new CountingContext();
                        expect("open for one", false, cx.poll(one).isReady());
                        now("the barrier's end for two", barrier.waitForAll());
                        expect("open for two", true, cx.poll(one).isReady());
                    });
        });
    }

    private void cells() {
        add("OnceCell.getOrInit(Supplier): initializing", () -> {
            var cell = new OnceCell<String>();
            var gate = new Gate<String>();
            return Scenario.of(cell.getOrInit(() -> gate))
                    .wokenBy(() -> gate.open("value"))
                    .losesNothing(outcome -> {
                        var expected = outcome.completed() ? "value" : "other";
                        expect("value", expected, now("the value", cell.getOrInit(() -> Future.ready("other"))));
                        expect("cancelled", outcome.completed() || gate.polls() == 0 ? 0 : 1, gate.cancels());
                    });
        });
        add("OnceCell.getOrInit(Supplier): while another initializes", () -> {
            var cell = new OnceCell<String>();
            var gate = new Gate<String>();
            var first = cell.getOrInit(() -> gate);
            var cx = new CountingContext();
            cx.poll(first);
            return Scenario.of(cell.getOrInit(() -> Future.ready("other")))
                    .wokenBy(() -> {
                        gate.open("value");
                        cx.poll(first);
                    })
                    .losesNothing(outcome -> {
                        if (outcome.provoked() == 0) {
                            first.cancel();
                        }
                        expect("value", outcome.provoked() == 0 ? "other" : "value",
                                now("the value", cell.getOrInit(() -> Future.ready("other"))));
                    });
        });
        add("OnceCell.getOrInit(Supplier): when another gives up", () -> {
            var cell = new OnceCell<String>();
            var first = cell.getOrInit(Gate<String>::new);
            new CountingContext().poll(first);
            return Scenario.of(cell.getOrInit(() -> Future.ready("second")))
                    .wokenBy(first::cancel)
                    .losesNothing(outcome -> {
                        first.cancel();
                        expect("value", outcome.completed() ? "second" : "third",
                                now("the value", cell.getOrInit(() -> Future.ready("third"))));
                    });
        });
        add("SetOnce.waitForValue()", () -> {
            var cell = new SetOnce<String>();
            var sets = new AtomicInteger();
            return Scenario.of(cell.waitForValue())
                    .wokenBy(() -> sets.addAndGet(cell.set("value") ? 1 : 0))
                    .losesNothing(outcome -> {
                        expect("sets", outcome.provoked(), sets.get());
                        expect("set", outcome.provoked() == 0, cell.set("value"));
                        expect("value", "value", now("the value", cell.waitForValue()));
                    });
        });
    }
}
