package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.future.Select;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.impl.contract.Style;
import dev.edo.sync.Mpsc;
import dev.edo.sync.MpscReceiver;
import dev.edo.sync.MpscSendError;
import dev.edo.sync.MpscSender;
import dev.edo.sync.Oneshot;
import dev.edo.sync.OneshotSender;
import dev.edo.sync.TryRecv;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import dev.edo.time.Elapsed;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MpscInRuntimeTest extends InEveryRuntime {
    private static final int SENDERS = 6;
    private static final int EACH = 500;

    /** A message that says who sent it, and where in its row it stands. */
    private record Numbered(int sender, int number) {}

    /** Notes that each sender's messages come in its order, none missing. */
    private static final class Rows {
        private final int[] next = new int[SENDERS];

        void add(Numbered message) {
            assertEquals(next[message.sender]++, message.number);
        }
    }

    /** A task that sends a row and then closes its sender. */
    private JoinHandle<Integer> sending(int who, MpscSender<Numbered> sender) {
        var number = new AtomicInteger();
        return style.spawn(handle, () -> new Repeating(EACH,
                () -> sender.send(new Numbered(who, number.getAndIncrement()))).map(count -> {
                    sender.close();
                    return count;
                }));
    }

    /** A task that receives to the end. */
    private <T> JoinHandle<Integer> receiving(MpscReceiver<T> receiver, Consumer<T> each) {
        if (style == Style.STACKLESS) {
            return handle.spawn(new Draining<>(receiver, each));
        }
        return handle.spawn(() -> {
            int count = 0;
            for (T message; (message = receiver.recv().await()) != null; count++) {
                each.accept(message);
            }
            return count;
        });
    }

    // A small channel: senders and receiver wait for each other all the time.
    @Test
    void everything_arrives_once_and_in_the_order_of_its_sender() throws Exception {
        var channel = Mpsc.<Numbered>bounded(3);
        var receiver = receiving(channel.receiver(), new Rows()::add);
        var senders = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(sending(i, channel.sender().share()));
        }
        channel.sender().close();
        for (var sender : senders) {
            assertEquals(EACH, resultOf(sender));
        }
        assertEquals(SENDERS * EACH, resultOf(receiver));
        assertEquals(3, channel.receiver().capacity());
    }

    @Test
    void everything_sent_without_a_limit_arrives_in_batches() throws Exception {
        var channel = Mpsc.<Numbered>unbounded();
        var rows = new Rows();
        var receiver = handle.spawn(() -> {
            var batch = new ArrayList<Numbered>();
            int count = 0;
            for (int n; (n = channel.receiver().recvMany(batch, 50).await()) != 0; count += n) {
                assertTrue(n <= 50 && n == batch.size(), "n=" + n);
                batch.forEach(rows::add);
                batch.clear();
            }
            return count;
        });
        for (int i = 0; i < SENDERS; i++) {
            int who = i;
            var sender = channel.sender().share();
            style.run(handle, () -> {
                try (sender) {
                    for (int n = 0; n < EACH; n++) {
                        sender.send(new Numbered(who, n));
                    }
                }
                return null;
            });
        }
        channel.sender().close();
        assertEquals(SENDERS * EACH, resultOf(receiver));
    }

    @Test
    void threads_outside_send_and_receive_too() throws Exception {
        var in = Mpsc.<Integer>bounded(2);
        var out = Mpsc.<Integer>bounded(2);
        var echo = handle.spawn(() -> {
            try (var sender = out.sender()) {
                for (Integer n; (n = in.receiver().recv().await()) != null; ) {
                    sender.send(n).await();
                }
            }
        });
        Eventually.returns("the echo", () -> {
            for (int i = 0; i < 50; i++) {
                in.sender().blockingSend(i);
                assertEquals(i, out.receiver().blockingRecv());
            }
            in.sender().blockingSend(50);
            in.sender().close();
            var rest = new ArrayList<Integer>();
            assertEquals(1, out.receiver().blockingRecvMany(rest, 7));
            assertNull(out.receiver().blockingRecv());
            return null;
        });
        resultOf(echo);
    }

    @Test
    void a_stackless_task_may_not_block() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        assertTrue(channel.sender().trySend(1));
        var failures = handle.spawn(Future.lazy(() -> {
            assertThrows(IllegalStateException.class, () -> channel.sender().blockingSend(2));
            assertThrows(IllegalStateException.class, channel.receiver()::blockingRecv);
            return true;
        }));
        assertTrue(resultOf(failures));
    }

    @Test
    void an_aborted_sender_sends_nothing_and_hands_its_turn_on() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        assertTrue(channel.sender().trySend(1));
        var polled = new Gate<@Nullable Void>();
        var first = style.spawn(handle, () -> Select.of(channel.sender().send(2), polled));
        Eventually.opened("the first sender to wait", polled.waiting);
        var second = style.spawn(handle, () -> channel.sender().send(3));
        first.abort();
        assertTrue(failureOf(first).isCancelled());
        assertEquals(1, Eventually.returns("1", channel.receiver()::blockingRecv));
        resultOf(second);
        assertEquals(3, Eventually.returns("3", channel.receiver()::blockingRecv));
        assertEquals(TryRecv.empty(), channel.receiver().tryRecv());
    }

    // A receiver is aborted at any moment and another one goes on: one of them must get each message.
    @Test
    void aborting_receivers_loses_nothing() throws Exception {
        var channel = Mpsc.<Integer>bounded(2);
        int messages = 300;
        var sent = new AtomicInteger();
        var sender = style.spawn(handle, () -> new Repeating(messages,
                () -> channel.sender().send(sent.getAndIncrement())));
        var received = new ArrayList<Integer>();
        while (received.size() < messages) {
            var one = style.spawn(handle, () -> channel.receiver().recv());
            if (received.size() % 3 == 0) {
                one.abort();
            }
            try {
                received.add(resultOf(one));
            } catch (JoinError e) {
                assertTrue(e.isCancelled());
            }
            if (received.size() < messages && received.size() % 3 == 0) {
                received.add(resultOf(style.spawn(handle, () -> channel.receiver().recv())));
            }
        }
        resultOf(sender);
        for (int i = 0; i < messages; i++) {
            assertEquals(i, received.get(i));
        }
    }

    // A receiver gives up each wait after a moment, as in a select, while messages come: none may be lost.
    @Test
    void waits_that_time_out_lose_nothing() throws Exception {
        var channel = Mpsc.<Integer>bounded(4);
        int messages = 200;
        var receiver = handle.spawn(() -> {
            int next = 0;
            while (true) {
                try {
                    var message = channel.receiver().recv().timeout(Duration.ofNanos(50_000)).await();
                    if (message == null) {
                        return next;
                    }
                    assertEquals(next++, message);
                } catch (Elapsed e) {
                    // and again
                }
            }
        });
        var sender = handle.spawn(() -> {
            try (var closing = channel.sender()) {
                for (int i = 0; i < messages; i++) {
                    if (i % 10 == 0) {
                        Sleep.of(Duration.ofMillis(1)).await();
                    }
                    closing.send(i).await();
                }
            }
        });
        resultOf(sender);
        assertEquals(messages, resultOf(receiver));
    }

    @Test
    void a_send_gives_up_when_its_time_is_over() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        resultOf(style.spawn(handle, () -> channel.sender().sendTimeout(1, Duration.ofSeconds(60))));
        var late = style.spawn(handle, () -> channel.sender().sendTimeout(2, Duration.ofMillis(3)));
        assertEquals(Elapsed.class, failureOf(late).getCause().getClass());
        channel.receiver().close();
        var closed = style.spawn(handle, () -> channel.sender().sendTimeout(3, Duration.ofSeconds(60)));
        assertEquals(MpscSendError.class, failureOf(closed).getCause().getClass());
        assertEquals(1, Eventually.returns("1", channel.receiver()::blockingRecv));
        assertNull(Eventually.returns("the end", channel.receiver()::blockingRecv));
    }

    @Test
    void a_send_with_a_limit_needs_a_runtime() {
        var channel = Mpsc.<Integer>bounded(1);
        assertThrows(IllegalStateException.class,
                () -> channel.sender().sendTimeout(1, Duration.ofSeconds(1)).cancel());
    }

    @Test
    void a_task_that_is_aborted_closes_its_sender() throws Exception {
        var channel = Mpsc.<Integer>unbounded();
        var gate = new Gate<@Nullable Void>();
        var task = handle.spawn(() -> {
            try (var sender = channel.sender()) {
                sender.send(1);
                gate.await();
            }
        });
        Eventually.opened("the task to wait", gate.waiting);
        var receiver = receiving(channel.receiver(), _ -> {});
        task.abort();
        assertEquals(1, resultOf(receiver));
    }

    @Test
    void senders_learn_that_the_receiver_has_gone() throws Exception {
        var channel = Mpsc.<Integer>bounded(1);
        assertTrue(channel.sender().trySend(0));
        var closed = style.spawn(handle, () -> channel.sender().closed());
        var waiting = style.spawn(handle, () -> channel.sender().send(1));
        channel.receiver().close();
        resultOf(closed);
        assertEquals(MpscSendError.class, failureOf(waiting).getCause().getClass());
        assertEquals(0, Eventually.returns("0", channel.receiver()::blockingRecv));
        assertNull(Eventually.returns("the end", channel.receiver()::blockingRecv));
    }

    // A receiver that always finds something must let others run: on one worker the other task would starve.
    @Test
    void a_receiver_of_a_full_channel_yields() throws Exception {
        int messages = 5_000;
        var channel = Mpsc.<Integer>unbounded();
        for (int i = 0; i < messages; i++) {
            channel.sender().send(i);
        }
        channel.sender().close();
        var received = new AtomicInteger();
        var seen = new AtomicInteger(-1);
        var both = handle.spawn(() -> {
            var other = new AtomicReference<JoinHandle<?>>();
            var receiver = receiving(channel.receiver(), _ -> {
                if (received.incrementAndGet() == 1) {
                    other.set(style.run(handle, () -> {
                        seen.set(received.get());
                        return null;
                    }));
                }
            });
            int count = receiver.await();
            other.get().await();
            return count;
        });
        assertEquals(messages, resultOf(both));
        if (setup.workers() == 1) {
            assertTrue(seen.get() < messages, "the other task ran after messages=" + seen);
        }
    }

    // An actor that can send to itself, and still ends when nobody else can reach it.
    @Test
    void an_actor_with_a_weak_sender_ends_with_its_last_user() throws Exception {
        record Ask(@Nullable OneshotSender<Integer> reply) {}
        var channel = Mpsc.<Ask>bounded(8);
        var self = channel.sender().downgrade();
        var actor = handle.spawn(() -> {
            int asked = 0;
            int toSelf = 0;
            for (Ask ask; (ask = channel.receiver().recv().await()) != null; ) {
                if (ask.reply() == null) {
                    toSelf++;
                    continue;
                }
                try (var sender = self.upgrade()) {
                    if (sender != null) {
                        sender.send(new Ask(null)).await();
                    }
                }
                ask.reply().send(++asked);
            }
            return asked * 1_000 + toSelf;
        });
        var user = handle.spawn(() -> {
            try (var sender = channel.sender()) {
                for (int i = 1; i <= 20; i++) {
                    var reply = Oneshot.<Integer>channel();
                    sender.send(new Ask(reply.sender())).await();
                    assertEquals(i, reply.receiver().await());
                }
            }
        });
        resultOf(user);
        assertEquals(20_020, resultOf(actor));
        assertNull(self.upgrade());
    }

    // The receiver is closed by another thread just when it begins to wait, or the last sender is.
    @Test
    void the_end_is_noticed_whenever_it_comes() throws Exception {
        for (int i = 0; i < 200; i++) {
            var channel = Mpsc.<Integer>bounded(1);
            var receiver = style.spawn(handle, () -> channel.receiver().recv());
            var started = new CountDownLatch(1);
            AutoCloseable side = i % 2 == 0 ? channel.sender() : channel.receiver();
            var closer = style.run(handle, () -> {
                started.countDown();
                side.close();
                return true;
            });
            assertNull(resultOf(receiver));
            assertNotNull(resultOf(closer));
        }
    }
}
