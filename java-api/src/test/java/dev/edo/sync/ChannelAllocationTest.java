package dev.edo.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** In the steady state a message costs no memory but the futures that a caller makes. */
class ChannelAllocationTest {
    private static final int MESSAGES_PER_ROUND = 50;
    private static final int ROUNDS = 4_000;
    /** The result of one batch is 16 bytes; a new block would be 200, the least object per message 800. */
    private static final long FEWER_BYTES_PER_ROUND_THAN = 64;

    /** Something to be measured. */
    private interface Round {
        void run() throws Exception;
    }

    private static void assertAllocatesNothing(Round round) throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        long perRound = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        assertTrue(perRound < FEWER_BYTES_PER_ROUND_THAN,
                "bytes per round=" + perRound + " messages=" + MESSAGES_PER_ROUND);
    }

    @Test
    void blocks_of_an_unbounded_channel_are_used_again() throws Exception {
        var channel = Mpsc.<String>unbounded();
        var buffer = new ArrayList<String>(MESSAGES_PER_ROUND);
        Context cx = Context.of(() -> {});
        assertAllocatesNothing(() -> {
            for (int i = 0; i < MESSAGES_PER_ROUND; i++) {
                channel.sender().send("message");
            }
            assertTrue(channel.receiver().pollRecvMany(cx, buffer, MESSAGES_PER_ROUND).isReady());
            assertEquals(MESSAGES_PER_ROUND, buffer.size());
            buffer.clear();
        });
    }

    @Test
    void a_bounded_channel_and_its_semaphore_allocate_nothing() throws Exception {
        var channel = Mpsc.<String>bounded(MESSAGES_PER_ROUND);
        var buffer = new ArrayList<String>(MESSAGES_PER_ROUND);
        Context cx = Context.of(() -> {});
        assertAllocatesNothing(() -> {
            for (int i = 0; i < MESSAGES_PER_ROUND; i++) {
                assertTrue(channel.sender().trySend("message"));
            }
            assertTrue(channel.receiver().pollRecvMany(cx, buffer, MESSAGES_PER_ROUND).isReady());
            buffer.clear();
        });
    }

    @Test
    void the_list_and_the_waker_allocate_nothing_one_message_at_a_time() throws Exception {
        var list = new ListTail();
        var place = new AtomicWaker();
        Waker waker = () -> {};
        assertAllocatesNothing(() -> {
            for (int i = 0; i < MESSAGES_PER_ROUND; i++) {
                place.register(waker);
                assertTrue(list.push("message"));
                place.wake();
                assertEquals("message", list.head().poll(list));
            }
        });
    }

    @Test
    void waiting_allocates_nothing() throws Exception {
        var channel = Mpsc.<String>bounded(1);
        var oneshot = Oneshot.<String>channel();
        Context cx = Context.of(() -> {});
        assertTrue(channel.sender().trySend("message"));
        var sending = channel.sender().send("waits");
        var empty = Mpsc.<String>unbounded();
        assertAllocatesNothing(() -> {
            for (int i = 0; i < MESSAGES_PER_ROUND; i++) {
                assertEquals(false, empty.receiver().pollRecv(cx).isReady());
                assertEquals(false, sending.poll(cx).isReady());
                assertEquals(false, oneshot.receiver().poll(cx).isReady());
            }
        });
        sending.cancel();
    }
}
