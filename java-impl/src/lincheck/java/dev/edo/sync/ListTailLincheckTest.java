package dev.edo.sync;

import dev.edo.impl.scheduler.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * The list at the end of its second block, its receiver at the end of the first: senders that look
 * for a successor of the second block, or make one, meet the receiver, which puts the first block
 * there. Nothing is lost or doubled, and the messages of one sender keep their order.
 */
public class ListTailLincheckTest {
    private static final int SENT = 2 * Block.SLOTS - 1;
    private static final int RECEIVED = Block.SLOTS - 1;

    private final ListTail list = new ListTail();
    private final ConcurrentLinkedQueue<Integer> pushed = new ConcurrentLinkedQueue<>();
    private final List<Integer> received = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger(1_000);
    private int ofOne;

    public ListTailLincheckTest() {
        for (int i = 0; i < SENT; i++) {
            list.push(i);
        }
        for (int i = 0; i < RECEIVED; i++) {
            list.head().poll(list);
        }
        for (ofOne = RECEIVED; ofOne < SENT; ofOne++) {
            pushed.add(ofOne);
        }
    }

    @Operation(nonParallelGroup = "one")
    public void push() {
        int message = ofOne++;
        if (list.push(message)) {
            pushed.add(message);
        }
    }

    @Operation
    public void pushToo() {
        int message = next.getAndIncrement();
        if (list.push(message)) {
            pushed.add(message);
        }
    }

    @Operation(nonParallelGroup = "receiver")
    public void pollThree() {
        for (int i = 0; i < 3; i++) {
            take();
        }
    }

    @Operation(nonParallelGroup = "receiver")
    public void poll() {
        take();
    }

    @Operation
    public void seal() {
        list.seal(true);
    }

    private boolean take() {
        var message = (Integer) list.head().poll(list);
        if (message != null) {
            received.add(message);
        }
        return message != null;
    }

    @Validate
    public void eachCameOnce() {
        while (take()) {}
        var missing = new ArrayList<>(pushed);
        for (var message : received) {
            if (!missing.remove(message)) {
                throw new IllegalStateException("received and not sent, or twice: " + message);
            }
        }
        if (!missing.isEmpty() || list.size() != 0) {
            throw new IllegalStateException("lost: " + missing + " size=" + list.size());
        }
        var inOrder = received.stream().filter(n -> n < 1_000).toList();
        if (!inOrder.equals(inOrder.stream().sorted().toList())) {
            throw new IllegalStateException("the messages of one sender came in the order " + inOrder);
        }
    }

    @Test
    void nothingIsLostOrDoubled() {
        new ModelCheckingOptions()
                .iterations(Effort.iterations(12))
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .verifier(EpsilonVerifier.class)
                .check(ListTailLincheckTest.class);
    }

    @Test
    void nothingIsLostOrDoubledUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(8))
                .invocationsPerIteration(2_000)
                .threads(3)
                .actorsPerThread(4)
                .verifier(EpsilonVerifier.class)
                .check(ListTailLincheckTest.class);
    }
}
