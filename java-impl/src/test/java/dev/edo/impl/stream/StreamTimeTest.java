package dev.edo.impl.stream;

import static dev.edo.impl.stream.ByHand.advance;
import static dev.edo.impl.stream.ByHand.inPausedTime;
import static dev.edo.impl.stream.ByHand.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Waker;
import dev.edo.runtime.Handle;
import dev.edo.stream.SizeHint;
import dev.edo.stream.Stream;
import dev.edo.stream.StreamMap;
import dev.edo.sync.Mpsc;
import dev.edo.task.JoinError;
import dev.edo.time.DelayQueue;
import dev.edo.time.Elapsed;
import dev.edo.time.Expired;
import dev.edo.time.Instant;
import dev.edo.time.Interval;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Timeouts, throttles, chunks and ticks, with a clock that moves only when told. */
class StreamTimeTest {
    private static Stream<Integer> oneTo(int last) {
        return Stream.iter(java.util.stream.IntStream.rangeClosed(1, last));
    }

    /** Even elements take their time. */
    private static Stream<Integer> evenOnesAfter(long millis, Stream<Integer> elements) {
        return elements.then(x -> x % 2 == 0 ? Edo.sleep(ms(millis)).map(none -> x) : Future.ready(x));
    }

    private static Stream<Integer> after(long millis, int element) {
        return Stream.once(element).then(x -> Edo.sleep(ms(millis)).map(none -> x));
    }

    // --- outside a runtime

    // There is no clock, which must be found out before an element is taken that could not be given.
    @Test
    void withoutAClockNothingIsTaken() {
        var source = Stream.of(1, 2, 3);
        var cx = Context.of(() -> {});
        for (var timed : List.of(source.throttle(ms(1)), source.chunksTimeout(2, ms(1)))) {
            assertThrows(IllegalStateException.class, () -> timed.pollNext(cx));
            assertThrows(IllegalStateException.class, () -> timed.pollNext(cx));
        }
        assertEquals(SizeHint.exactly(3), source.sizeHint());
    }

    // --- timeout

