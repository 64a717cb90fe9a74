package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Looking at an element before taking it. */
class PeekableTest {
    private final Polling polling = new Polling();

    @Test
    void peekLeavesTheElementWhereItIs() throws Exception {
        var stream = Stream.of(10, 20, 30).peekable();
        assertEquals(10, polling.value(stream.peek()));
        assertEquals(10, polling.value(stream.peek()));
        assertEquals(10, stream.pollPeek(polling.waker.context()));
        polling.gives(10, stream);
        polling.gives(20, stream);
        assertEquals(30, polling.value(stream.peek()));
        assertFalse(stream.isTerminated());
        polling.gives(30, stream);
        polling.ends(stream);
    }

    @Test
    void peekedElementStillCounts() throws Exception {
        var stream = Stream.of(1, 2, 3).peekable();
        for (int left = 3; left > 0; left--) {
            assertEquals(SizeHint.exactly(left), stream.sizeHint());
            assertEquals(4 - left, polling.value(stream.peek()));
            assertEquals(SizeHint.exactly(left), stream.sizeHint());
            polling.gives(4 - left, stream);
        }
        assertEquals(SizeHint.NONE, stream.sizeHint());
        assertNull(polling.value(stream.peek()));
        assertEquals(SizeHint.NONE, stream.sizeHint());
        var open = TestSource.open(1, 2).peekable();
        assertEquals(1, polling.value(open.peek()));
        assertEquals(SizeHint.atLeast(2), open.sizeHint());
    }

    /** In Rust by peek_mut: here a peeked element is a reference to the one that is given. */
    @Test
    void whatIsDoneToThePeekedElementIsSeenByWhoTakesIt() throws Exception {
        var stream = Stream.of(new StringBuilder("a"), new StringBuilder("b")).peekable();
        polling.value(stream.peek()).append('x');
        stream.pollPeek(polling.waker.context()).append('y');
        assertEquals("axy", stream.pollNext(polling.waker.context()).toString());
        assertEquals("b", stream.pollNext(polling.waker.context()).toString());
    }

    /** The peeked element makes one more than the source says there are at most. */
    @Test
    void theHintWithAPeekedElementDoesNotOverflow() throws Exception {
        var most = new SizeHint(Long.MAX_VALUE, Long.MAX_VALUE);
        var stream = new Stream<Integer>() {
            @Override
            public Integer pollNext(Context cx) {
                return 1;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public void cancel() {}

            @Override
            public SizeHint sizeHint() {
                return most;
            }
        }.peekable();
        assertEquals(most, stream.sizeHint());
        assertEquals(1, polling.value(stream.peek()));
        assertEquals(most, stream.sizeHint());
    }

    @Test
    void peekWaitsAndKnowsTheEnd() throws Exception {
        var source = TestSource.<Integer>open();
        var stream = source.peekable();
        var peek = stream.peek();
        polling.pends(peek);
        source.send(7);
        polling.wasWoken();
        assertEquals(7, polling.value(peek));
        assertThrows(IllegalStateException.class, () -> peek.poll(polling.waker.context()));
        polling.gives(7, stream);
        source.close();
        assertNull(polling.value(stream.peek()));
        assertTrue(stream.isTerminated());
        polling.ends(stream);
        assertEquals(0, source.pollsAfterEnd());
    }

    @Test
    void aPeekThatIsGivenUpLosesNothing() throws Exception {
        var source = TestSource.<Integer>open();
        var stream = source.peekable();
        var peek = stream.peek();
        polling.pends(peek);
        peek.cancel();
        assertThrows(IllegalStateException.class, () -> peek.poll(polling.waker.context()));
        source.send(1);
        polling.gives(1, stream);
    }

    @Test
    void aFailureIsThrownByThePeekThatMetIt() throws Exception {
        var stream = TestSource.<Integer>open().fail(new IOException("x")).send(1).peekable();
        var peek = stream.peek();
        assertThrows(IOException.class, () -> peek.poll(polling.waker.context()));
        assertEquals(1, polling.value(stream.peek()));
        polling.gives(1, stream);
    }

    @Test
    void cancelDropsThePeekedElement() throws Exception {
        var source = TestSource.open(1);
        var stream = source.peekable();
        assertEquals(1, polling.value(stream.peek()));
        stream.cancel();
        polling.ends(stream);
        assertEquals(1, source.cancels());
    }
}
