package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastReceiver;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.BroadcastSendError;
import dev.edo.sync.BroadcastSender;
import dev.edo.sync.BroadcastTryRecv;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All receivers get the messages in one order, and are told exactly how many they missed; nothing comes
 * behind the end; one that waits is woken; and when all have got everything, the channel keeps nothing.
 * The ring has two slots, so that it overflows all the time.
 */
public class BroadcastLincheckTest {
    private final BroadcastSender<Integer> sender;
    private final BroadcastSender<Integer> other;
    private final BroadcastReceiver<Integer> first;
    private @Nullable BroadcastReceiver<Integer> second;
    private @Nullable Future<BroadcastRecv<Integer>> waiting;
    private volatile boolean woken;

    public BroadcastLincheckTest() {
        var channel = Broadcast.<Integer>channel(2);
        sender = channel.sender();
        other = sender.share();
        first = channel.receiver();
    }

    @Operation(nonParallelGroup = "sender")
    public int send(int message) throws BroadcastSendError {
        return sender.send(message);
    }

    @Operation(nonParallelGroup = "sender")
    public void close() {
        sender.close();
    }

    @Operation(nonParallelGroup = "other")
    public int sendOther(int message) throws BroadcastSendError {
        return other.send(message);
    }

    @Operation(nonParallelGroup = "other")
    public void closeOther() {
        other.close();
    }

    /** Goes on waiting where it waits already. */
    @Operation(nonParallelGroup = "first")
    public Poll<BroadcastRecv<Integer>> recv() throws Exception {
        var future = waiting == null ? first.recv() : waiting;
        woken = false;
        var poll = future.poll(Context.of(() -> woken = true));
        waiting = poll.isReady() ? null : future;
        return poll;
    }

    @Operation(nonParallelGroup = "first")
    public void giveUp() {
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
    }

    @Operation(nonParallelGroup = "first")
    public long len() {
        return first.len();
    }

    @Operation(nonParallelGroup = "second")
    public void subscribe() {
        if (second == null) {
            second = first.resubscribe();
        }
    }

    @Operation(nonParallelGroup = "second")
    public @Nullable BroadcastTryRecv<Integer> tryRecv() {
        return second == null ? null : second.tryRecv();
    }

    @Operation(nonParallelGroup = "second")
    public void unsubscribe() {
        if (second != null) {
            second.close();
            second = null;
        }
    }

    @Validate
    public void nobodySleepsAndNothingIsKept() {
        boolean sleeps = waiting != null && !woken;
        if (sleeps && !(first.tryRecv() instanceof BroadcastTryRecv.Empty)) {
            throw new IllegalStateException("a receiver sleeps, although there is a message, or the end");
        }
        drain(first);
        if (second != null) {
            drain(second);
        }
        if (!sender.isEmpty()) {
            throw new IllegalStateException("len=" + sender.len() + " although all was received");
        }
    }

    private static void drain(BroadcastReceiver<Integer> receiver) {
        var next = receiver.tryRecv();
        while (!(next instanceof BroadcastTryRecv.Empty || next instanceof BroadcastRecv.Closed)) {
            next = receiver.tryRecv();
        }
    }

    @Test
    void allReceiversSeeTheSame() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(12))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(0) // nobody looks again: a lost wake-up shows
                .check(BroadcastLincheckTest.class);
    }

    @Test
    void allReceiversSeeTheSameUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(0) // nobody looks again: a lost wake-up shows
                .check(BroadcastLincheckTest.class);
    }
}
