package dev.edo.impl.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.sync.Semaphore;
import dev.edo.sync.SemaphorePermit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver finds what it is there to find. */
class CancelDriverTest {
    private final CancelDriver driver = new CancelDriver();

    @AfterEach
    void stop() {
        driver.close();
    }

    /** Which part of giving up a future forgets. */
    private enum Fault {
        NONE,
        FORGETS_TO_LEAVE,
        DROPS_THE_PERMIT_IT_WAS_GIVEN,
        MAY_BE_POLLED_AGAIN
    }

    /** A wait for a permit that looks a second time before it completes, and is at fault. */
    private record Faulty(Fault fault, Future<SemaphorePermit> inner, SemaphorePermit[] got, Waker[] waker,
            boolean[] ended) implements Future<@Nullable Void> {
        @Override
        public Poll<@Nullable Void> poll(Context cx) throws Exception {
            if (ended[0]) {
                if (fault == Fault.MAY_BE_POLLED_AGAIN) {
                    return Poll.pending();
                }
                throw new IllegalStateException("ended");
            }
            if (got[0] == null) {
                if (inner.poll(cx) instanceof Poll.Ready<SemaphorePermit>(var permit)) {
                    got[0] = permit;
                    waker[0] = cx.waker();
                }
                return Poll.pending();
            }
            ended[0] = true;
            got[0].close();
            return Poll.ready();
        }

        @Override
        public void cancel() {
            if (ended[0]) {
                return;
            }
            ended[0] = true;
            if (got[0] != null) {
                if (fault != Fault.DROPS_THE_PERMIT_IT_WAS_GIVEN) {
                    got[0].close();
                }
            } else if (fault != Fault.FORGETS_TO_LEAVE) {
                inner.cancel();
            }
        }
    }

    private static Catalogue.Entry entry(Fault fault) {
        return new Catalogue.Entry(fault.name(), () -> {
            var semaphore = new Semaphore(0);
            var waker = new Waker[1];
            var future = new Faulty(fault, semaphore.acquire(), new SemaphorePermit[1], waker, new boolean[1]);
            return Scenario.of(future)
                    .wakesByItself()
                    .wokenAt(point -> {
                        if (point == 1) {
                            semaphore.addPermits(1);
                        } else {
                            waker[0].wake();
                        }
                    })
                    .losesNothing(outcome -> {
                        semaphore.addPermits(1);
                        Catalogue.expect("permits", 1L + Math.min(1, outcome.provoked()), semaphore.availablePermits());
                    });
        });
    }

    @Test
    void a_future_without_fault_passes_at_every_point() throws Exception {
        assertEquals(1, driver.run(entryWithOnePoint()));
        assertEquals(1 + 1 + 2 + 10, driver.cancelPoints());
    }

    private static Catalogue.Entry entryWithOnePoint() {
        return new Catalogue.Entry("acquire", () -> {
            var semaphore = new Semaphore(0);
            return Scenario.of(semaphore.acquire())
                    .wokenBy(() -> semaphore.addPermits(1))
                    .losesNothing(outcome -> {
                        outcome.closeValue();
                        Catalogue.expect("permits", (long) outcome.provoked(), semaphore.availablePermits());
                    });
        });
    }

    @Test
    void a_permit_that_is_dropped_is_found() {
        assertFound(Fault.DROPS_THE_PERMIT_IT_WAS_GIVEN, "permits");
    }

    @Test
    void a_waiter_that_stays_is_found() {
        assertFound(Fault.FORGETS_TO_LEAVE, "permits");
    }

    @Test
    void a_future_that_lives_on_is_found() {
        assertFound(Fault.MAY_BE_POLLED_AGAIN, "polled after its end");
    }

    private void assertFound(Fault fault, String what) {
        var found = assertThrows(AssertionError.class, () -> driver.run(entry(fault)));
        assertTrue(found.getMessage().contains(what), found.getMessage());
    }

    @Test
    void a_future_that_does_not_wait_though_it_should_is_found() {
        var found = assertThrows(AssertionError.class, () -> driver.run(new Catalogue.Entry("ready", () ->
                Scenario.of(Future.ready("at once")).wokenBy(() -> {}).losesNothing(outcome -> {}))));
        assertTrue(found.getMessage().contains("nothing to wait for"), found.getMessage());
    }

    @Test
    void a_waker_that_stays_is_found() {
        var found = assertThrows(AssertionError.class, () -> driver.run(new Catalogue.Entry("waker", () -> {
            var waker = new Waker[1];
            var ready = new boolean[1];
            return Scenario.of(Future.<@Nullable Void>of(cx -> {
                waker[0] = cx.waker();
                return ready[0] ? Poll.ready() : Poll.pending();
            })).wokenBy(() -> {
                ready[0] = true;
                waker[0].wake();
            }).losesNothing(outcome -> {
                if (waker[0] != null) {
                    waker[0].wake();
                }
            });
        })));
        assertTrue(found.getMessage().contains("wake-ups after cancel()"), found.getMessage());
    }
}
