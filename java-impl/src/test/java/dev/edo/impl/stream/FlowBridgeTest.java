package dev.edo.impl.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.stream.Stream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams and publishers, into each other, with threads of their own on both sides. */
class FlowBridgeTest {
    /** Asks for one element at a time, or for all. */
    private static final class Collecting<T> implements Flow.Subscriber<T> {
        private final List<T> elements = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch subscribed = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final long atOnce;
        private Flow.@Nullable Subscription subscription;
        private volatile @Nullable Throwable failure;

        Collecting(long atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            if (atOnce > 0) {
                newSubscription.request(atOnce);
            }
            subscribed.countDown();
        }

        @Override
        public void onNext(T element) {
            elements.add(element);
            if (atOnce == 1 && subscription != null) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ended.countDown();
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static <T> Flow.Publisher<T> published(Running running, Stream<T> stream) {
        try (var _ = running.handle().enter()) {
            return stream.toPublisher();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberGetsTheWholeStream(Setup setup) throws Exception {
        try (var running = setup.start()) {
            for (long atOnce : new long[] {1, 5_000, Long.MAX_VALUE}) {
                var subscriber = new Collecting<Integer>(atOnce);
                published(running, Stream.iter(numbers(4_000))).subscribe(subscriber);
                Eventually.opened("the end, atOnce=" + atOnce, subscriber.ended);
                assertEquals(numbers(4_000), subscriber.elements);
                assertEquals(null, subscriber.failure);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsComeFromAnyThread(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var subscriber = new Collecting<Integer>(0);
            published(running, Stream.iter(numbers(1_000))).subscribe(subscriber);
            Eventually.opened("the subscription", subscriber.subscribed);
            var subscription = subscriber.subscription;
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < 4; t++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 200; i++) {
                        subscription.request(1);
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            Eventually.until("800 elements", () -> subscriber.elements.size() >= 800);
            assertEquals(numbers(800), List.copyOf(subscriber.elements));
            subscription.cancel();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondSubscriberIsRefused(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var publisher = published(running, Stream.of(1, 2));
            assertThrows(NullPointerException.class, () -> publisher.subscribe(null), "1.9");
            var first = new Collecting<Integer>(10);
            var second = new Collecting<Integer>(10);
            publisher.subscribe(first);
            publisher.subscribe(second);
            Eventually.opened("the end of the first", first.ended);
            Eventually.opened("the end of the second", second.ended);
            assertEquals(List.of(1, 2), first.elements);
            assertInstanceOf(IllegalStateException.class, second.failure);
            assertEquals(List.of(), second.elements);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelCancelsTheStream(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var gate = new Gate<Integer>();
            var subscriber = new Collecting<Integer>(10);
            published(running, Stream.generate(() -> gate)).subscribe(subscriber);
            Eventually.opened("the stream waits", gate.waiting);
            subscriber.subscription.cancel();
            Eventually.opened("the stream is cancelled", gate.cancelled);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theShutdownOfTheRuntimeIsAnError(Setup setup) throws Exception {
        var gate = new Gate<Integer>();
        var subscriber = new Collecting<Integer>(10);
        Flow.Publisher<Integer> tooLate;
        try (var running = setup.start()) {
            published(running, Stream.generate(() -> gate)).subscribe(subscriber);
            tooLate = published(running, Stream.of(1));
            Eventually.opened("the stream waits", gate.waiting);
        }
        Eventually.opened("the end", subscriber.ended);
        assertInstanceOf(CancellationException.class, subscriber.failure);
        assertEquals(1, gate.cancels());
        var late = new Collecting<Integer>(10);
        tooLate.subscribe(late);
        Eventually.opened("the end of the one that came too late", late.ended);
        assertTrue(late.failure != null);
        assertEquals(List.of(), late.elements);
    }

    @Test
    void aPublisherNeedsARuntime() {
        assertThrows(IllegalStateException.class, () -> Stream.of(1).toPublisher());
    }

    @ParameterizedTest
    @EnumSource
    void aPublisherOfTheJdkIsAStream(Setup setup) throws Exception {
        try (var running = setup.start(); var publisher = new SubmissionPublisher<Integer>()) {
            var task = running.handle().spawn(Stream.from(publisher, 8).map(x -> x + 1).toList());
            Eventually.until("the subscription", publisher::hasSubscribers);
            numbers(10_000).forEach(publisher::submit);
            Thread.ofPlatform().start(publisher::close).join();
            var expected = IntStream.rangeClosed(1, 10_000).boxed().toList();
            assertEquals(expected, Eventually.returns("the end", task::await));
        }
    }

    @ParameterizedTest
    @EnumSource
    void thereAndBackAgain(Setup setup) throws Exception {
        try (var running = setup.start()) {
            var publisher = published(running, Stream.iter(numbers(5_000)));
            var task = running.handle().spawn(() -> {
                var seen = new ArrayList<Integer>();
                for (int x : Stream.from(publisher, 3).blockingIterable()) {
                    seen.add(x);
                }
                return seen;
            });
            assertEquals(numbers(5_000), Eventually.returns("the end", task::await));
        }
    }
}
