package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What streams say about their length. */
class SizeHintTest {
    private final Polling polling = new Polling();

    /** Says only how long it is. */
    private record Hinting(SizeHint sizeHint) implements Stream<Integer> {
        @Override
        public @Nullable Integer pollNext(Context cx) {
            throw new AssertionError("polled");
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public void cancel() {}
    }

    private static Stream<Integer> between(long lower, long upper) {
        return new Hinting(new SizeHint(lower, upper));
    }

    @Test
    void boundsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new SizeHint(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> new SizeHint(3, 2));
        assertTrue(SizeHint.exactly(3).isUpperKnown());
        assertFalse(SizeHint.atLeast(3).isUpperKnown());
    }

    @Test
    void whatMayLeaveElementsOutKeepsTheUpperBound() {
        var expected = new SizeHint(0, 5);
        assertEquals(expected, between(3, 5).filter(x -> true).sizeHint());
        assertEquals(expected, between(3, 5).filterMap(x -> x).sizeHint());
        assertEquals(expected, between(3, 5).mapWhile(x -> x).sizeHint());
        assertEquals(expected, between(3, 5).takeWhile(x -> true).sizeHint());
        assertEquals(expected, between(3, 5).skipWhile(x -> true).sizeHint());
        assertEquals(SizeHint.UNKNOWN, between(3, SizeHint.UNBOUNDED).filter(x -> true).sizeHint());
    }

    @Test
    void whatKeepsTheNumberKeepsTheHint() {
        var expected = new SizeHint(3, 5);
        assertEquals(expected, between(3, 5).map(x -> x).sizeHint());
        assertEquals(expected, between(3, 5).fuse().sizeHint());
        assertEquals(expected, between(3, 5).byRef().sizeHint());
        assertEquals(expected, between(3, 5).peekable().sizeHint());
        assertEquals(expected, between(3, 5).then(x -> dev.edo.future.Future.ready(x)).sizeHint());
        assertEquals(expected, between(3, 5).throttle(java.time.Duration.ZERO).sizeHint());
    }

    @Test
    void takeAndSkipCount() {
        assertEquals(new SizeHint(2, 2), between(3, 5).take(2).sizeHint());
        assertEquals(new SizeHint(3, 4), between(3, 5).take(4).sizeHint());
        assertEquals(new SizeHint(0, 4), between(0, SizeHint.UNBOUNDED).take(4).sizeHint());
        assertEquals(SizeHint.NONE, between(3, 5).take(0).sizeHint());
        assertEquals(new SizeHint(0, 1), between(3, 5).skip(4).sizeHint());
        assertEquals(SizeHint.NONE, between(3, 5).skip(9).sizeHint());
        assertEquals(new SizeHint(1, SizeHint.UNBOUNDED), between(3, SizeHint.UNBOUNDED).skip(2).sizeHint());
    }

    @Test
    void sumsDoNotOverflow() {
        var most = new SizeHint(Long.MAX_VALUE, Long.MAX_VALUE);
        var huge = between(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
        assertEquals(most, huge.chain(huge).sizeHint());
        assertEquals(most, huge.merge(huge).sizeHint());
        assertEquals(most, new Hinting(most).notifyClose().sizeHint());
        var map = new StreamMap<String, Integer>();
        map.insert("a", huge);
        map.insert("b", huge);
        assertEquals(most, map.sizeHint());
    }

    @Test
    void chunksAreAtLeastAsManyAsFullOnes() {
        var oneSecond = java.time.Duration.ofSeconds(1);
        assertEquals(new SizeHint(3, 11), between(10, 11).chunksTimeout(3, oneSecond).sizeHint());
        assertEquals(SizeHint.UNKNOWN, between(2, SizeHint.UNBOUNDED).chunksTimeout(3, oneSecond).sizeHint());
    }

    @Test
    void endedStreamsHaveNothing() throws Exception {
        var mapWhile = Stream.of(1, 2).mapWhile(x -> (Integer) null);
        polling.ends(mapWhile);
        assertEquals(SizeHint.NONE, mapWhile.sizeHint());
        var takeWhile = Stream.of(1, 2).takeWhile(x -> false);
        polling.ends(takeWhile);
        assertEquals(SizeHint.NONE, takeWhile.sizeHint());
    }
}
