package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.Oneshot;
import dev.edo.sync.OneshotReceiver;
import dev.edo.sync.OneshotRecvError;
import dev.edo.sync.OneshotSender;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Of two values, a closed sender and a closed receiver the first one wins, and all agree which it
 * was; and nobody who waits sleeps over it.
 */
public class OneshotLincheckTest {
    private final OneshotSender<Integer> sender;
    private final OneshotReceiver<Integer> receiver;
    private boolean receiving;
    private volatile boolean receiverWoken;
    private boolean awaitingClose;
    private volatile boolean senderWoken;

    public OneshotLincheckTest() {
        var channel = Oneshot.<Integer>channel();
        sender = channel.sender();
        receiver = channel.receiver();
    }

    @Operation
    public boolean send(int value) {
        return sender.send(value);
    }

    @Operation
    public void closeSender() {
        sender.close();
    }

    @Operation
    public void closeReceiver() {
        receiver.close();
    }

    @Operation(nonParallelGroup = "sender")
    public boolean pollClosed() {
        senderWoken = false;
        boolean ready = sender.pollClosed(Context.of(() -> senderWoken = true)).isReady();
        awaitingClose = !ready;
        return ready;
    }

    @Operation(nonParallelGroup = "receiver")
    public Poll<Integer> poll() throws OneshotRecvError {
        receiverWoken = false;
        receiving = false;
        var poll = receiver.poll(Context.of(() -> receiverWoken = true));
        receiving = !poll.isReady();
        return poll;
    }

    @Operation(nonParallelGroup = "receiver")
    public String tryRecv() {
        receiving = false;
        return receiver.tryRecv().toString();
    }

    @Operation(nonParallelGroup = "receiver")
    public boolean isEmpty() {
        return receiver.isEmpty();
    }

    @Operation(nonParallelGroup = "receiver")
    public void cancel() {
        receiving = false;
        receiver.cancel();
    }

    @Validate
    public void nobodySleepsOverTheEnd() {
        if (receiving && !receiverWoken && !receiver.tryRecv().toString().equals("Empty")) {
            throw new IllegalStateException("the receiver sleeps over the end");
        }
        if (awaitingClose && !senderWoken && sender.pollClosed(Context.of(() -> {})).isReady()) {
            throw new IllegalStateException("the sender sleeps over the end");
        }
    }

    @Test
    void theFirstWins() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(15))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .check(OneshotLincheckTest.class);
    }

    @Test
    void theFirstWinsUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(3)
                .check(OneshotLincheckTest.class);
    }
}
