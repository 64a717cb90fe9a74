package dev.edo.impl.sync;

import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.Notify;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A notification reaches one waiter or is kept, a call to all reaches all in one step, and who is
 * notified was woken. A lost notification would be a poll that is pending although in every order
 * that fits the results it must be ready.
 */
public class NotifyLincheckTest {
    private final Notify notify = new Notify();
    private final Seat<@Nullable Void> first = new Seat<>();
    private final Seat<@Nullable Void> second = new Seat<>();
    private boolean firstPolled;
    private boolean secondPolled;

    @Operation(nonParallelGroup = "first")
    public void makeFirst() {
        if (first.isEmpty()) {
            first.place(notify::notified);
            firstPolled = false;
        }
    }

    @Operation(nonParallelGroup = "first")
    public String pollFirst() throws Exception {
        firstPolled = true;
        return poll(first);
    }

    @Operation(nonParallelGroup = "first")
    public void cancelFirst() {
        first.cancel();
    }

    @Operation(nonParallelGroup = "second")
    public void makeSecond() {
        if (second.isEmpty()) {
            second.place(notify::notified);
            secondPolled = false;
        }
    }

    @Operation(nonParallelGroup = "second")
    public String pollSecond() throws Exception {
        secondPolled = true;
        return poll(second);
    }

    @Operation(nonParallelGroup = "second")
    public void cancelSecond() {
        second.cancel();
    }

    private static String poll(Seat<@Nullable Void> seat) throws Exception {
        if (seat.isEmpty()) {
            return "nothing";
        }
        return seat.poll() == null ? "pending" : "notified";
    }

    @Operation
    public void notifyOne() {
        notify.notifyOne();
    }

    @Operation
    public void notifyLast() {
        notify.notifyLast();
    }

    @Operation
    public void notifyWaiters() {
        notify.notifyWaiters();
    }

    @Validate
    public void noWakeUpIsLost() {
        first.requireNoLostWakeUp(firstPolled);
        second.requireNoLostWakeUp(secondPolled);
    }

    @Test
    void operationsAreAtomic() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(25))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .check(NotifyLincheckTest.class);
    }

    @Test
    void operationsAreAtomicUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .check(NotifyLincheckTest.class);
    }
}