    @Test
    void timeoutElapsesOncePerSilenceAndTheStreamGoesOn() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(evenOnesAfter(200, oneTo(4)).timeout(ms(100)));
            hand.gives(1);
            hand.pends();
            advance(150);
            hand.wasWoken();
            hand.elapses();
            hand.pends();
            advance(100);
            hand.gives(2);
            hand.gives(3);
            hand.pends();
            advance(60);
            hand.pends();
            advance(60);
            hand.elapses();
            advance(120);
            hand.gives(4);
            hand.ends();
        });
    }

    @Test
    void timeoutDoesNotElapseTwiceInOneSilence() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(evenOnesAfter(200, oneTo(3)).timeout(ms(50)));
            hand.gives(1);
            hand.pends();
            advance(51);
            hand.elapses();
            advance(50);
            hand.pends();
            advance(100);
            hand.gives(2);
            hand.gives(3);
            hand.ends();
        });
    }

    @Test
    void timeoutIsNotNoticedWhereEverythingIsReady() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(evenOnesAfter(200, Stream.of(1, 3, 5)).timeout(ms(100)));
            advance(1_000);
            hand.gives(1);
            hand.gives(3);
            hand.gives(5);
            hand.ends();
        });
    }

    @Test
    void timeoutRunsFromTheCallOn() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(Stream.<Integer>pending().timeout(ms(100)));
            advance(101);
            hand.elapses();
            hand.pends();
        });
    }

    @Test
    void aFailureStartsTheTimeoutAnew() throws Exception {
        inPausedTime(() -> {
            var stream = after(80, 1)
                    .then(x -> Future.<Integer>failed(new IOException("lost")))
                    .chain(Stream.pending())
                    .timeout(ms(100));
            var hand = new ByHand<>(stream);
            hand.pends();
            advance(81);
            assertThrows(IOException.class, () -> stream.pollNext(Context.of(() -> {})));
            advance(80);
            hand.pends();
            advance(30);
            hand.elapses();
        });
    }

    /** A source that has used up the budget in this very poll, again and again. */
    @Test
    void timeoutIsNoticedWhereTheSourceUsesUpTheBudget() throws Exception {
        inPausedTime(() -> {
            var greedy = Stream.<Integer>iter(java.util.stream.Stream.iterate(1, x -> 1))
                    .filter(x -> x > 1)
                    .timeout(ms(20));
            var task = Edo.spawn(greedy.next());
            advance(30);
            assertInstanceOf(Elapsed.class, assertThrows(JoinError.class, task::await).getCause());
            assertTrue(task.isFinished());
        });
    }

    @Test
    void cancelledTimeoutWakesNobody() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(Stream.pending().timeout(ms(100)));
            hand.pends();
            hand.stream.cancel();
            hand.stream.cancel();
            advance(200);
            hand.wasNotWoken();
            hand.ends();
        });
    }

    @Test
    void timeoutAtTheEndOfTheSourceIsTakenOff() throws Exception {
        inPausedTime(() -> {
            var channel = Mpsc.<Integer>unbounded();
            var hand = new ByHand<>(Stream.from(channel.receiver()).timeout(ms(100)));
            hand.pends();
            channel.sender().close();
            hand.wasWoken();
            hand.ends();
            advance(200);
            hand.wasNotWoken();
        });
    }

    // --- timeoutRepeating

    @Test
    void timeoutRepeatingElapsesAtEachTickOfASilence() throws Exception {
        inPausedTime(() -> {
            var interval = Interval.startingAt(Instant.now().plus(ms(100)), ms(100));
            var hand = new ByHand<>(evenOnesAfter(350, oneTo(3)).timeoutRepeating(interval));
            hand.gives(1);
            for (int i = 0; i < 3; i++) {
                hand.pends();
                advance(100);
                hand.wasWoken();
                hand.elapses();
            }
            hand.pends();
            advance(51);
            hand.gives(2);
            hand.gives(3);
            hand.ends();
        });
    }

    @Test
    void anElementStartsTheIntervalAnew() throws Exception {
        inPausedTime(() -> {
            var interval = Interval.startingAt(Instant.now().plus(ms(100)), ms(100));
            var hand = new ByHand<>(after(80, 1).chain(Stream.pending()).timeoutRepeating(interval));
            hand.pends();
            advance(80);
            hand.gives(1);
            hand.pends();
            advance(80);
            hand.pends();
            advance(21);
            hand.elapses();
            hand.stream.cancel();
            hand.ends();
        });
    }

    @Test
    void anIntervalWhoseFirstTickIsAtOnceElapsesAtOnce() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(Stream.pending().timeoutRepeating(Interval.of(ms(100))));
            hand.elapses();
            hand.pends();
        });
    }

    // --- throttle

    @Test
    void throttleKeepsAPauseAfterEachElement() throws Exception {
        inPausedTime(() -> {
            var endless = Stream.iter(java.util.stream.Stream.iterate(1, x -> x + 1));
            var hand = new ByHand<>(endless.throttle(ms(100)));
            hand.gives(1);
            hand.pends();
            advance(90);
            hand.pends();
            hand.wasNotWoken();
            advance(11);
            hand.wasWoken();
            hand.gives(2);
            hand.pends();
            hand.stream.cancel();
            advance(200);
            hand.wasNotWoken();
            hand.ends();
        });
    }

    @Test
    void throttleOfNothingDoesNotWait() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(oneTo(3).throttle(Duration.ZERO));
            for (int i = 1; i <= 3; i++) {
                hand.gives(i);
            }
            hand.ends();
        });
    }

    /** Else a loop around a listener that has run out of descriptors would spin. */
    @Test
    void throttleKeepsAPauseAfterAFailure() throws Exception {
        inPausedTime(() -> {
            Stream<Integer> failing = Stream.generate(() -> Future.failed(new IOException("no descriptor")));
            var stream = failing.throttle(ms(100));
            var hand = new ByHand<>(stream);
            for (int i = 0; i < 3; i++) {
                assertThrows(IOException.class, () -> stream.pollNext(Context.of(() -> {})));
                hand.pends();
                advance(101);
            }
        });
    }

    /** Such an end is known while the pause still runs, and who has heard of it polls no more. */
    @Test
    void throttleLeavesNoTimerBehindAtTheEnd() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(oneTo(3).take(2).throttle(ms(100)));
            hand.gives(1);
            hand.pends();
            advance(101);
            hand.wasWoken();
            hand.gives(2);
            hand.ends();
            assertEquals(0, Handle.current().metrics().numRegisteredTimers());
            advance(200);
            hand.wasNotWoken();
            hand.ends();
        });
    }

    /** A map that has ended goes on when something is inserted, but not before its time. */
    @Test
    void throttleKeepsItsPauseWhereTheSourceGoesOnAfterAnEnd() throws Exception {
        inPausedTime(() -> {
            var map = new StreamMap<String, Integer>();
            var replaced = map.insert("a", Stream.once(1));
            assertNull(replaced);
            var hand = new ByHand<>(map.throttle(ms(100)).map(StreamMap.Entry::element));
            hand.gives(1);
            hand.ends();
            replaced = map.insert("b", Stream.once(2));
            assertNull(replaced);
            hand.pends();
            advance(99);
            hand.pends();
            advance(1);
            hand.wasWoken();
            hand.gives(2);
        });
    }

    // --- chunksTimeout

    @Test
    void aChunkIsGivenWhenItsTimeIsOver() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(Stream.of(1, 2, 3).chain(after(3_000, 4)).chunksTimeout(4, ms(2_000)));
            hand.pends();
            advance(2_000);
            hand.wasWoken();
            hand.gives(List.of(1, 2, 3));
            hand.pends();
            advance(2_000);
            hand.gives(List.of(4));
            hand.ends();
        });
    }

    @Test
    void aFullChunkDoesNotWait() throws Exception {
        inPausedTime(() -> {
            var source = Stream.of(1, 2).chain(after(1_000, 3)).chain(after(3_000, 4));
            var hand = new ByHand<>(source.chunksTimeout(3, ms(2_000)));
            hand.pends();
            advance(2_000);
            hand.gives(List.of(1, 2, 3));
            hand.pends();
            advance(3_000);
            hand.gives(List.of(4));
            hand.ends();
        });
    }

    @Test
    void theTimeOfAChunkStartsWithItsFirstElement() throws Exception {
        inPausedTime(() -> {
            var start = Instant.now();
            var chunks = Stream.of(1, 2, 3, 4).chain(after(5_000, 5)).chunksTimeout(3, ms(2_000));
            assertEquals(List.of(1, 2, 3), chunks.next().await());
            assertEquals(Duration.ZERO, start.elapsed());
            assertEquals(List.of(4), chunks.next().await());
            assertEquals(ms(2_000), start.elapsed());
            assertEquals(List.of(5), chunks.next().await());
            assertEquals(ms(5_000), start.elapsed(), "the end gives the rest without waiting");
            assertEquals(null, chunks.next().await());
        });
    }

    @Test
    void theRemainderCanBeTakenOut() throws Exception {
        inPausedTime(() -> {
            var inner = Stream.of(1, 2, 3, 4).chain(after(1_000, 5));
            var chunks = inner.byRef().chunksTimeout(10, ms(20));
            var hand = new ByHand<>(chunks);
            hand.pends();
            assertEquals(new SizeHint(1, 2), chunks.sizeHint());
            assertEquals(List.of(1, 2, 3, 4), chunks.remainder());
            assertEquals(List.of(), chunks.remainder());
            advance(2_000);
            chunks.cancel();
            hand.ends();
            assertEquals(5, inner.next().await());
        });
    }

    @Test
    void aFailureComesAfterTheElementsBeforeIt() throws Exception {
        inPausedTime(() -> {
            var stream = oneTo(3)
                    .then(x -> x == 3 ? Future.<Integer>failed(new IOException("lost")) : Future.ready(x))
                    .chain(Stream.of(4))
                    .chunksTimeout(10, ms(20));
            var hand = new ByHand<>(stream);
            hand.gives(List.of(1, 2));
            assertThrows(IOException.class, () -> stream.pollNext(Context.of(() -> {})));
            assertFalse(stream.isTerminated());
            hand.gives(List.of(4));
            hand.ends();
        });
    }

    @Test
    void aChunkHoldsAtLeastOneElement() {
        var failure = assertThrows(IllegalArgumentException.class, () -> oneTo(3).chunksTimeout(0, ms(1)));
        assertTrue(failure.getMessage().contains("maxSize=0"));
    }

    @Test
    void cancelDropsTheChunkAndItsTimer() throws Exception {
        inPausedTime(() -> {
            var hand = new ByHand<>(Stream.of(1).chain(Stream.pending()).chunksTimeout(3, ms(20)));
            hand.pends();
            hand.stream.cancel();
            advance(100);
            hand.wasNotWoken();
            hand.ends();
        });
    }

    // --- Interval

    @Test
    void anIntervalIsAStreamOfItsTicks() throws Exception {
        inPausedTime(() -> {
            var start = Instant.now();
            var stream = Stream.from(Interval.of(ms(100)));
            assertFalse(stream.isTerminated());
            assertEquals(SizeHint.atLeast(Long.MAX_VALUE), stream.sizeHint());
            var ticks = new ArrayList<Instant>();
            for (var tick : stream.byRef().take(3).blockingIterable()) {
                ticks.add(tick);
            }
            assertEquals(List.of(start, start.plus(ms(100)), start.plus(ms(200))), ticks);
            var hand = new ByHand<>(stream);
            hand.pends();
            stream.cancel();
            advance(200);
            hand.wasNotWoken();
            hand.ends();
        });
    }

    /**
     * Gives every fourth tick. At the others it has nothing to give and has to be polled again: a tick that is
     * ready registered nobody for the next one.
     */
    private static final class EveryFourth implements Stream<Integer> {
        private final Interval interval = Interval.of(ms(10));
        private final boolean wakesItself;
        private int ticks;

        EveryFourth(boolean wakesItself) {
            this.wakesItself = wakesItself;
        }

        @Override
        public @Nullable Integer pollNext(Context cx) {
            if (isTerminated() || !interval.pollTick(cx).isReady()) {
                return null;
            }
            ticks++;
            if (ticks % 4 == 0) {
                return ticks;
            }
            if (wakesItself) {
                cx.waker().wake();
            }
            return null;
        }

        @Override
        public boolean isTerminated() {
            return ticks > 12;
        }

        @Override
        public void cancel() {
            ticks = 13;
        }
    }

    private static List<Integer> givenWithin(Duration limit, EveryFourth stream) throws Exception {
        var given = new ArrayList<Integer>();
        var task = Edo.spawn(stream.byRef().forEach(given::add).timeout(limit));
        try {
            task.await();
        } catch (JoinError e) {
            assertTrue(e.getCause() instanceof Elapsed, e::toString);
        }
        return given;
    }

    @Test
    void aStreamOverTicksGoesOnWhereItWakesItself() throws Exception {
        inPausedTime(() -> assertEquals(List.of(4, 8, 12), givenWithin(ms(150), new EveryFourth(true))));
    }

    @Test
    void aStreamOverTicksStopsWhereNobodyPollsItAfterAReadyTick() throws Exception {
        inPausedTime(() -> assertEquals(List.of(), givenWithin(ms(150), new EveryFourth(false))));
    }

    @Test
    void aWaitForATickThatIsGivenUpLosesNone() throws Exception {
        inPausedTime(() -> {
            var start = Instant.now();
            var ticks = Stream.from(Interval.of(ms(100)));
            assertEquals(start, ticks.next().await());
            assertThrows(Elapsed.class, () -> ticks.next().timeout(ms(30)).await());
            assertEquals(start.plus(ms(100)), ticks.next().await());
        });
    }

    // --- DelayQueue

    @Test
    void aDelayQueueIsAStreamOfWhatExpires() throws Exception {
        inPausedTime(() -> {
            var start = Instant.now();
            var queue = new DelayQueue<String>();
            queue.insert("two", ms(20));
            queue.insert("one", ms(10));
            var stream = Stream.from(queue);
            assertFalse(stream.isTerminated());
            assertEquals(List.of("one", "two"), stream.map(Expired::value).toList().await());
            assertEquals(ms(20), start.elapsed());
        });
    }

    /**
     * What was inserted after a poll found the queue empty wakes nobody: a stream that said then that it had
     * not ended would leave its task waiting for ever.
     */
    @Test
    void aStreamThatFoundTheQueueEmptyHasEndedUntilThePollAfterAnInsert() throws Exception {
        inPausedTime(() -> {
            var queue = new DelayQueue<String>();
            var stream = Stream.from(queue);
            var hand = new ByHand<>(stream);
            hand.ends();
            var key = queue.insert("late", ms(10));
            assertTrue(stream.isTerminated());
            hand.pends();
            queue.remove(key);
            hand.wasWoken();
            assertFalse(stream.isTerminated());
            hand.ends();
            var again = queue.insert("again", ms(0));
            hand.gives(new Expired<>("again", Instant.now(), again));
            assertFalse(stream.isTerminated());
            hand.ends();
        });
    }

    @Test
    void cancellingTheStreamOfADelayQueueLeavesItsValues() throws Exception {
        inPausedTime(() -> {
            var queue = new DelayQueue<String>();
            queue.insert("value", ms(10));
            var stream = Stream.from(queue);
            var hand = new ByHand<>(stream);
            hand.pends();
            stream.cancel();
            stream.cancel();
            advance(20);
            hand.wasNotWoken();
            hand.ends();
            assertEquals(SizeHint.NONE, stream.sizeHint());
            assertEquals("value", queue.take().await().value());
        });
    }

    // --- giving up

    private static void cancelAtEveryPoll(Function<Stream<Integer>, Stream<?>> combinator) throws Exception {
        for (int polls = 0; polls < 8; polls++) {
            int pollsNow = polls;
            inPausedTime(() -> {
                var channel = Mpsc.<Integer>unbounded();
                var hand = new ByHand<>(combinator.apply(Stream.from(channel.receiver())));
                for (int i = 0; i < pollsNow; i++) {
                    if (i % 2 == 1) {
                        channel.sender().send(i);
                    }
                    hand.polls();
                    advance(7);
                }
                hand.stream.cancel();
                hand.stream.cancel();
                assertTrue(channel.sender().isClosed(), "the source was not cancelled after " + pollsNow);
                hand.ends();
                hand.forgetWakes();
                advance(1_000);
                hand.wasNotWoken();
            });
        }
    }

    @Test
    void whatIsGivenUpReleasesItsSourceAndItsTimer() throws Exception {
        cancelAtEveryPoll(s -> s.timeout(ms(10)));
        cancelAtEveryPoll(s -> s.timeoutRepeating(Interval.of(ms(10))));
        cancelAtEveryPoll(s -> s.throttle(ms(10)));
        cancelAtEveryPoll(s -> s.chunksTimeout(2, ms(10)));
        cancelAtEveryPoll(s -> s.then(x -> Edo.sleep(ms(10)).map(none -> x)));
        cancelAtEveryPoll(s -> s.throttle(ms(5)).chunksTimeout(3, ms(20)).timeout(ms(10)));
    }

    // --- outside a runtime

    @Test
    void timeNeedsARuntime() {
        assertThrows(IllegalStateException.class, () -> oneTo(1).timeout(ms(1)));
        var waker = new @Nullable Waker[1];
        var chunks = oneTo(1).chain(Stream.pending()).chunksTimeout(2, ms(1));
        assertThrows(IllegalStateException.class, () -> chunks.pollNext(Context.of(() -> waker[0] = null)));
    }
}
