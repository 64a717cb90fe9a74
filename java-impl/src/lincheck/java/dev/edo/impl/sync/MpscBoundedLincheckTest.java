package dev.edo.impl.sync;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.scheduler.Effort;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscReceiver;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.MpscSender;
import dev.edo.sync.TryRecv;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What was sent is received once, and nobody sleeps who could go on: the receiver over a message or
 * the end, a sender over room or the end. The channel is not linearizable on purpose: a receiver
 * sees nothing while an earlier message is being written. So what is checked is what holds once all
 * have come to rest.
 */
public class MpscBoundedLincheckTest {
    private final MpscSender<Integer> sender;
    private final MpscSender<Integer> second;
    private final MpscReceiver<Integer> receiver;

    private final ConcurrentLinkedQueue<Integer> sent = new ConcurrentLinkedQueue<>();
    private final List<Integer> received = new ArrayList<>();
    private int number;

    private @Nullable Future<@Nullable Integer> receiving;
    private volatile boolean receiverWoken;
    private @Nullable Future<@Nullable Void> sending;
    private int waitingNumber;
    private volatile boolean senderWoken;

    public MpscBoundedLincheckTest() {
        var channel = Mpsc.<Integer>bounded(1);
        sender = channel.sender();
        second = sender.share();
        receiver = channel.receiver();
    }

    @Operation
    public void trySend(int message) {
        try {
            if (second.trySend(1_000 + message)) {
                sent.add(1_000 + message);
            }
        } catch (MpscSendError | IllegalStateException e) {
            // closed
        }
    }

    /** Goes on waiting where it waits already. */
    @Operation(nonParallelGroup = "sender")
    public void send() throws Exception {
        try {
            if (sending == null) {
                waitingNumber = number++;
                sending = sender.send(waitingNumber);
            }
            senderWoken = false;
            if (sending.poll(Context.of(() -> senderWoken = true)).isReady()) {
                sending = null;
                sent.add(waitingNumber);
            }
        } catch (MpscSendError | IllegalStateException e) {
            sending = null;
        }
    }

    @Operation(nonParallelGroup = "sender")
    public void giveUpSending() {
        if (sending != null) {
            sending.cancel();
            sending = null;
        }
    }

    @Operation(nonParallelGroup = "sender")
    public void closeSender() {
        sender.close();
    }

    @Operation
    public void closeSecondSender() {
        second.close();
    }

    @Operation(nonParallelGroup = "receiver")
    public void recv() throws Exception {
        if (receiving == null) {
            receiving = receiver.recv();
        }
        receiverWoken = false;
        var poll = receiving.poll(Context.of(() -> receiverWoken = true));
        if (poll instanceof Poll.Ready<Integer>(var message)) {
            receiving = null;
            if (message != null) {
                received.add(message);
            }
        }
    }

    @Operation(nonParallelGroup = "receiver")
    public void giveUpReceiving() {
        if (receiving != null) {
            receiving.cancel();
            receiving = null;
        }
    }

    @Operation
    public void closeReceiver() {
        receiver.close();
    }

    @Validate
    public void nothingIsLostAndNobodySleeps() throws Exception {
        var next = receiver.tryRecv();
        if (receiving != null && !receiverWoken && next != TryRecv.<Integer>empty()) {
            throw new IllegalStateException("the receiver sleeps over " + next);
        }
        if (sending != null && !senderWoken && (sender.capacity() > 0 && next == TryRecv.<Integer>empty()
                || sender.isClosed())) {
            throw new IllegalStateException("a sender sleeps; capacity=" + sender.capacity());
        }
        while (next instanceof TryRecv.Received<Integer>(var message)) {
            received.add(message);
            next = receiver.tryRecv();
        }
        if (sending != null) {
            sending.cancel();
        }
        var missing = new ArrayList<>(sent);
        for (var message : received) {
            if (!missing.remove(message)) {
                throw new IllegalStateException("received and not sent, or twice: " + message);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("lost: " + missing);
        }
        var inOrder = received.stream().filter(n -> n < 1_000).toList();
        if (!inOrder.equals(inOrder.stream().sorted().toList())) {
            throw new IllegalStateException("the messages of one sender came in the order " + inOrder);
        }
        if (sender.capacity() != 1) {
            throw new IllegalStateException("capacity=" + sender.capacity() + " of an empty channel");
        }
    }

    @Test
    void nothingIsLost() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(20))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .verifier(EpsilonVerifier.class)
                .check(MpscBoundedLincheckTest.class);
    }

    @Test
    void nothingIsLostUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(3)
                .verifier(EpsilonVerifier.class)
                .check(MpscBoundedLincheckTest.class);
    }
}
