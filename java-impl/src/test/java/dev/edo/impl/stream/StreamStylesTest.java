package dev.edo.impl.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.runtime.Handle;
import dev.edo.stream.Stream;
import dev.edo.stream.StreamMap;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same streams in tasks of both styles, on each flavour of runtime. */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("matrix")
class StreamStylesTest {
    @Parameter(0)
    private Setup setup = Setup.CURRENT_THREAD;

    @Parameter(1)
    private Style style = Style.DIRECT;

    @SuppressWarnings("NullAway.Init") // before each test
    private Running running;

    @SuppressWarnings("NullAway.Init") // before each test
    private Handle handle;

    static java.util.stream.Stream<Arguments> matrix() {
        return Arrays.stream(Setup.values())
                .flatMap(setup -> Arrays.stream(Style.values()).map(style -> Arguments.of(setup, style)));
    }

    @BeforeEach
    void start() {
        running = setup.start();
        handle = running.handle();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static <T extends @Nullable Object> T resultOf(JoinHandle<T> task) throws Exception {
        return Eventually.returns("the end of " + task, task::await);
    }

    /** Elements that a task of its own makes, so that they come from elsewhere. */
    private static Stream<Integer> fromTasks(int count) {
        var next = new AtomicInteger();
        return Stream.generate(() -> {
            int n = next.incrementAndGet();
            return n > count ? Future.ready(null) : Edo.spawn(() -> n);
        });
    }

    @Test
    void collectsWhatOtherTasksMake() throws Exception {
        var task = style.spawn(handle, () -> fromTasks(200)
                .filter(x -> x % 2 == 0)
                .then(x -> Edo.spawn(() -> x * 10))
                .merge(fromTasks(100))
                .fold(0, Integer::sum));
        assertEquals(10 * 100 * 101 + 5_050, resultOf(task));
    }

    @Test
    void aMapFollowsManyTasks() throws Exception {
        var task = style.spawn(handle, () -> {
            var map = new StreamMap<Integer, Integer>();
            for (int i = 0; i < 50; i++) {
                map.insert(i, fromTasks(20));
            }
            return map.fold(0, (sum, entry) -> sum + entry.element());
        });
        assertEquals(50 * 210, resultOf(task));
    }

    /** Elements that are always ready: without the budget no other task would run before the end. */
    @Test
    void aTaskThatDrainsAReadyStreamLetsOthersRun() throws Exception {
        var others = new AtomicInteger();
        var greedy = new ArrayList<JoinHandle<?>>();
        var stop = new CountDownLatch(1);
        for (int i = 0; i < setup.workers(); i++) {
            greedy.add(style.spawn(handle, () -> Stream.iter(IntStream.iterate(0, x -> x + 1))
                    .takeWhile(x -> stop.getCount() > 0)
                    .forEach(x -> {})));
        }
        for (int i = 0; i < 20; i++) {
            resultOf(style.run(handle, others::incrementAndGet));
        }
        assertEquals(20, others.get());
        assertTrue(handle.metrics().budgetForcedYieldCount() > 0);
        stop.countDown();
        for (var task : greedy) {
            resultOf(task);
        }
    }

    @Test
    void anAbortedConsumerCancelsItsStream() throws Exception {
        var gate = new Gate<Integer>();
        var task = style.spawn(handle, () -> Stream.generate(() -> gate).toList());
        Eventually.opened("the stream waits", gate.waiting);
        task.abort();
        Eventually.opened("the stream is cancelled", gate.cancelled);
        var error = assertThrows(JoinError.class, () -> resultOf(task));
        assertTrue(error.isCancelled());
        assertEquals(1, gate.cancels());
    }

    @Test
    void anAbortedWaitForOneElementLeavesTheStream() throws Exception {
        var gate = new Gate<Integer>();
        var stream = Stream.generate(() -> gate);
        var task = style.spawn(handle, stream::next);
        Eventually.opened("the stream waits", gate.waiting);
        task.abort();
        assertThrows(JoinError.class, () -> resultOf(task));
        assertEquals(0, gate.cancels());
        gate.open(7);
        assertEquals(7, resultOf(style.spawn(handle, stream::next)));
    }

    // --- direct style only: loops

    @Test
    void aLoopWaitsForEachElement() throws Exception {
        var task = handle.spawn(() -> {
            var seen = new ArrayList<Integer>();
            var stream = fromTasks(10);
            for (int x : stream.blockingIterable()) {
                seen.add(x);
                if (x == 4) {
                    break;
                }
            }
            Integer x;
            while ((x = stream.next().await()) != null && x < 8) {
                seen.add(x);
            }
            try (var rest = stream.blockingStream()) {
                rest.map(r -> r * 100).forEach(seen::add);
            }
            assertTrue(stream.isTerminated());
            return seen;
        });
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 900, 1000), resultOf(task));
    }

    @Test
    void closingTheJdksStreamCancelsThisOne() throws Exception {
        var gate = new Gate<Integer>();
        var stream = Stream.of(1).chain(Stream.generate(() -> gate));
        try (var jdk = stream.blockingStream()) {
            assertEquals(1, jdk.findFirst().orElseThrow());
        }
        assertTrue(stream.isTerminated());
    }

    @Test
    void aLoopThrowsWhatTheStreamFailedWithAndGoesOn() throws Exception {
        var task = handle.spawn(() -> {
            var stream = Stream.of(1, 2, 3, 4).then(x -> switch (x) {
                case 1 -> Future.<Integer>failed(new IOException("lost"));
                case 2 -> Future.<Integer>failed(new Exception("checked"));
                case 3 -> Future.<Integer>failed(new IllegalStateException("as it is"));
                default -> Future.ready(x);
            });
            var iterator = stream.blockingIterable().iterator();
            var unchecked = assertThrows(UncheckedIOException.class, iterator::next);
            assertInstanceOf(IOException.class, unchecked.getCause());
            assertThrows(CompletionException.class, iterator::hasNext);
            assertThrows(IllegalStateException.class, iterator::hasNext);
            assertTrue(iterator.hasNext());
            assertTrue(iterator.hasNext());
            assertEquals(4, iterator.next());
            assertFalse(iterator.hasNext());
            assertThrows(java.util.NoSuchElementException.class, iterator::next);
            return "done";
        });
        assertEquals("done", resultOf(task));
    }

    @Test
    void anAbortedLoopEnds() throws Exception {
        var gate = new Gate<Integer>();
        var stream = Stream.generate(() -> gate);
        var ended = new CountDownLatch(1);
        var task = handle.spawn(() -> {
            try {
                for (var x : stream.blockingIterable()) {
                    throw new AssertionError("x=" + x);
                }
            } catch (CancellationException e) {
                ended.countDown();
                throw e;
            }
        });
        Eventually.opened("the loop waits", gate.waiting);
        task.abort();
        Eventually.opened("the loop has ended", ended);
        assertThrows(JoinError.class, () -> resultOf(task));
        assertFalse(stream.isTerminated());
    }

    @Test
    void aPlatformThreadMayLoop() throws Exception {
        try (var _ = handle.enter()) {
            var stream = fromTasks(5);
            var seen = new ArrayList<Integer>();
            stream.blockingIterable().forEach(seen::add);
            assertEquals(List.of(1, 2, 3, 4, 5), seen);
        }
    }

    @Test
    void tryNextFindsWhatAnotherTaskHasMade() throws Exception {
        var gate = new Gate<Integer>();
        var stream = Stream.generate(() -> gate);
        assertEquals(null, stream.tryNext());
        gate.open(3);
        assertEquals(3, stream.tryNext());
    }

    /** A stream of one's own, as a small state machine. */
    @Test
    void aStreamOfOnesOwnIsThreeMethods() throws Exception {
        final class Countdown implements Stream<Integer> {
            private int left = 3;

            @Override
            public @Nullable Integer pollNext(Context cx) {
                return left > 0 ? left-- : null;
            }

            @Override
            public boolean isTerminated() {
                return left == 0;
            }

            @Override
            public void cancel() {
                left = 0;
            }
        }
        assertEquals(List.of(3, 2, 1), resultOf(style.spawn(handle, () -> new Countdown().toList())));
        assertEquals(Poll.pending(), Stream.pending().next().poll(Context.of(() -> {})));
    }
}
