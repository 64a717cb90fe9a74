package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream as a publisher, polled by hand; the numbers are those of the rules of reactive streams. */
class PublishFutureTest {
    private final Polling polling = new Polling();
    private final Sink sink = new Sink();

    /** A subscriber that does what the test says, and remembers what it got. */
    private static final class Sink implements Flow.Subscriber<Integer> {
        private final List<Integer> elements = new ArrayList<>();
        private Flow.@Nullable Subscription subscription;
        private @Nullable Throwable failure;
        private int completions;
        private Consumer<Integer> onNext = x -> {};
        private long requestAtStart;

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            assertEquals(null, subscription, "1.9: once");
            subscription = newSubscription;
            if (requestAtStart != 0) {
                newSubscription.request(requestAtStart);
            }
        }

        @Override
        public void onNext(Integer element) {
            assertTrue(subscription != null && failure == null && completions == 0, "1.7, 1.9");
            elements.add(element);
            onNext.accept(element);
        }

        @Override
        public void onError(Throwable throwable) {
            assertTrue(subscription != null && failure == null && completions == 0, "1.7, 1.9");
            failure = throwable;
        }

        @Override
        public void onComplete() {
            assertTrue(subscription != null && failure == null && completions == 0, "1.7, 1.9");
            completions++;
        }

