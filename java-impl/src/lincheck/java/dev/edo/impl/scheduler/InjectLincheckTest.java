package dev.edo.impl.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost, nothing comes twice, and a producer's items come in its order. The queue is not
 * linearizable on purpose: a consumer goes away from a link that is missing or from another consumer,
 * because whoever pushes notifies afterwards. So what is checked is what holds once all have come to rest.
 */
public class InjectLincheckTest {
    private final Inject inject = new Inject();
    private final ConcurrentLinkedQueue<Numbered> pushed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Integer> fromProducer = new ArrayList<>();

    private Numbered node(int producer) {
        var node = new Numbered(producer * 1_000 + next.getAndIncrement());
        pushed.add(node);
        return node;
    }

    @Operation(nonParallelGroup = "producer")
    public void push() {
        inject.push(node(1));
    }

    @Operation
    public void pushToo() {
        inject.push(node(2));
    }

    @Operation
    public void pushChain() {
        var first = node(2);
        var last = node(2);
        Inject.chain(first, last);
        inject.pushBatch(first, last, 2);
    }

    @Operation(nonParallelGroup = "consumer")
    public void pop() {
        take(inject.pop());
    }

    @Operation(nonParallelGroup = "consumer")
    public void popTwo() {
        var rest = new ArrayList<Schedulable>();
        take(inject.popBatch(2, rest::add));
        rest.forEach(this::take);
    }

    @Operation(nonParallelGroup = "consumer")
    public void turnAround() {
        var node = inject.pop();
        if (node instanceof Numbered known && known.number >= 2_000) {
            inject.push(known);
        } else {
            take(node);
        }
    }

    private void take(@Nullable Schedulable node) {
        if (node instanceof Numbered known) {
            known.taken++;
            if (known.number < 2_000) {
                fromProducer.add(known.number);
            }
        }
    }

    @Validate
    public void everyNodeCameOnce() {
        for (var node = inject.pop(); node != null; node = inject.pop()) {
            take(node);
        }
        for (var node : pushed) {
            if (node.taken != 1) {
                throw new IllegalStateException("taken=" + node.taken + " node=" + node.number);
            }
        }
        if (!fromProducer.equals(fromProducer.stream().sorted().toList())) {
            throw new IllegalStateException("the items of one producer came in the order " + fromProducer);
        }
        if (inject.size() != 0) {
            throw new IllegalStateException("size=" + inject.size() + " of an empty queue");
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
                .check(InjectLincheckTest.class);
    }

    @Test
    void nothingIsLostOrDoubledUnderStress() {
        new StressOptions()
                .iterations(Effort.iterations(10))
                .invocationsPerIteration(2_000)
                .threads(2)
                .actorsPerThread(4)
                .verifier(EpsilonVerifier.class)
                .check(InjectLincheckTest.class);
    }
}
