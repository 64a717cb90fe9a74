package dev.edo.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DelayQueueTest {
    private static final String PENDING = "pending";

    private final FakeTime time = new FakeTime(1_000_000);
    private final Instant start = time.now();
    private final DelayQueue<String> queue = new DelayQueue<>(0, time::sleepUntil, time::now);
    private int wakes;
    private final Waker waker = () -> wakes++;
    private final Context cx = Context.of(waker);

    private Instant at(long millis) {
        return start.plus(Duration.ofMillis(millis));
    }

    /** The value, null for an empty queue, or PENDING. */
    private @Nullable String poll() {
        var polled = queue.pollExpired(cx);
        if (!polled.isReady()) {
            return PENDING;
        }
        var expired = ready(polled);
        return expired == null ? null : expired.value();
    }

    private static <T extends @Nullable Object> T ready(Poll<T> poll) {
        if (poll instanceof Poll.Ready<T>(var value)) {
            return value;
        }
        throw new AssertionError("pending");
    }

    private int takeWakes() {
        int taken = wakes;
        wakes = 0;
        return taken;
    }

    private FakeTime.FakeSleep timer() {
        assertEquals(1, time.sleeps.size(), "one timer for the whole queue");
        return time.sleeps.getFirst();
    }

    @Test
    void anEmptyQueueSaysSoAtOnceAndUsesNoTimer() {
        assertNull(poll());
        assertTrue(queue.isEmpty());
        assertTrue(time.sleeps.isEmpty());
    }

    @Test
    void valuesThatAreDueComeOutWithoutATimerInTheOrderOfArrival() {
        queue.insertAt("1", start);
        queue.insertAt("2", start);
        queue.insertAt("3", start);
        assertEquals(3, queue.size());
        assertEquals("1", poll());
        assertEquals("2", poll());
        assertEquals("3", poll());
        assertNull(poll());
        assertTrue(time.sleeps.isEmpty());
    }

    @Test
    void aValueComesOutAtItsDeadlineAndSaysWhichItWas() {
        var key = queue.insert("foo", Duration.ofMillis(5));
        assertEquals(at(5), queue.deadline(key));
        assertEquals(PENDING, poll());
        time.advanceMillis(4);
        assertEquals(0, takeWakes());
        assertEquals(PENDING, poll());
        time.advanceMillis(1);
        assertEquals(1, takeWakes());
        var expired = ready(queue.pollExpired(cx));
        assertEquals(new Expired<>("foo", at(5), key), expired);
        assertNull(queue.deadline(key));
        assertNull(poll());
    }

    @Test
    void manyDelaysComeOutInTurnByOneTimer() {
        long far = 262_144 + 9 * 4096;
        var delays = List.of(1000L, 2L, 234L, far, 60L, 10L);
        for (long delay : delays) {
            queue.insert(Long.toString(delay), Duration.ofMillis(delay));
        }
        assertEquals(PENDING, poll());
        var out = new ArrayList<String>();
        for (long elapsed = 1; elapsed <= 1200; elapsed++) {
            time.advanceMillis(1);
            assertEquals(delays.contains(elapsed) ? 1 : 0, takeWakes(), "elapsed=" + elapsed);
            if (delays.contains(elapsed)) {
                out.add(poll());
                assertEquals(PENDING, poll());
            }
        }
        assertEquals(List.of("2", "10", "60", "234", "1000"), out);
        time.advanceMillis(far - 1200);
        assertEquals(Long.toString(far), poll());
        assertNull(poll());
        timer();
    }

    @Test
    void aDeadlineInThePastIsDueAtOnce() {
        time.advanceMillis(10);
        queue.insertAt("foo", start);
        queue.insert("bar", Duration.ofSeconds(Long.MIN_VALUE));
        queue.insertAt("baz", new Instant(Long.MIN_VALUE));
        assertEquals("baz", poll());
        assertEquals("bar", poll());
        assertEquals("foo", poll());
    }

    @Test
    void anInsertInThePastWakesWhoWaits() {
        queue.insertAt("foo", at(200));
        assertEquals(PENDING, poll());
        time.advanceMillis(80);
        assertEquals(0, takeWakes());
        queue.insertAt("bar", at(40));
        assertEquals(1, takeWakes());
        assertEquals("bar", poll());
        assertNull(timer().waker, "nobody waits, so the timer wakes nobody");
        assertEquals(PENDING, poll());
    }

    @Test
    void anEarlierInsertWakesOnceAndALaterOneNobody() {
        queue.insertAt("one", at(200));
        assertEquals(PENDING, poll());
        queue.insertAt("late", at(300));
        queue.insertAt("same", at(200));
        assertEquals(0, takeWakes());
        queue.insertAt("two", at(100));
        queue.insertAt("three", at(50));
        assertEquals(1, takeWakes(), "who was woken looks at all of them");
        assertEquals(PENDING, poll());
        time.advanceMillis(50);
        assertEquals(1, takeWakes());
        assertEquals("three", poll());
        assertEquals(PENDING, poll());
        time.advanceMillis(49);
        assertEquals(PENDING, poll());
        time.advanceMillis(1);
        assertEquals("two", poll());
    }

    @Test
    void insertingBetweenPollsDoesNotPassOverWhatIsDue() {
        for (var name : List.of("1", "2", "3")) {
            queue.insertAt(name, at(100));
        }
        assertEquals(PENDING, poll());
        time.advanceMillis(100);
        assertEquals(1, takeWakes());
        for (var name : List.of("1", "2", "3")) {
            assertEquals(name, poll());
            queue.insertAt("later", at(500));
        }
        assertEquals(PENDING, poll());
        assertEquals(3, queue.size());
    }

    @Test
    void removeTakesAValueOutOnceDueOrNot() {
        var key = queue.insertAt("foo", at(5));
        assertEquals(PENDING, poll());
        assertEquals(new Expired<>("foo", at(5), key), queue.remove(key));
        assertNull(queue.remove(key));
        assertFalse(queue.resetAt(key, at(1)));
        time.advanceMillis(10);
        assertNull(poll());
        var due = queue.insertAt("bar", start);
        assertNotNull(queue.remove(due));
        assertTrue(queue.isEmpty());
    }

    @Test
    void removingTheLastValueWakesWhoWaits() {
        var one = queue.insertAt("one", at(1000));
        var two = queue.insertAt("two", at(2000));
        assertEquals(PENDING, poll());
        queue.remove(one);
        assertEquals(0, takeWakes());
        queue.remove(two);
        assertEquals(1, takeWakes());
        assertNull(poll());
        assertNull(timer().waker);
    }

    @Test
    void clearWakesWhoWaitsAndMakesAllKeysStale() {
        var keys = List.of(queue.insertAt("one", at(1000)), queue.insertAt("two", at(2000)));
        assertEquals(PENDING, poll());
        queue.clear();
        assertEquals(1, takeWakes());
        assertNull(poll());
        assertEquals(0, queue.size());
        assertNull(queue.peek());
        for (var key : keys) {
            assertNull(queue.remove(key));
            assertFalse(queue.reset(key, Duration.ZERO));
            assertNull(queue.deadline(key));
            assertNull(key.value, "a stale key holds on to nothing");
            assertNull(key.heap);
        }
        queue.clear();
        assertEquals(0, takeWakes());
        queue.insertAt("three", start);
        assertEquals("three", poll());
    }

    /**
     * In Tokio a key is an index, and after a removal it names whatever was inserted there next.
     */
    @Test
    void aStaleKeyNeverMeansALaterValue() {
        var old = queue.insertAt("old", at(10));
        queue.remove(old);
        var young = queue.insertAt("young", at(10));
        assertNull(queue.remove(old));
        assertFalse(queue.resetAt(old, at(1)));
        queue.compact();
        assertNull(queue.remove(old));
        assertEquals(at(10), queue.deadline(young));
    }

    @Test
    void aKeyOfAnotherQueueIsRejected() {
        var other = new DelayQueue<String>(0, time::sleepUntil, time::now);
        var key = other.insertAt("foo", at(1));
        var e = assertThrows(IllegalArgumentException.class, () -> queue.remove(key));
        assertTrue(e.getMessage().contains("another delay queue"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> queue.resetAt(key, start));
        assertThrows(IllegalArgumentException.class, () -> queue.deadline(key));
        assertEquals(1, other.size());
    }

    @Test
    void resetLaterWakesOnceAtTheOldDeadlineAndThenAtTheNewOne() {
        var key = queue.insertAt("foo", at(5));
        assertEquals(PENDING, poll());
        for (int millis = 6; millis <= 15; millis++) {
            assertTrue(queue.resetAt(key, at(millis)));
        }
        assertEquals(0, takeWakes());
        time.advanceMillis(5);
        assertEquals(1, takeWakes(), "the timer was left alone by ten resets");
        assertEquals(PENDING, poll());
        time.advanceMillis(9);
        assertEquals(0, takeWakes());
        time.advanceMillis(1);
        assertEquals(1, takeWakes());
        assertEquals("foo", poll());
        assertNull(poll());
    }

    @Test
    void resetEarlierAndToThePastWakesWhoWaits() {
        var key = queue.insertAt("foo", at(10_000));
        assertEquals(PENDING, poll());
        assertTrue(queue.resetAt(key, at(100)));
        assertEquals(1, takeWakes());
        assertEquals(PENDING, poll());
        time.advanceMillis(80);
        assertTrue(queue.resetAt(key, at(60)));
        assertEquals(1, takeWakes());
        assertEquals("foo", poll());
    }

    @Test
    void resetOfTheSecondToEarlierMakesItTheFirst() {
        queue.insertAt("one", at(200));
        var two = queue.insertAt("two", at(250));
        assertEquals(PENDING, poll());
        queue.resetAt(two, at(100));
        assertEquals(PENDING, poll());
        takeWakes();
        time.advanceMillis(100);
        assertEquals(1, takeWakes());
        assertEquals("two", poll());
    }

    @Test
    void resetOfTheFirstToLaterMakesTheSecondTheFirst() {
        var one = queue.insertAt("one", at(200));
        queue.insertAt("two", at(250));
        assertEquals(PENDING, poll());
        queue.resetAt(one, at(300));
        time.advanceMillis(200);
        assertEquals(1, takeWakes());
        assertEquals(PENDING, poll());
        time.advanceMillis(50);
        assertEquals(1, takeWakes());
        assertEquals("two", poll());
        time.advanceMillis(50);
        assertEquals("one", poll());
    }

    @Test
    void manyResetsLeaveTheLastOneStanding() {
        var one = queue.insertAt("one", at(200));
        var two = queue.insertAt("two", at(250));
        assertEquals(PENDING, poll());
        queue.resetAt(one, at(300));
        queue.resetAt(two, at(350));
        queue.resetAt(one, at(400));
        time.advanceMillis(310);
        assertEquals(PENDING, poll());
        time.advanceMillis(50);
        assertEquals("two", poll());
        assertEquals(PENDING, poll());
        time.advanceMillis(50);
        assertEquals("one", poll());
        assertNull(poll());
    }

    @Test
    void aValueInsertedAsDueCanBeResetToTheFuture() {
        var key = queue.insertAt("foo", at(-100));
        assertTrue(queue.resetAt(key, at(100)));
        assertTrue(queue.resetAt(key, at(50)));
        assertEquals(1, queue.size());
        assertEquals(PENDING, poll());
        time.advanceMillis(50);
        assertEquals("foo", poll());
        assertEquals(0, queue.size());
    }

    @Test
    void ofTwoThatAreDueOneComesOutAndTheOtherIsRemoved() {
        var foo = queue.insertAt("foo", at(64));
        var bar = queue.insertAt("bar", at(64));
        time.advanceMillis(80);
        assertEquals("foo", poll());
        queue.compact();
        assertNull(queue.remove(foo));
        assertEquals(new Expired<>("bar", at(64), bar), queue.remove(bar));
        assertNull(poll());
    }

    /** In Tokio a queue that is older than its wheel once panicked at the next insert. */
    @Test
    void anOldQueueTakesNewValues() {
        for (int i = 0; i < 5; i++) {
            time.advanceMillis(1L << 35);
            queue.insert("now", Duration.ZERO);
            assertEquals("now", poll());
        }
        queue.insert("soon", Duration.ofMillis(1));
        assertEquals(PENDING, poll());
        time.advanceMillis(1);
        assertEquals(1, takeWakes());
        assertEquals("soon", poll());
    }

    @Test
    void peekNamesWhatComesNextDueOrNot() {
        assertNull(queue.peek());
        var later = queue.insertAt("later", at(6));
        var sooner = queue.insertAt("sooner", at(3));
        assertSame(sooner, queue.peek());
        time.advanceMillis(6);
        assertSame(sooner, queue.peek());
        assertEquals("sooner", poll());
        assertSame(later, queue.peek());
        queue.remove(later);
        assertNull(queue.peek());
    }

    @Test
    void compactGivesRoomBackAndKeysStayValid() {
        var keys = new ArrayList<DelayKey>();
        for (int i = 0; i < 100; i++) {
            keys.add(queue.insertAt("v" + i, at(10 + i)));
        }
        for (int i = 0; i < 90; i++) {
            assertNotNull(queue.remove(keys.get(i)));
        }
        queue.compact();
        assertEquals(10, queue.capacity());
        assertTrue(queue.resetAt(keys.get(99), at(1)));
        queue.insertAt("new", at(2));
        time.advanceMillis(2);
        assertEquals("v99", poll());
        assertEquals("new", poll());
        for (int i = 90; i < 99; i++) {
            assertEquals("v" + i, queue.remove(keys.get(i)).value());
        }
        assertNull(poll());
        queue.compact();
        assertEquals(0, queue.capacity());
    }

    @Test
    void reserveMakesRoomAndBadNumbersAreNamed() {
        queue.reserve(1000);
        int capacity = queue.capacity();
        assertTrue(capacity >= 1000);
        for (int i = 0; i < 1000; i++) {
            queue.insertAt("v", at(i));
        }
        assertEquals(capacity, queue.capacity());
        assertEquals(100, new DelayQueue<String>(100).capacity());
        var e = assertThrows(IllegalArgumentException.class, () -> queue.reserve(-1));
        assertEquals("additional=-1 must not be negative", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new DelayQueue<String>(-1));
        var full = assertThrows(IllegalStateException.class, () -> queue.reserve(Integer.MAX_VALUE));
        assertEquals("size=1000 plus additional=2147483647 is beyond what a delay queue holds; use several queues",
                full.getMessage());
        assertEquals(1000, queue.size(), "the lock is free again");
    }

    @Test
    void absurdDelaysLieInTheFarFutureAndKeepTheirOrder() {
        var endless = queue.insert("endless", Duration.ofSeconds(Long.MAX_VALUE));
        var never = queue.insertAt("never", new Instant(Long.MAX_VALUE));
        queue.insert("soon", Duration.ofMillis(1));
        assertEquals(start.plus(Duration.ofDays(30 * 365)), queue.deadline(endless));
        assertEquals(new Instant(Long.MAX_VALUE), queue.deadline(never));
        time.advanceMillis(1);
        assertEquals("soon", poll());
        assertEquals(PENDING, poll());
        assertTrue(queue.reset(endless, Duration.ofSeconds(Long.MIN_VALUE)));
        assertEquals("endless", poll());
    }

    /** A timer holds 292 years less a tick, so one set to the end of time fires a tick early. */
    @Test
    void whatIsDueIsWhatTheTimerWasSetTo() {
        var clamped = new Instant(Long.MAX_VALUE - 1000);
        var farQueue = new DelayQueue<String>(0, _ -> time.sleepUntil(clamped), () -> clamped);
        farQueue.insertAt("end of time", new Instant(Long.MAX_VALUE));
        time.advanceMillis(clamped.nanos() / 1_000_000);
        time.advanceMillis(1);
        assertTrue(farQueue.pollExpired(cx).isReady());
    }

    @Test
    void theWakerOfTheLastPollIsTheOneThatIsWoken() {
        queue.insertAt("foo", at(10));
        var others = new int[1];
        assertFalse(queue.pollExpired(Context.of(() -> others[0]++)).isReady());
        assertEquals(PENDING, poll());
        queue.insertAt("bar", at(5));
        assertEquals(1, takeWakes());
        assertEquals(PENDING, poll());
        time.advanceMillis(5);
        assertEquals(1, takeWakes());
        assertEquals(0, others[0]);
    }

    @Test
    void takeWaitsWhileTheQueueIsEmpty() throws Exception {
        var take = queue.take();
        assertFalse(take.poll(cx).isReady());
        assertTrue(time.sleeps.isEmpty());
        queue.insertAt("never", new Instant(Long.MAX_VALUE));
        assertEquals(1, takeWakes());
        assertFalse(take.poll(cx).isReady());
        queue.clear();
        assertFalse(take.poll(cx).isReady());
        takeWakes();
        queue.insertAt("foo", at(5));
        assertEquals(1, takeWakes());
        assertFalse(take.poll(cx).isReady());
        time.advanceMillis(5);
        assertEquals(1, takeWakes());
        assertEquals("foo", ready(take.poll(cx)).value());
        assertThrows(IllegalStateException.class, () -> take.poll(cx));
    }

    @Test
    void aCancelledWaitLosesNoValueAndIsWokenByNothing() throws Exception {
        queue.insertAt("foo", at(5));
        var wait = queue.next();
        assertFalse(wait.poll(cx).isReady());
        wait.cancel();
        assertNull(timer().waker);
        queue.insertAt("bar", at(1));
        time.advanceMillis(5);
        assertEquals(0, takeWakes());
        assertThrows(IllegalStateException.class, () -> wait.poll(cx));
        var next = queue.next();
        assertEquals("bar", ready(next.poll(cx)).value());
        next.cancel();
        assertEquals("foo", ready(queue.next().poll(cx)).value());
        assertNull(ready(queue.next().poll(cx)));
    }

    @Test
    void cancellingAWaitThatWasNeverPolledLeavesTheOneWhoWaits() {
        queue.insertAt("foo", at(5));
        assertEquals(PENDING, poll());
        queue.next().cancel();
        time.advanceMillis(5);
        assertEquals(1, takeWakes());
    }

    /** One task may wait twice, in two branches of a select for instance, one of which is given up. */
    @Test
    void givingUpAWaitLeavesALaterOneAlone() throws Exception {
        queue.insertAt("foo", at(5));
        var first = queue.next();
        var second = queue.take();
        assertFalse(first.poll(cx).isReady());
        assertFalse(second.poll(cx).isReady());
        first.cancel();
        time.advanceMillis(5);
        assertEquals(1, takeWakes());
        assertEquals("foo", ready(second.poll(cx)).value());
        var third = queue.take();
        assertFalse(third.poll(cx).isReady());
        queue.insertAt("bar", at(10));
        assertEquals(1, takeWakes());
        assertFalse(third.poll(cx).isReady());
        assertEquals(PENDING, poll());
        third.cancel();
        time.advanceMillis(5);
        assertEquals(1, takeWakes());
        assertEquals("bar", poll());
    }

    /** A task that was aborted gives its wait up late: on another thread, possibly while the next one is polled. */
    @Test
    void givingUpAWaitDuringThePollOfTheNextOneLeavesThatAlone() throws Exception {
        var meanwhile = new Runnable[] {() -> {}};
        var shared = new DelayQueue<String>(0, time::sleepUntil, () -> {
            meanwhile[0].run();
            return time.now();
        });
        shared.insertAt("foo", at(5));
        var first = shared.next();
        var second = shared.next();
        assertFalse(first.poll(cx).isReady());
        meanwhile[0] = first::cancel;
        assertFalse(second.poll(cx).isReady());
        meanwhile[0] = () -> {};
        time.advanceMillis(5);
        assertEquals(1, takeWakes());
        assertEquals("foo", ready(second.poll(cx)).value());
    }

    @Test
    void withoutBudgetNothingComesOut() {
        queue.insertAt("foo", start);
        var exhausted = new Context() {
            int made;

            @Override
            public Waker waker() {
                return waker;
            }

            @Override
            public boolean pollProceed() {
                return made > 0;
            }

            @Override
            public void madeProgress() {
                made++;
            }
        };
        assertFalse(queue.pollExpired(exhausted).isReady());
        assertEquals(1, queue.size());
        exhausted.made = 1;
        assertTrue(queue.pollExpired(exhausted).isReady());
        assertEquals(2, exhausted.made, "a value is a unit of work");
    }

    @Test
    void twoTasksThatPollAtOnceAreTold() {
        queue.insertAt("foo", at(5));
        var nested = new DelayQueue<?>[1];
        var selfPolling = new DelayQueue<String>(0, deadline -> {
            nested[0].pollExpired(cx);
            return time.sleepUntil(deadline);
        }, time::now);
        nested[0] = selfPolling;
        selfPolling.insertAt("foo", at(5));
        var e = assertThrows(IllegalStateException.class, () -> selfPolling.pollExpired(cx));
        assertTrue(e.getMessage().contains("two tasks"), e.getMessage());
    }

    @Test
    void aNullIsAValue() {
        var nulls = new DelayQueue<@Nullable String>(0, time::sleepUntil, time::now);
        var key = nulls.insertAt(null, start);
        var expired = ready(nulls.pollExpired(cx));
        assertNotNull(expired);
        assertNull(expired.value());
        assertNull(nulls.remove(key));
    }
}
