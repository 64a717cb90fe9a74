package dev.edo.impl.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.future.Waker;
import dev.edo.net.TcpListener;
import dev.edo.net.TcpStream;
import dev.edo.task.JoinHandle;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No task keeps others from running, whatever it does short of not returning. */
class FairnessTest extends ContractTest {
    /** A resource that always has something: it honours the budget, as sockets and channels do. */
    private static final class Spring implements Future<@Nullable Void> {
        private final AtomicBoolean stop;
        private final AtomicInteger units = new AtomicInteger();
        private final AtomicInteger mostUnitsInOnePoll = new AtomicInteger();

        Spring(AtomicBoolean stop) {
            this.stop = stop;
        }

        @Override
        public Poll<@Nullable Void> poll(Context cx) {
            for (int inThisPoll = 1; !stop.get(); inThisPoll++) {
                if (!cx.pollProceed()) {
                    return Poll.pending();
                }
                cx.madeProgress();
                units.incrementAndGet();
                if (inThisPoll > mostUnitsInOnePoll.get()) {
                    mostUnitsInOnePoll.set(inThisPoll);
                }
            }
            return Poll.ready();
        }
    }

    /** As many greedy tasks as there are workers; without a budget nobody else would ever run. */
    @Test
    void taskThatAlwaysHasWorkYieldsWhenItsBudgetIsSpent() throws Exception {
        var stop = new AtomicBoolean();
        var springs = new ArrayList<Spring>();
        var greedy = new ArrayList<JoinHandle<@Nullable Void>>();
        for (int i = 0; i < setup.workers(); i++) {
            var spring = new Spring(stop);
            springs.add(spring);
            greedy.add(style.spawn(handle, () -> spring));
        }
        for (var spring : springs) {
            Eventually.until("the task works", () -> spring.units.get() > 10_000);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(i, (int) resultOf(style.run(handle, ownValue(i))));
        }
        assertTrue(handle.metrics().budgetForcedYieldCount() > 0);
        stop.set(true);
        for (var task : greedy) {
            resultOf(task);
        }
        for (var spring : springs) {
            assertTrue(spring.mostUnitsInOnePoll.get() <= 128, () -> "units in one poll: " + spring.mostUnitsInOnePoll);
        }
    }

    private static Callable<Integer> ownValue(int value) {
        return () -> value;
    }

