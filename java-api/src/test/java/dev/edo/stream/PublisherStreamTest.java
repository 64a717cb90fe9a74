package dev.edo.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A publisher as a stream; the numbers are those of the rules of reactive streams, section 2. */
class PublisherStreamTest {
    private final Polling polling = new Polling();
    private final Source source = new Source();
    private final Stream<Integer> stream = Stream.from(source, 4);

    /** A publisher that the test drives, and its subscription. */
    private static final class Source implements Flow.Publisher<Integer>, Flow.Subscription {
        private final List<Long> requests = new ArrayList<>();
        private int subscriptions;
        private int cancels;
        private boolean deferred;
        private Flow.@Nullable Subscriber<? super Integer> subscriber;
        private Consumer<Long> onRequest = n -> {};

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> newSubscriber) {
            subscriptions++;
            subscriber = newSubscriber;
            if (!deferred) {
                newSubscriber.onSubscribe(this);
            }
        }

        @Override
        public void request(long n) {
            requests.add(n);
            onRequest.accept(n);
        }

        @Override
        public void cancel() {
            cancels++;
        }

        Flow.Subscriber<? super Integer> subscriber() {
            if (subscriber == null) {
                throw new AssertionError("nobody has subscribed");
            }
            return subscriber;
        }

        void send(int... elements) {
            for (int element : elements) {
                subscriber().onNext(element);
            }
        }
    }

    @Test
    void theFirstPollSubscribesAndRequests() throws Exception {
        assertEquals(0, source.subscriptions);
        polling.pends(stream);
        assertEquals(1, source.subscriptions);
        assertEquals(List.of(4L), source.requests);
        source.send(1);
        polling.wasWoken();
        polling.gives(1, stream);
        polling.pends(stream);
        assertEquals(1, source.subscriptions);
    }

    @Test
    void aSubscriptionThatComesLaterWakesThePoller() throws Exception {
        source.deferred = true;
        polling.pends(stream);
        polling.pends(stream);
        source.subscriber().onSubscribe(source);
        assertEquals(List.of(), source.requests, "2.7: only the poller requests");
        polling.wasWoken();
        polling.pends(stream);
        assertEquals(List.of(4L), source.requests);
    }

    @Test
    void moreIsRequestedWhenThreeQuartersWereTaken() throws Exception {
        polling.pends(stream);
        source.send(1, 2, 3, 4);
        assertEquals(List.of(1, 2, 3), List.of(next(), next(), next()));
        assertEquals(List.of(4L), source.requests);
        assertEquals(4, next());
        assertEquals(List.of(4L, 3L), source.requests);
        polling.pends(stream);
        source.send(5, 6, 7);
        assertEquals(List.of(5, 6, 7), polling.ready(stream));
        assertEquals(List.of(4L, 3L, 3L), source.requests);
    }

    private @Nullable Integer next() throws Exception {
        return stream.pollNext(polling.waker.context());
    }

    @Test
    void aPublisherThatSendsInsideRequestIsServedWithoutRecursion() throws Exception {
        int[] sent = {0};
        source.onRequest = n -> {
            for (long i = 0; i < n; i++) {
                source.send(++sent[0]);
            }
        };
        for (int i = 1; i <= 100_000; i++) {
            assertEquals(i, next());
        }
        assertTrue(sent[0] <= 100_004, "sent=" + sent[0]);
    }

    @Test
    void completionEndsItAfterTheElementsBefore() throws Exception {
        polling.pends(stream);
        source.send(1, 2);
        source.subscriber().onComplete();
        polling.wasWoken();
        assertEquals(List.of(1, 2), polling.ready(stream));
        polling.ends(stream);
        stream.cancel();
        assertEquals(0, source.cancels, "2.4: ended, so not cancelled");
        assertEquals(List.of(4L), source.requests, "2.4: ended, so not requested");
    }

    @Test
    void anErrorIsAFailureAndTheEnd() throws Exception {
        var failure = new IOException("lost");
        polling.pends(stream);
        source.send(1);
        source.subscriber().onError(failure);
        polling.gives(1, stream);
        assertSame(failure, assertThrows(IOException.class, this::next));
        polling.ends(stream);
        assertEquals(0, source.cancels);
    }

    @Test
    void endsWithoutADemandAndEvenWithoutASubscription() throws Exception {
        source.deferred = true;
        polling.pends(stream);
        var failure = new Exception("2.10");
        source.subscriber().onError(failure);
        assertSame(failure, assertThrows(Exception.class, this::next));
        polling.ends(stream);
        Flow.Publisher<Integer> empty = s -> {
            s.onSubscribe(source);
            s.onComplete();
        };
        polling.ends(Stream.from(empty));
    }

    @Test
    void anErrorThatIsNoExceptionIsThrownAsItIsOrWrapped() {
        Flow.Publisher<Integer> failing = s -> {
            s.onSubscribe(source);
            s.onError(new AssertionError("as it is"));
        };
        assertThrows(AssertionError.class, () -> Stream.from(failing).pollNext(polling.waker.context()));
        Flow.Publisher<Integer> odd = s -> {
            s.onSubscribe(source);
            s.onError(new Throwable("wrapped"));
        };
        assertThrows(CompletionException.class, () -> Stream.from(odd).pollNext(polling.waker.context()));
    }

    @Test
    void cancelCancelsOnceAndLaterSignalsAreIgnored() throws Exception {
        polling.pends(stream);
        source.send(1);
        stream.cancel();
        stream.cancel();
        assertEquals(1, source.cancels);
        source.send(2, 3, 4, 5, 6, 7, 8, 9);
        source.subscriber().onComplete();
        source.subscriber().onError(new IOException("2.8"));
        polling.ends(stream);
        assertEquals(List.of(4L), source.requests);
    }

    @Test
    void cancelBeforeTheFirstPollNeverSubscribes() throws Exception {
        stream.cancel();
        polling.ends(stream);
        assertEquals(0, source.subscriptions);
    }

    @Test
    void cancelBeforeTheSubscriptionCancelsItWhenItComes() throws Exception {
        source.deferred = true;
        polling.pends(stream);
        stream.cancel();
        assertEquals(0, source.cancels);
        source.subscriber().onSubscribe(source);
        assertEquals(1, source.cancels);
        assertEquals(List.of(), source.requests);
    }

    @Test
    void aSecondSubscriptionIsCancelled() throws Exception {
        polling.pends(stream);
        var second = new Source();
        source.subscriber().onSubscribe(second);
        assertEquals(1, second.cancels, "2.5");
        assertEquals(0, source.cancels);
        source.send(1);
        polling.gives(1, stream);
    }

    @Test
    void nullsAreRefusedAsTheRulesSay() throws Exception {
        polling.pends(stream);
        var subscriber = source.subscriber();
        assertThrows(NullPointerException.class, () -> subscriber.onSubscribe(null), "2.13");
        assertThrows(NullPointerException.class, () -> subscriber.onNext(null), "2.13");
        assertThrows(NullPointerException.class, () -> subscriber.onError(null), "2.13");
        assertThrows(NullPointerException.class, () -> Stream.from((Flow.Publisher<Integer>) null));
        assertThrows(IllegalArgumentException.class, () -> Stream.from(source, 0));
        source.send(1);
        polling.gives(1, stream);
    }

    @Test
    void aPublisherThatSendsTooMuchIsCancelledAndTheStreamFails() throws Exception {
        polling.pends(stream);
        source.send(1, 2, 3, 4, 5, 6);
        assertEquals(List.of(1, 2, 3, 4), List.of(next(), next(), next(), next()));
        assertThrows(IllegalStateException.class, this::next);
        assertEquals(1, source.cancels);
        polling.ends(stream);
    }

    /** Its end is the stream's own doing, so the publisher has yet to learn of it. */
    @Test
    void aPublisherThatSendsTooMuchIsCancelledAlsoWhereNobodyPollsOn() throws Exception {
        polling.pends(stream);
        source.send(1, 2, 3, 4, 5);
        stream.cancel();
        stream.cancel();
        assertEquals(1, source.cancels);
        polling.ends(stream);
    }

    @Test
    void aPublisherThatThrowsOnSubscribeFailsTheStream() throws Exception {
        Stream<Integer> broken = Stream.from(s -> {
            throw new IllegalStateException("closed");
        });
        assertThrows(IllegalStateException.class, () -> broken.pollNext(polling.waker.context()));
        polling.ends(broken);
    }

    // 3.16 says that request() returns normally. Where it does not, nothing was requested, and nothing would
    // ever come: that must not look like a wait.
    @Test
    void aSubscriptionThatThrowsOnRequestFailsTheStream() throws Exception {
        var failure = new IllegalStateException("no connection");
        source.onRequest = n -> {
            throw failure;
        };
        assertSame(failure, assertThrows(
                IllegalStateException.class, () -> stream.pollNext(polling.waker.context())));
        assertEquals(1, source.cancels);
        polling.ends(stream);
    }

    // Publishers may keep a subscriber for as long as they like, and a stream may be kept after its end.
    @Test
    void whatWasCancelledHoldsNoElements() throws Exception {
        var subscribers = new ArrayList<Flow.Subscriber<? super Object>>();
        var left = Stream.<Object>from(subscribers::add, 4);
        assertNull(left.pollNext(polling.waker.context()));
        subscribers.getFirst().onSubscribe(source);
        assertNull(left.pollNext(polling.waker.context()));
        var element = new Object();
        subscribers.getFirst().onNext(element);
        left.cancel();
        var ref = new WeakReference<>(element);
        element = null;
        assertCollected(ref);
        Reference.reachabilityFence(left);
    }

    @Test
    void whatHasEndedHoldsNoSubscription() throws Exception {
        var subscribers = new ArrayList<Flow.Subscriber<? super Object>>();
        var ended = Stream.<Object>from(subscribers::add, 4);
        var subscription = new Source();
        assertNull(ended.pollNext(polling.waker.context()));
        subscribers.getFirst().onSubscribe(subscription);
        subscribers.getFirst().onComplete();
        polling.ends(ended);
        var ref = new WeakReference<>(subscription);
        subscription = null;
        assertCollected(ref);
        Reference.reachabilityFence(ended);
    }

    private static void assertCollected(WeakReference<?> ref) {
        for (int i = 0; i < 100 && ref.get() != null; i++) {
            System.gc();
        }
        assertNull(ref.get());
    }

    @Test
    void takeCancelsThePublisher() throws Exception {
        var taken = stream.take(1);
        polling.pends(taken);
        source.send(1, 2);
        polling.gives(1, taken);
        assertEquals(1, source.cancels);
    }

    @Test
    void aPrefetchOfOneAsksForEachElement() throws Exception {
        Stream<Integer> single = Stream.from(source, 1);
        polling.pends(single);
        for (int i = 0; i < 3; i++) {
            source.send(i);
            polling.gives(i, single);
            polling.pends(single);
        }
        assertEquals(List.of(1L, 1L, 1L, 1L), source.requests);
    }

    @Test
    void aNewWakerReplacesTheOldOneAndIsWokenOnce() throws Exception {
        polling.pends(stream);
        var second = new CountingWaker();
        assertNull(stream.pollNext(second.context()));
        source.send(1, 2);
        polling.wasNotWoken();
        assertEquals(1, second.wakes());
    }

    @Test
    void theBudgetStopsIt() throws Exception {
        polling.pends(stream);
        source.send(1, 2);
        var budget = new Budget(1);
        assertEquals(1, stream.pollNext(budget));
        assertNull(stream.pollNext(budget));
        assertFalse(stream.isTerminated());
        assertEquals(1, budget.wakes());
    }

    /** Each signal falls between the look that finds nothing and the waker that would be woken. */
    @Test
    void signalsThatComeWhileThePollerRegistersAreSeen() throws Exception {
        source.deferred = true;
        polling.pends(stream);
        assertNull(stream.pollNext(signalling(() -> source.subscriber().onSubscribe(source))));
        assertEquals(List.of(4L), source.requests);
        assertEquals(1, stream.pollNext(signalling(() -> source.send(1))));
        assertNull(stream.pollNext(signalling(() -> source.subscriber().onComplete())));
        assertTrue(stream.isTerminated());
    }

    /** A context that runs something when it is first asked for its waker. */
    private static Context signalling(Runnable signal) {
        var pending = new ArrayList<>(List.of(signal));
        Waker waker = () -> {};
        return () -> {
            if (!pending.isEmpty()) {
                pending.removeFirst().run();
            }
            return waker;
        };
    }

    /** The publisher's threads race with the poller; the ring is far smaller than what is sent. */
    @Test
    void nothingIsLostBetweenTheThreadsOfAPublisherAndThePoller() throws Exception {
        try (var publisher = new SubmissionPublisher<Integer>()) {
            Stream<Integer> received = Stream.from(publisher, 3);
            polling.pends(received);
            var feeder = Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < 50_000; i++) {
                    publisher.submit(i);
                }
            });
            var woken = new Semaphore(0);
            var cx = Context.of(woken::release);
            int expected = 0;
            while (expected < 50_000) {
                var element = received.pollNext(cx);
                if (element != null) {
                    assertEquals(expected++, element);
                } else {
                    assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "lost a wake-up after " + expected);
                }
            }
            feeder.join();
            publisher.closeExceptionally(new IOException("the end"));
            while (!endsWith(received, cx)) {
                assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "lost the end");
            }
        }
    }

    private static boolean endsWith(Stream<Integer> stream, Context cx) throws Exception {
        try {
            assertNull(stream.pollNext(cx));
            return false;
        } catch (IOException e) {
            assertTrue(stream.isTerminated());
            return true;
        }
    }
}
