package dev.edo.impl.scheduler;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/** Several consumers take turns by the try-lock: each item goes to one of them, or stays. */
public class InjectConsumersLincheckTest {
    private final Inject inject = new Inject();
    private final AtomicInteger pushed = new AtomicInteger();
    private final ConcurrentLinkedQueue<Schedulable> taken = new ConcurrentLinkedQueue<>();

    @Operation
    public void push() {
        inject.push(new Numbered(pushed.getAndIncrement()));
    }

    @Operation
    public void pop() {
        var node = inject.pop();
        if (node != null) {
            taken.add(node);
        }
    }

    @Operation
    public void popTwo() {
        var node = inject.popBatch(2, taken::add);
        if (node != null) {
            taken.add(node);
        }
    }

    @Validate
    public void everyNodeCameOnce() {
        for (var node = inject.pop(); node != null; node = inject.pop()) {
            taken.add(node);
        }
        if (taken.size() != pushed.get() || taken.stream().distinct().count() != pushed.get()) {
            throw new IllegalStateException("pushed=" + pushed + " taken=" + taken.size()
                    + " distinct=" + taken.stream().distinct().count());
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
                .check(InjectConsumersLincheckTest.class);
    }
}
