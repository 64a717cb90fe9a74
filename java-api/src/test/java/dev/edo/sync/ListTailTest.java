package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// In a broken list senders walk for ever.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListTailTest {
    private final ListTail list = new ListTail();
    private final ListHead head = list.head();

    private Object poll() {
        return head.poll(list);
    }

    @Test
    void an_empty_list_has_nothing_to_take() {
        assertNull(poll());
        assertEquals(0, list.size());
        assertFalse(head.isAtEnd());
    }

    @Test
    void messages_come_out_as_they_went_in_over_many_blocks() {
        int count = 10 * Block.SLOTS + 7;
        for (int i = 0; i < count; i++) {
            assertTrue(list.push(i));
            assertEquals(i + 1, list.size());
        }
        for (int i = 0; i < count; i++) {
            assertEquals(i, poll());
        }
        assertNull(poll());
        assertEquals(0, list.size());
    }

    @Test
    void any_mixture_of_sending_and_receiving_is_a_queue() {
        var random = new Random(17);
        var model = new ArrayDeque<Integer>();
        for (int i = 0; i < 100_000; i++) {
            // Long runs of one kind, so that blocks fill up, run empty and go round.
            boolean send = (i / 97) % 2 == 0 ? random.nextInt(4) != 0 : random.nextInt(4) == 0;
            if (send) {
                assertTrue(list.push(i));
                model.add(i);
            } else {
                assertEquals(model.poll(), poll());
            }
            assertEquals(model.size(), list.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Block.SLOTS - 1, Block.SLOTS, Block.SLOTS + 1, 3 * Block.SLOTS})
    void a_sealed_list_ends_after_its_last_message(int count) {
        for (int i = 0; i < count; i++) {
            list.push(i);
        }
        list.seal(false);
        assertEquals(count, list.size());
        for (int i = 0; i < count; i++) {
            assertFalse(head.isAtEnd());
            assertEquals(i, poll());
        }
        assertTrue(head.isAtEnd());
        assertNull(poll());
        assertEquals(0, list.size());
    }

    @Test
    void a_sealed_list_refuses_messages_and_does_not_count_them() {
        list.push("in");
        list.seal(false);
        for (int i = 0; i < 3 * Block.SLOTS; i++) {
            assertFalse(list.push("out"));
        }
        assertFalse(list.isSealedByReceiver());
        list.seal(true);
        assertTrue(list.isSealedByReceiver());
        assertEquals(1, list.size());
        assertEquals("in", poll());
        assertTrue(head.isAtEnd());
        assertNull(poll());
    }

    @Test
    void a_message_is_let_go_of_when_it_is_taken() {
        var block = new Block(0);
        block.writeRelease(5, "message");
        assertEquals("message", block.takeAcquire(5));
        assertNull(block.takeAcquire(5));
    }

    @Test
    void a_block_is_abandoned_once_all_that_was_claimed_before_was_received() {
        var block = new Block(0);
        assertFalse(block.isAbandoned(Long.MAX_VALUE));
        block.releaseTail(40);
        assertFalse(block.isAbandoned(39));
        assertTrue(block.isAbandoned(40));
        block.reset();
        assertFalse(block.isAbandoned(Long.MAX_VALUE));
    }

    // Producers race for slots, for the first slot of each block, and for moving the tail, while the
    // receiver takes blocks out behind them and puts them in again before them.
    @Test
    void nothing_is_lost_or_doubled_and_each_sender_keeps_its_order() throws Exception {
        int producers = 3;
        int each = 60_000;
        try (var threads = Executors.newFixedThreadPool(producers)) {
            var all = new ArrayDeque<Callable<Void>>();
            for (int p = 0; p < producers; p++) {
                int producer = p;
                all.add(() -> {
                    for (int i = 0; i < each; i++) {
                        assertTrue(list.push(new int[] {producer, i}));
                    }
                    return null;
                });
            }
            var running = all.stream().map(threads::submit).toList();
            var next = new int[producers];
            long deadline = System.nanoTime() + 20_000_000_000L;
            for (int received = 0; received < producers * each; ) {
                var message = (int[]) poll();
                if (message != null) {
                    assertEquals(next[message[0]]++, message[1]);
                    received++;
                } else {
                    assertTrue(System.nanoTime() < deadline, "a message is missing");
                    Thread.onSpinWait();
                }
            }
            for (var task : running) {
                task.get();
            }
        }
        assertNull(poll());
        assertEquals(0, list.size());
    }
}