    /** The budget spans everything that one poll asks for, combinators included. */
    @Test
    void budgetSpansTheJoinHandlesOfOnePoll() throws Exception {
        var done = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < 1_000; i++) {
            done.add(style.run(handle, ownValue(i)));
        }
        for (var task : done) {
            Eventually.until("the task ends", task::isFinished);
        }
        var before = handle.metrics().budgetForcedYieldCount();
        var sum = style.<Integer>spawn(handle, () -> new Future<>() {
            private int next;
            private int total;

            @Override
            public Poll<Integer> poll(Context cx) throws Exception {
                while (next < done.size()) {
                    if (!(done.get(next).poll(cx) instanceof Poll.Ready<Integer> ready)) {
                        return Poll.pending();
                    }
                    total += ready.value();
                    next++;
                }
                return Poll.ready(total);
            }
        });
        assertEquals(499_500, resultOf(sum));
        assertTrue(handle.metrics().budgetForcedYieldCount() - before >= 1_000 / 128,
                () -> "forced yields: " + (handle.metrics().budgetForcedYieldCount() - before));
    }

    @Test
    void yieldNowGivesEveryOtherTaskATurn() throws Exception {
        var stop = new AtomicBoolean();
        var turns = new ArrayList<AtomicInteger>();
        for (int i = 0; i < 8; i++) {
            var own = new AtomicInteger();
            turns.add(own);
            style.spawn(handle, () -> yieldUntil(stop, own));
        }
        for (var own : turns) {
            Eventually.until(turns::toString, () -> own.get() > 1_000);
        }
        stop.set(true);
        Eventually.until("all end", () -> handle.metrics().numAliveTasks() == 0);
    }

    private static Future<@Nullable Void> yieldUntil(AtomicBoolean stop, AtomicInteger turns) {
        return new Future<>() {
            private Future<@Nullable Void> yield = Edo.yieldNow();

            @Override
            public Poll<@Nullable Void> poll(Context cx) throws Exception {
                while (yield.poll(cx).isReady()) {
                    turns.incrementAndGet();
                    if (stop.get()) {
                        return Poll.ready();
                    }
                    yield = Edo.yieldNow();
                }
                return Poll.pending();
            }
        };
    }

    /**
     * A yield lets the drivers in (Tokio's {@code yield_defers_until_park}): the connection is there before the first
     * one, so that few are needed until the task that accepts it has run. In direct style a yield goes to the back of the
     * queue, and the drivers come after so many turns as the event interval says.
     */
    @Test
    void yieldsLetEventsIn() throws Exception {
        yieldsUntilAccepted(Edo::yieldNow);
    }

    /** The same where a used-up budget is the reason. */
    @Test
    void forcedYieldsLetEventsIn() throws Exception {
        yieldsUntilAccepted(() -> new Future<>() {
            private int left = 128;

            @Override
            public Poll<@Nullable Void> poll(Context cx) {
                for (; left > 0; left--) {
                    if (!cx.pollProceed()) {
                        return Poll.pending();
                    }
                    cx.madeProgress();
                }
                return Poll.ready();
            }
        });
    }

    private void yieldsUntilAccepted(Supplier<Future<@Nullable Void>> yields) throws Exception {
        if (setup.workers() > 1) {
            return; // there the other worker waits for the event
        }
        var accepted = new AtomicBoolean();
        var accepting = new CountDownLatch(1);
        var listener = resultOf(handle.spawn(() -> TcpListener.bind("127.0.0.1:0").await()));
        var accept = listener.accept();
        var acceptor = handle.spawn(Future.of(cx -> {
            var poll = accept.poll(cx);
            accepting.countDown();
            return poll;
        }).map(stream -> {
            accepted.set(true);
            return stream;
        }));
        Eventually.opened("the accept waits", accepting);
        var address = listener.localAddress();
        int count;
        try (var socket = new Socket()) {
            count = resultOf(style.<Integer>spawn(handle, () -> {
                socket.connect(address); // the kernel completes it by itself
                return countUntil(accepted, yields);
            }));
            resultOf(acceptor).close();
        }
        listener.close();
        int limit = style == Style.DIRECT ? 2 * 61 : 10;
        assertTrue(count <= limit, () -> "yields: " + count);
    }

    private static Future<Integer> countUntil(AtomicBoolean done, Supplier<Future<@Nullable Void>> yields) {
        return new Future<>() {
            private Future<@Nullable Void> yield = yields.get();
            private int count;

            @Override
            public Poll<Integer> poll(Context cx) throws Exception {
                while (!done.get() && yield.poll(cx).isReady()) {
                    count++;
                    yield = yields.get();
                }
                return done.get() ? Poll.ready(count) : Poll.pending();
            }
        };
    }

    /** Events get in although some task is runnable at all times (Tokio's {@code io_driver_called_when_under_load}). */
    @Test
    void socketsAreServedAlthoughSomeTaskIsAlwaysRunnable() throws Exception {
        var stop = new AtomicBoolean();
        for (int i = 0; i < 20; i++) {
            style.spawn(handle, () -> selfWaking(stop, new AtomicInteger()));
        }
        for (int i = 0; i < 5; i++) {
            var exchange = handle.spawn(() -> {
                try (var listener = TcpListener.bind("127.0.0.1:0").await()) {
                    var server = handle.spawn(() -> {
                        try (var stream = listener.accept().await()) {
                            stream.writeAll(ByteBuffer.wrap(new byte[11])).await();
                        }
                    });
                    try (var stream = TcpStream.connect(listener.localAddress()).await()) {
                        var buffer = ByteBuffer.allocate(11);
                        stream.readExact(buffer).await();
                        server.await();
                        return buffer.position();
                    }
                }
            });
            assertEquals(11, (int) resultOf(exchange));
        }
        stop.set(true);
    }

    /** Timers and foreign spawns get in although some task is runnable at all times. */
    @Test
    void timersFireAlthoughSomeTaskIsAlwaysRunnable() throws Exception {
        var stop = new AtomicBoolean();
        for (int i = 0; i < setup.workers() + 1; i++) {
            style.spawn(handle, () -> yieldUntil(stop, new AtomicInteger()));
        }
        for (int i = 0; i < 5; i++) {
            resultOf(style.spawn(handle, () -> Edo.sleep(Duration.ofMillis(2))));
        }
        stop.set(true);
    }

    /**
     * Two tasks wake each other all the time: each wake puts the other one into the LIFO slot, which is served before
     * the queue. On one worker, a third task would never run if that went on for ever (Tokio's
     * {@code ping_pong_saturation}).
     */
    @Test
    void pingPongDoesNotStarveAThirdTask() throws Exception {
        var stop = new AtomicBoolean();
        var rounds = new AtomicInteger();
        for (int pair = 0; pair < setup.workers(); pair++) {
            var first = new AtomicReference<@Nullable Waker>();
            var second = new AtomicReference<@Nullable Waker>();
            style.spawn(handle, () -> pingPong(stop, rounds, first, second));
            style.spawn(handle, () -> pingPong(stop, rounds, second, first));
        }
        Eventually.until("the ping-pong goes on", () -> rounds.get() > 1_000);
        for (int i = 0; i < 20; i++) {
            var others = style.run(handle, () -> style.run(handle, ownValue(1)));
            assertEquals(1, (int) resultOf(resultOf(others)));
        }
        stop.set(true);
    }

    private static Future<@Nullable Void> pingPong(
            AtomicBoolean stop,
            AtomicInteger rounds,
            AtomicReference<@Nullable Waker> own,
            AtomicReference<@Nullable Waker> other) {
        return cx -> {
            rounds.incrementAndGet();
            own.set(cx.waker());
            var peer = other.get();
            if (peer != null) {
                peer.wake();
            }
            return stop.get() ? Poll.ready() : Poll.pending();
        };
    }

    /** Tokio's {@code lifo_slot_budget}: a task that spawns its successor for ever does not keep the worker. */
    @Test
    void chainOfSpawnsDoesNotStarveOthers() throws Exception {
        var stop = new AtomicBoolean();
        var links = new AtomicInteger();
        for (int i = 0; i < setup.workers(); i++) {
            respawn(stop, links);
        }
        Eventually.until("the chain grows", () -> links.get() > 1_000);
        var woken = new CountDownLatch(20);
        var waiting = new ArrayList<Gate<Integer>>();
        for (int i = 0; i < 20; i++) {
            var gate = new Gate<Integer>();
            waiting.add(gate);
            style.spawn(handle, () -> gate.map(value -> {
                woken.countDown();
                return value;
            }));
        }
        for (var gate : waiting) {
            Eventually.opened("the task runs", gate.waiting);
            gate.open(1);
        }
        Eventually.opened("all tasks run again", woken);
        stop.set(true);
    }

    private void respawn(AtomicBoolean stop, AtomicInteger links) {
        style.run(handle, () -> {
            links.incrementAndGet();
            if (!stop.get()) {
                respawn(stop, links);
            }
            return null;
        });
    }

    /** Every worker has local work for ever; what comes in through the shared queue is looked at all the same. */
    @Test
    void sharedQueueIsNotStarvedByLocalTasks() throws Exception {
        var stop = new AtomicBoolean();
        var spinners = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        for (var turns : spinners) {
            style.spawn(handle, () -> selfWaking(stop, turns));
        }
        for (var turns : spinners) {
            Eventually.until("each spins", () -> turns.get() > 100);
        }
        for (int i = 0; i < 50; i++) {
            assertEquals(i, (int) resultOf(style.run(handle, ownValue(i))));
        }
        stop.set(true);
    }

    /** Wakes itself during its poll, which is a yield of the crudest kind. */
    private static Future<@Nullable Void> selfWaking(AtomicBoolean stop, AtomicInteger turns) {
        return cx -> {
            turns.incrementAndGet();
            cx.waker().wake();
            return stop.get() ? Poll.ready() : Poll.pending();
        };
    }
}
