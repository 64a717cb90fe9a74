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
 * A value and its version change in one step for all, and nothing behind the end; a receiver that waits is woken by
 * what ends its wait. One receiver looks and waits, two senders send until they are closed, the last of
 * which ends it.
 */
public class WatchLincheckTest {
    private final WatchSender<Integer> sender;
    private final WatchSender<Integer> other;
    private final WatchReceiver<Integer> receiver;
    private @Nullable Future<@Nullable Void> waiting;
    private volatile boolean woken;

    public WatchLincheckTest() {
        var watch = Watch.channel(0);
        sender = watch.sender();
        other = sender.share();
        receiver = watch.receiver();
    }

    @Operation(nonParallelGroup = "sender")
    public int replace(int value) {
        return sender.sendReplace(value);
    }

    @Operation(nonParallelGroup = "sender")
    public void increment() {
        sender.sendModify(value -> value + 1);
    }

    @Operation(nonParallelGroup = "sender")
    public void close() {
        sender.close();
    }

    @Operation(nonParallelGroup = "other")
    public int replaceOther(int value) {
        return other.sendReplace(value);
    }

    @Operation(nonParallelGroup = "other")
    public boolean makeEven() {
        return other.sendIfModified(value -> value % 2 == 0 ? value : Integer.valueOf(value + 1));
    }

    @Operation(nonParallelGroup = "other")
    public void closeOther() {
        other.close();
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
        boolean ready = true;
        try {
            ready = future.poll(Context.of(() -> woken = true)).isReady();
        } finally {
            waiting = ready ? null : future;
        }
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
    public void nobodySleepsOverAChange() {
        if (waiting != null && !woken && isOver()) {
            throw new IllegalStateException("a receiver sleeps, although there is a value it has not seen, or the end");
        }
    }

    private boolean isOver() {
        try {
            return receiver.hasChanged();
        } catch (WatchRecvError e) {
            return true;
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
