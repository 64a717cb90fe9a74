package dev.edo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.stream.SizeHint;
import dev.edo.stream.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is counted of a stream. */
class InstrumentedStreamTest {
    private final ManualClock clock = new ManualClock(1);
    private final TaskMonitor monitor = new TaskMonitor(TaskMonitor.builder(), () -> clock);
    private final Poller poller = new Poller();

    /** Gives what the test puts in. */
    private static final class Source implements Stream<String> {
        @Nullable String element;
        @Nullable IOException failure;
        @Nullable Waker registered;
        boolean terminated;
        int cancels;

        @Override
        public @Nullable String pollNext(Context cx) throws Exception {
            registered = cx.waker();
            var broken = failure;
            if (broken != null) {
                failure = null;
                throw broken;
            }
            var next = element;
            element = null;
            return next;
        }

        @Override
        public boolean isTerminated() {
            return terminated;
        }

        @Override
        public SizeHint sizeHint() {
            return SizeHint.exactly(3);
        }

        @Override
        public void cancel() {
            cancels++;
            terminated = true;
        }
    }

    @Test
    void eachPollOfAStreamCountsAndItsEndOnce() throws Exception {
        var source = new Source();
        var stream = monitor.instrument(source);
        assertEquals(SizeHint.exactly(3), stream.sizeHint());
        clock.advance(5);
        source.element = "a";
        assertEquals("a", stream.pollNext(poller));
        clock.advance(100); // whoever consumes takes its time
        assertNull(stream.pollNext(poller));
        assertFalse(stream.isTerminated());
        clock.advance(30);
        var registered = source.registered;
        assertTrue(registered != null);
        registered.wake();
        clock.advance(4);
        source.element = "b";
        assertEquals("b", stream.pollNext(poller));
        source.terminated = true;
        assertNull(stream.pollNext(poller));
        assertEquals(1, monitor.cumulative().droppedCount(), "before anybody asked");
        assertTrue(stream.isTerminated());
        assertNull(stream.pollNext(poller));
        stream.cancel();

        var metrics = monitor.cumulative();
        assertEquals(1, metrics.instrumentedCount());
        assertEquals(1, metrics.firstPollCount());
        assertEquals(Duration.ofNanos(5), metrics.totalFirstPollDelay());
        assertEquals(4, metrics.totalPollCount());
        assertEquals(1, metrics.totalIdledCount());
        assertEquals(Duration.ofNanos(30), metrics.totalIdleDuration());
        assertEquals(1, metrics.totalScheduledCount());
        assertEquals(Duration.ofNanos(4), metrics.totalScheduledDuration());
        assertEquals(1, metrics.droppedCount());
    }

    @Test
    void aFailureIsAPollAndNotTheEnd() throws Exception {
        var source = new Source();
        var stream = monitor.instrument(source);
        source.failure = new IOException("broken");
        assertThrows(IOException.class, () -> stream.pollNext(poller));
        assertEquals(1, monitor.cumulative().totalPollCount());
        assertEquals(0, monitor.cumulative().droppedCount());
        source.element = "a";
        assertEquals("a", stream.pollNext(poller));
    }

    @Test
    void aStreamThatIsCancelledIsDropped() {
        var source = new Source();
        var stream = monitor.instrument(source);
        stream.cancel();
        stream.cancel();
        assertTrue(source.cancels > 0);
        assertEquals(1, monitor.cumulative().droppedCount());
        assertEquals(0, monitor.cumulative().firstPollCount());
    }

    @Test
    void aStreamThatKnowsBeforeThatNothingWillComeHasEndedForWhoAsks() throws Exception {
        var source = new Source();
        var stream = monitor.instrument(source);
        source.terminated = true;
        assertTrue(stream.isTerminated());
        assertEquals(1, monitor.cumulative().droppedCount());
    }

    @Test
    void aTraceIsNoPoll() throws Exception {
        var stream = monitor.instrument(new Source());
        poller.tracing = true;
        assertNull(stream.pollNext(poller));
        assertEquals(0, monitor.cumulative().totalPollCount());
        poller.tracing = false;
        assertNull(stream.pollNext(poller));
        assertEquals(1, monitor.cumulative().totalPollCount());
    }

    @Test
    void combinatorsWorkOnIt() throws Exception {
        var list = monitor.instrument(Stream.iter(List.of(1, 2, 3))).map(n -> n * 2).toList();
        assertEquals(Poll.ready(List.of(2, 4, 6)), list.poll(poller));
        assertEquals(1, monitor.cumulative().droppedCount());
    }
}
