package dev.edo.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.stream.SizeHint;
import dev.edo.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskProbeTest {
    /** Wakes itself so many times before it completes. */
    private static final class WakesItself implements Future<String> {
        private int left;
        private boolean cancelled;

        WakesItself(int times) {
            left = times;
        }

        @Override
        public Poll<String> poll(Context cx) {
            if (left-- > 0) {
                cx.waker().wake();
                return Poll.pending();
            }
            return Poll.ready("done");
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void wakesAreCountedSinceTheLastPoll() throws Exception {
        var probe = TaskProbe.of(new WakesItself(1));
        assertFalse(probe.isWoken());
        probe.poll();
        assertTrue(probe.isWoken());
        assertEquals(1, probe.wakeCount());
        probe.waker().wake();
        assertEquals(2, probe.wakeCount());
        assertEquals(Poll.ready("done"), probe.poll());
        assertFalse(probe.isWoken());
    }

    @Test
    void pollUntilIdleGoesOnWhileThereAreWakes() throws Exception {
        assertEquals(Poll.ready(42), TaskProbe.of(Future.ready(42)).pollUntilIdle());
        assertEquals(Poll.ready("done"), TaskProbe.of(new WakesItself(1)).pollUntilIdle());
        assertEquals(Poll.ready("done"), TaskProbe.of(new WakesItself(3)).pollUntilIdle());
        assertEquals(Poll.pending(), TaskProbe.of(Future.pending()).pollUntilIdle());
    }

    @Test
    void pollUntilIdleGivesUpOnAFutureThatOnlyWakesItself() {
        var probe = TaskProbe.of(new WakesItself(Integer.MAX_VALUE));
        var e = assertThrows(AssertionError.class, probe::pollUntilIdle);
        assertTrue(e.getMessage().contains("polled 150 times"), e::getMessage);
    }

    @Test
    void cancelReachesTheFuture() {
        var future = new WakesItself(1);
        TaskProbe.of(future).cancel();
        assertTrue(future.cancelled);
    }

    @Test
    void streamsAreProbedToo() {
        var probe = StreamProbe.of(Stream.of(1, 2));
        assertEquals(SizeHint.exactly(2), probe.stream().sizeHint());
        probe.assertNext(1);
        assertEquals(2, probe.assertNext());
        probe.assertEnd();
        assertThrows(AssertionError.class, probe::assertPending);
        assertThrows(AssertionError.class, probe::assertNext);
        var pending = StreamProbe.of(Stream.<Integer>pending());
        pending.assertPending();
        assertFalse(pending.isWoken());
        assertThrows(AssertionError.class, pending::assertEnd);
        assertThrows(AssertionError.class, () -> pending.assertNext(1));
        assertThrows(AssertionError.class, () -> StreamProbe.of(Stream.of(1)).assertNext(2));
        assertThrows(AssertionError.class, () -> StreamProbe.of(Stream.of(1)).assertPending());
        assertThrows(AssertionError.class, () -> StreamProbe.of(Stream.of(1)).assertEnd());
    }
}
