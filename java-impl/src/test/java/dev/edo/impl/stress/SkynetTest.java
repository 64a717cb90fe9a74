package dev.edo.impl.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edo.Edo;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tree of tasks, each spawning ten until there are 10,000 leaves; the sums come back up. Lost tasks hang it. */
class SkynetTest {
    private static final int LEAVES = 10_000;
    private static final int CHILDREN = 10;
    private static final long SUM = (long) LEAVES * (LEAVES - 1) / 2;

    @ParameterizedTest
    @EnumSource
    void everyLeafIsCountedInDirectStyle(Setup setup) throws Exception {
        try (var running = setup.start()) {
            for (int round = 0; round < Scale.of(3); round++) {
                long sum = Eventually.returns("the tree", () -> running.handle().spawn(() -> tree(0, LEAVES)).await());
                assertEquals(SUM, sum);
            }
        }
    }

    private static long tree(int first, int size) throws Exception {
        if (size == 1) {
            return first;
        }
        var children = new ArrayList<JoinHandle<Long>>();
        int part = size / CHILDREN;
        for (int i = 0; i < CHILDREN; i++) {
            int from = first + i * part;
            children.add(Edo.spawn(() -> tree(from, part)));
        }
        long sum = 0;
        for (var child : children) {
            sum += child.await();
        }
        return sum;
    }
}
