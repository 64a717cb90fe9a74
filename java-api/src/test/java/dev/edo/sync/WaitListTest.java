package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitListTest {
    private final WaitList list = new WaitList();
    private final List<Waiter> model = new ArrayList<>();

    private static final class Node extends Waiter {}

    private void add() {
        var node = new Node();
        list.add(node);
        model.add(node);
    }

    private void remove(int index) {
        var node = model.remove(index);
        list.remove(node);
        assertNull(node.next);
        assertNull(node.previous);
    }

    private void check() {
        assertEquals(model.isEmpty(), list.isEmpty());
        assertSame(model.isEmpty() ? null : model.getFirst(), list.first());
        assertSame(model.isEmpty() ? null : model.getLast(), list.last());
        var walked = new ArrayList<Waiter>();
        for (var node = list.first(); node != null; node = node.next) {
            walked.add(node);
        }
        assertEquals(model, walked);
    }

    @Test
    void isWhatAPlainListIs() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            if (model.isEmpty() || model.size() < 5 && random.nextBoolean()) {
                add();
            } else {
                remove(random.nextInt(model.size()));
            }
            check();
        }
    }

    @Test
    void allAreTakenOutAsAChain() {
        for (int size = 0; size < 4; size++) {
            for (int i = 0; i < size; i++) {
                add();
            }
            var taken = new ArrayList<Waiter>();
            for (var node = list.takeAll(); node != null; node = node.next) {
                taken.add(node);
            }
            assertEquals(model, taken);
            model.clear();
            check();
        }
    }
}
