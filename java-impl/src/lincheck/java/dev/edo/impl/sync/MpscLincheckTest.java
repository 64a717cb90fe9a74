package dev.edo.impl.sync;

import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscReceiver;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.UnboundedSender;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** An unbounded channel whose receiver does not wait is a queue that is closed from either side. */
public class MpscLincheckTest {
    private final UnboundedSender<Integer> first;
    private final UnboundedSender<Integer> second;
    private final MpscReceiver<Integer> receiver;

    public MpscLincheckTest() {
        var channel = Mpsc.<Integer>unbounded();
        first = channel.sender();
        second = first.share();
        receiver = channel.receiver();
    }

    @Operation
    public void send(int message) throws MpscSendError {
        second.send(message);
    }

    @Operation(nonParallelGroup = "first")
    public void sendByTheOther(int message) throws MpscSendError {
        first.send(message);
    }

    @Operation(nonParallelGroup = "first")
    public void closeTheOther() {
        first.close();
    }

    @Operation(nonParallelGroup = "receiver")
    public String tryRecv() {
        return receiver.tryRecv().toString();
    }

    @Operation
    public void closeReceiver() {
        receiver.close();
    }

    @Test
    void itIsAQueue() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(15))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .check(MpscLincheckTest.class);
    }

    @Test
    void itIsAQueueUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(3)
                .check(MpscLincheckTest.class);
    }
}
