package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two streams as one. */
class ChainMergeTest {
    private final Polling polling = new Polling();

    @Test
    void chainGivesOneAfterTheOther() throws Exception {
        var stream = Stream.of(1, 2, 3).chain(Stream.of(4, 5, 6));
        for (int i = 1; i <= 6; i++) {
            assertEquals(SizeHint.exactly(7 - i), stream.sizeHint());
            assertFalse(stream.isTerminated());
            polling.gives(i, stream);
        }
        for (int i = 0; i < 2; i++) {
            polling.ends(stream);
            assertEquals(SizeHint.NONE, stream.sizeHint());
        }
    }

    @Test
    void chainDoesNotLookAtTheSecondBeforeTheFirstHasEnded() throws Exception {
        var first = TestSource.<Integer>open();
        var second = TestSource.<Integer>open();
        var stream = first.chain(second);
        assertEquals(SizeHint.UNKNOWN, stream.sizeHint());
        polling.pends(stream);
        second.send(2);
        polling.wasNotWoken();
        polling.pends(stream);
        first.send(1);
        polling.wasWoken();
        polling.gives(1, stream);
        polling.pends(stream);
        assertEquals(0, second.polls());
        first.close();
        polling.wasWoken();
        polling.gives(2, stream);
        assertEquals(SizeHint.UNKNOWN, stream.sizeHint());
        second.close();
        polling.ends(stream);
        assertEquals(0, first.pollsAfterEnd());
    }

    @Test
    void mergeTakesTurnsWhereBothHaveSomething() throws Exception {
        var stream = Stream.of(0, 2, 4, 6).merge(Stream.of(1, 3, 5));
        for (int i = 0; i < 7; i++) {
            assertEquals(SizeHint.exactly(7 - i), stream.sizeHint());
            polling.gives(i, stream);
        }
        polling.ends(stream);
    }

    @Test
    void mergeIsWokenByEitherAndEndsWithBoth() throws Exception {
        var first = TestSource.<Integer>open();
        var second = TestSource.<Integer>open();
        var stream = first.merge(second);
        assertEquals(SizeHint.UNKNOWN, stream.sizeHint());
        polling.pends(stream);
        first.send(1);
        polling.wasWoken();
        polling.gives(1, stream);
        polling.pends(stream);
        second.send(2);
        polling.wasWoken();
        polling.gives(2, stream);
        polling.pends(stream);
        first.close();
        polling.wasWoken();
        polling.pends(stream);
        second.send(3);
        polling.wasWoken();
        polling.gives(3, stream);
        polling.pends(stream);
        second.close();
        polling.wasWoken();
        polling.ends(stream);
        assertEquals(List.of(0, 0), List.of(first.pollsAfterEnd(), second.pollsAfterEnd()));
    }

    /** The budget stops the first one; the second, which would go on, must not hide that. */
    @Test
    void mergeDoesNotEndWhereTheBudgetStopsIt() throws Exception {
        var stream = Stream.of(1, 3).merge(Stream.of(2));
        var budget = new Budget(1);
        assertEquals(1, stream.pollNext(budget));
        assertEquals(null, stream.pollNext(budget));
        assertFalse(stream.isTerminated());
        budget.refill(10);
        assertEquals(List.of(3, 2), List.of(stream.pollNext(budget), stream.pollNext(budget)));
        assertEquals(null, stream.pollNext(budget));
        assertTrue(stream.isTerminated());
    }

    @Test
    void cancelReachesBoth() throws Exception {
        var first = TestSource.<Integer>open();
        var second = TestSource.<Integer>open();
        first.chain(second).cancel();
        assertEquals(List.of(1, 1), List.of(first.cancels(), second.cancels()));
        var third = TestSource.<Integer>open();
        var fourth = TestSource.<Integer>closed();
        var merged = third.merge(fourth);
        polling.pends(merged);
        merged.cancel();
        assertEquals(List.of(1, 0), List.of(third.cancels(), fourth.cancels()));
        assertTrue(merged.isTerminated());
    }

    private static Stream<Integer> refusing(RuntimeException refusal) {
        return new Stream<>() {
            @Override
            public @Nullable Integer pollNext(Context cx) {
                return null;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public void cancel() {
                throw refusal;
            }
        };
    }

    private static void tellsOfBoth(BinaryOperator<Stream<Integer>> combinator) {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second");
        var both = combinator.apply(refusing(first), refusing(second));
        assertSame(first, assertThrows(IllegalStateException.class, both::cancel));
        assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
    }

    @Test
    void cancelTellsOfBothWhereNeitherCanBeCancelled() {
        tellsOfBoth((a, b) -> a.chain(b));
        tellsOfBoth((a, b) -> a.merge(b));
    }
}
