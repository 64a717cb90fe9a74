package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.Watch;
import dev.edo.sync.WatchReceiver;
import dev.edo.sync.WatchRecvError;
import dev.edo.sync.WatchSender;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A value and its version change in one step for all; a receiver that waits is woken by what ends
 * its wait. One receiver looks and waits, several threads send.
 */
public class WatchLincheckTest {
    private final WatchSender<Integer> sender;
    private final WatchReceiver<Integer> receiver;
    private @Nullable Future<@Nullable Void> waiting;
    private volatile boolean woken;

    public WatchLincheckTest() {
        var watch = Watch.channel(0);
        sender = watch.sender();
        receiver = watch.receiver();
    }

    @Operation
    public int replace(int value) {
        return sender.sendReplace(value);
    }

    @Operation
    public void increment() {
        sender.sendModify(value -> value + 1);
    }

    @Operation
    public boolean makeEven() {
        return sender.sendIfModified(value -> value % 2 == 0 ? value : Integer.valueOf(value + 1));
    }

    @Operation(nonParallelGroup = "receiver")
    public int borrowAndUpdate() {
        return receiver.borrowAndUpdate();
    }

    @Operation(nonParallelGroup = "receiver")
    public boolean hasChanged() throws WatchRecvError {
        return receiver.hasChanged();
    }

    /** Goes on waiting where it waits already. */
    @Operation(nonParallelGroup = "receiver")
    public boolean changed() throws Exception {
        var future = waiting == null ? receiver.changed() : waiting;
        woken = false;
        boolean ready = future.poll(Context.of(() -> woken = true)).isReady();
        waiting = ready ? null : future;
        return ready;
    }

    @Operation(nonParallelGroup = "receiver")
    public void giveUp() {
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
    }

    @Validate
    public void nobodySleepsOverAChange() throws Exception {
        if (waiting != null && !woken && receiver.hasChanged()) {
            throw new IllegalStateException("a receiver sleeps, although there is a value it has not seen");
        }
    }

    @Test
    void valuesAndVersionsAreOne() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(12))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(0) // nobody looks again: a lost wake-up shows
                .check(WatchLincheckTest.class);
    }

    @Test
    void valuesAndVersionsAreOneUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(0) // nobody looks again: a lost wake-up shows
                .check(WatchLincheckTest.class);
    }
}