        Flow.Subscription subscription() {
            if (subscription == null) {
                throw new AssertionError("no subscription");
            }
            return subscription;
        }
    }

    private PublishFuture<Integer> publishing(Stream<Integer> stream) {
        return new PublishFuture<>(stream, sink);
    }

    @Test
    void noMoreIsSentThanWasRequested() throws Exception {
        var source = TestSource.open(1, 2, 3, 4);
        var task = publishing(source);
        polling.pends(task);
        assertEquals(List.of(), sink.elements);
        assertEquals(0, source.polls(), "an element is not taken before it is asked for");
        sink.subscription().request(1);
        polling.wasWoken();
        polling.pends(task);
        assertEquals(List.of(1), sink.elements, "1.1");
        sink.subscription().request(1);
        sink.subscription().request(1);
        polling.pends(task);
        assertEquals(List.of(1, 2, 3), sink.elements, "3.8: requests add up");
    }

    @Test
    void elementsThatComeLaterAreSentWhenTheyCome() throws Exception {
        var source = TestSource.<Integer>open();
        sink.requestAtStart = 5;
        var task = publishing(source);
        polling.pends(task);
        source.send(1);
        polling.wasWoken();
        polling.pends(task);
        assertEquals(List.of(1), sink.elements);
    }

    @Test
    void completionNeedsNoDemand() throws Exception {
        var task = publishing(Stream.empty());
        assertEquals(null, polling.value(task));
        assertEquals(1, sink.completions, "1.5");
        assertThrows(IllegalStateException.class, () -> task.poll(polling.waker.context()));
    }

    @Test
    void theEndIsSignalledAfterTheLastElement() throws Exception {
        sink.requestAtStart = 10;
        polling.value(publishing(Stream.of(1, 2, 3)));
        assertEquals(List.of(1, 2, 3), sink.elements);
        assertEquals(1, sink.completions);
        sink.subscription().request(1);
        sink.subscription().cancel();
    }

    @Test
    void aFailureIsAnErrorAndTheEnd() throws Exception {
        var failure = new IOException("lost");
        var source = TestSource.open(1).fail(failure).send(2);
        sink.requestAtStart = 10;
        polling.value(publishing(source));
        assertEquals(List.of(1), sink.elements);
        assertSame(failure, sink.failure, "1.4");
        assertEquals(1, source.cancels());
    }

    @Test
    void requestInsideOnNextDoesNotRecurse() throws Exception {
        int count = 100_000;
        sink.requestAtStart = 1;
        int[] depth = {0};
        sink.onNext = x -> {
            assertEquals(0, depth[0]++, "3.3: recursion");
            sink.subscription().request(1);
            depth[0]--;
        };
        var elements = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            elements.add(i);
        }
        var task = publishing(Stream.iter(elements));
        int polls = 1;
        while (!task.poll(polling.waker.context()).isReady()) {
            polling.wasWoken();
            polls++;
        }
        assertEquals(elements, sink.elements);
        assertTrue(polls <= count / 256 + 2, "polls=" + polls);
    }

    @Test
    void requestsThatOverflowMeanWithoutLimit() throws Exception {
        var source = TestSource.open(1, 2);
        var task = publishing(source);
        polling.pends(task);
        sink.subscription().request(Long.MAX_VALUE);
        sink.subscription().request(Long.MAX_VALUE);
        polling.pends(task);
        source.send(3);
        polling.pends(task);
        assertEquals(List.of(1, 2, 3), sink.elements, "3.17");
    }

    @Test
    void aRequestOfNothingOrLessIsAnError() throws Exception {
        for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
            var failing = new Sink();
            var source = TestSource.open(1);
            var task = new PublishFuture<>(source, failing);
            polling.pends(task);
            failing.subscription().request(n);
            polling.wasWoken();
            polling.value(task);
            assertInstanceOf(IllegalArgumentException.class, failing.failure, "3.9");
            assertEquals(1, source.cancels());
            assertEquals(List.of(), failing.elements);
        }
    }

    @Test
    void cancelEndsItWithoutASignal() throws Exception {
        var source = TestSource.open(1, 2);
        sink.requestAtStart = 1;
        var task = publishing(source);
        polling.pends(task);
        polling.waker.takeWakes();
        sink.subscription().cancel();
        polling.wasWoken();
        sink.subscription().cancel();
        polling.value(task);
        assertEquals(1, source.cancels(), "3.12");
        assertEquals(0, sink.completions);
        assertEquals(null, sink.failure);
        sink.subscription().request(-1);
        sink.subscription().request(1);
        polling.wasNotWoken();
    }

    @Test
    void cancelWhileTheStreamWaitsWakesTheTask() throws Exception {
        var source = TestSource.<Integer>open();
        sink.requestAtStart = 1;
        var task = publishing(source);
        polling.pends(task);
        sink.subscription().cancel();
        polling.wasWoken();
        polling.value(task);
        assertEquals(1, source.cancels());
    }

    @Test
    void cancelInsideOnNextStopsAtThatElement() throws Exception {
        sink.requestAtStart = 10;
        sink.onNext = x -> {
            if (x == 2) {
                sink.subscription().cancel();
            }
        };
        var source = TestSource.closed(1, 2, 3);
        polling.value(publishing(source));
        assertEquals(List.of(1, 2), sink.elements, "1.8");
        assertEquals(1, source.cancels());
        assertEquals(0, sink.completions);
    }

    @Test
    void cancelInsideOnSubscribe() throws Exception {
        var source = TestSource.open(1);
        var task = new PublishFuture<Integer>(source, new Flow.Subscriber<Integer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
            }

            @Override
            public void onNext(Integer item) {
                throw new AssertionError("onNext");
            }

            @Override
            public void onError(Throwable throwable) {
                throw new AssertionError("onError");
            }

            @Override
            public void onComplete() {
                throw new AssertionError("onComplete");
            }
        });
        polling.value(task);
        assertEquals(1, source.cancels());
        task.cancel();
    }

    @Test
    void aSubscriberThatThrowsEndsTheTaskAndCancelsTheStream() {
        sink.requestAtStart = 10;
        sink.onNext = x -> {
            throw new IllegalStateException("2.13");
        };
        var source = TestSource.open(1, 2);
        var task = publishing(source);
        assertThrows(IllegalStateException.class, () -> task.poll(polling.waker.context()));
        assertEquals(1, source.cancels());
        assertEquals(List.of(1), sink.elements);
        assertThrows(IllegalStateException.class, () -> task.poll(polling.waker.context()));
    }

    // The subscriber is owed a last signal, whatever the stream does when it is cancelled.
    @Test
    void aStreamThatCannotBeCancelledStillFails() throws Exception {
        var failure = new IOException("lost");
        var stubborn = new IllegalStateException("cannot be cancelled");
        var source = new Stream<Integer>() {
            @Override
            public @Nullable Integer pollNext(Context cx) throws IOException {
                throw failure;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public void cancel() {
                throw stubborn;
            }
        };
        sink.requestAtStart = 1;
        polling.value(publishing(source));
        assertSame(failure, sink.failure);
        assertSame(stubborn, failure.getSuppressed()[0]);
    }

    // The subscriber may keep its subscription, and with it the waker of a task that has ended.
    @Test
    void aRequestAfterTheEndWakesNobody() throws Exception {
        sink.requestAtStart = 10;
        polling.value(publishing(Stream.of(1)));
        assertEquals(1, sink.completions);
        sink.subscription().request(1);
        polling.wasNotWoken();
        var cancelled = new Sink();
        var task = new PublishFuture<>(TestSource.open(1), cancelled);
        polling.pends(task);
        task.cancel();
        cancelled.subscription().request(1);
        polling.wasNotWoken();
    }

    /** The runtime shuts down: the subscriber must learn that, also where nothing came yet. */
    @Test
    void aTaskThatIsCancelledTellsItsSubscriber() throws Exception {
        var source = TestSource.<Integer>open();
        var task = publishing(source);
        task.cancel();
        task.cancel();
        assertInstanceOf(CancellationException.class, sink.failure);
        assertEquals(1, source.cancels());
        var later = new Sink();
        later.requestAtStart = 1;
        var second = new PublishFuture<>(TestSource.open(1), later);
        polling.pends(second);
        second.cancel();
        assertEquals(List.of(1), later.elements);
        assertInstanceOf(CancellationException.class, later.failure);
        var gone = new Sink();
        var third = new PublishFuture<>(TestSource.open(1), gone);
        polling.pends(third);
        gone.subscription().cancel();
        third.cancel();
        assertEquals(null, gone.failure, "3.12: nothing after cancel");
    }

    // It has ended before anybody polled it, so nobody but the publisher can tell the source.
    @Test
    void aStreamOfWhichNothingIsTakenIsCancelled() throws Exception {
        var source = TestSource.open(1);
        polling.value(publishing(source.take(0)));
        assertEquals(1, sink.completions);
        assertEquals(List.of(), sink.elements);
        assertEquals(0, source.polls());
        assertTrue(source.cancels() > 0, "the source was left open");
    }

    @Test
    void aStreamThatCannotBeCancelledAtItsEndFails() throws Exception {
        var stubborn = new IllegalStateException("cannot be cancelled");
        var task = publishing(new Stream<Integer>() {
            @Override
            public @Nullable Integer pollNext(Context cx) {
                return null;
            }

            @Override
            public boolean isTerminated() {
                return true;
            }

            @Override
            public void cancel() {
                throw stubborn;
            }
        });
        polling.value(task);
        assertSame(stubborn, sink.failure);
        assertEquals(0, sink.completions);
    }

    @Test
    void theBudgetPausesIt() throws Exception {
        sink.requestAtStart = 100;
        var task = publishing(Stream.of(1, 2, 3, 4, 5));
        var budget = new Budget(3);
        assertEquals(false, task.poll(budget).isReady());
        assertEquals(List.of(1, 2, 3), sink.elements);
        budget.refill(10);
        assertTrue(task.poll(budget).isReady());
        assertEquals(1, sink.completions);
    }
}
