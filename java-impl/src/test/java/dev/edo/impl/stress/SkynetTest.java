package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

/** A tree of tasks, ten children each, that adds up the numbers of its leaves. */
class SkynetTest extends StressTest {
    private static final int FAN_OUT = 10;
    private static final long LEAVES = 10_000;

    @Test
    void directTasksAwaitTheirChildren() throws Exception {
        for (int i = 0; i < Scale.of(1); i++) {
            assertEquals(LEAVES * (LEAVES - 1) / 2, (long) Eventually.returns("skynet", direct(0, LEAVES)::await));
        }
    }

    private JoinHandle<Long> direct(long first, long size) {
        return handle.spawn(() -> {
            if (size == 1) {
                return first;
            }
            var children = new ArrayList<JoinHandle<Long>>();
            for (int i = 0; i < FAN_OUT; i++) {
                children.add(direct(first + i * (size / FAN_OUT), size / FAN_OUT));
            }
            long sum = 0;
            for (var child : children) {
                sum += child.await();
            }
            return sum;
        });
    }

    @Test
    void stacklessTasksAwaitTheirChildren() throws Exception {
        for (int i = 0; i < Scale.of(1); i++) {
            assertEquals(LEAVES * (LEAVES - 1) / 2, (long) Eventually.returns("skynet", stackless(0, LEAVES)::await));
        }
    }

    private JoinHandle<Long> stackless(long first, long size) {
        if (size == 1) {
            return handle.spawn(Future.ready(first));
        }
        return handle.spawn(Future.<Future<Long>>lazy(() -> {
            Future<Long> sum = Future.ready(0L);
            for (int i = 0; i < FAN_OUT; i++) {
                var child = stackless(first + i * (size / FAN_OUT), size / FAN_OUT);
                sum = sum.then(before -> child.map(own -> before + own));
            }
            return sum;
        }).then(sum -> sum));
    }

    /** As the JDK's own test: the children hand their sums over through a queue of the JDK. */
    @Test
    void threadsHandOverThroughAQueue() throws Exception {
        for (int i = 0; i < Scale.of(1); i++) {
            var result = new SynchronousQueue<Long>();
            spawn(() -> queue(result, 0, LEAVES));
            assertEquals(LEAVES * (LEAVES - 1) / 2, (long) Eventually.next("the sum", result));
            awaitAll();
        }
    }

    private void queue(SynchronousQueue<Long> result, long first, long size) throws InterruptedException {
        if (size == 1) {
            result.put(first);
            return;
        }
        var children = new SynchronousQueue<Long>();
        for (int i = 0; i < FAN_OUT; i++) {
            long from = first + i * (size / FAN_OUT);
            handle.spawn(() -> queue(children, from, size / FAN_OUT));
        }
        long sum = 0;
        for (int i = 0; i < FAN_OUT; i++) {
            sum += children.take();
        }
        result.put(sum);
    }
}
