package dev.edo.future;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A poll that ends up pending allocates nothing, in whatever combinator. */
class PendingPollAllocationTest {
    private static final int POLLS = 20_000;
    /** One object of the least size per poll would be this times 16 bytes; class loading is far below. */
    private static final long FEWER_BYTES_THAN = POLLS * 8L;

    private static void assertAllocatesNothing(String name, Future<?> future) throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var cx = new CountingWaker().context();
        assertFalse(future.poll(cx).isReady());
        long before = threads.getCurrentThreadAllocatedBytes();
        int ready = 0;
        for (int i = 0; i < POLLS; i++) {
            if (future.poll(cx).isReady()) {
                ready++;
            }
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(ready == 0 && bytes < FEWER_BYTES_THAN, name + ": bytes=" + bytes + " ready=" + ready);
        future.cancel();
    }

    @Test
    void pending_polls_allocate_nothing() throws Exception {
        Future<String> never = Future.pending();
        assertAllocatesNothing("map", never.map(x -> x));
        assertAllocatesNothing("then, first", never.then(x -> never));
        assertAllocatesNothing("then, second", Future.ready(1).then(x -> never));
        assertAllocatesNothing("of", Future.of(never));
        assertAllocatesNothing("select", Select.of(never, never, never));
        assertAllocatesNothing("biased select", Select.of(never, never).biased());
        assertAllocatesNothing("select of a list", Select.any(List.of(never, never)));
        assertAllocatesNothing("join", Join.of(never, Future.ready(1), never));
        assertAllocatesNothing("join of a list", Join.all(List.of(never, never)));
        assertAllocatesNothing("tryJoin", Join.tryOf(never, never));
        assertAllocatesNothing("join of many", Join.all(Collections.nCopies(100, never)));
        assertAllocatesNothing("select of many", Select.any(Collections.nCopies(100, never)));
        assertAllocatesNothing("from", Future.from(new CompletableFuture<String>()));
    }
}
