package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.future.Select;
import dev.edo.future.Selected2;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Gate;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Oneshot;
import dev.edo.sync.OneshotRecvError;
import dev.edo.sync.OneshotSender;
import dev.edo.task.JoinHandle;
import dev.edo.time.Elapsed;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OneshotInRuntimeTest extends InEveryRuntime {
    private record Request(int number, OneshotSender<Integer> reply) {}

    @Test
    void a_value_goes_from_task_to_task() throws Exception {
        var channel = Oneshot.<Integer>channel();
        var waiting = style.spawn(handle, () -> channel.receiver());
        style.run(handle, () -> channel.sender().send(1));
        assertEquals(1, resultOf(waiting));
    }

    @Test
    void requests_are_answered_one_by_one() throws Exception {
        int clients = 4;
        int each = 200;
        var requests = Mpsc.<Request>bounded(2);
        var server = handle.spawn(() -> {
            int served = 0;
            for (Request request; (request = requests.receiver().recv().await()) != null; served++) {
                assertTrue(request.reply().send(request.number() + 1));
            }
            return served;
        });
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int c = 0; c < clients; c++) {
            var sender = requests.sender().share();
            tasks.add(style.spawn(handle, () -> new Repeating(each, () -> {
                var reply = Oneshot.<Integer>channel();
                return sender.send(new Request(7, reply.sender())).then(_ -> reply.receiver()).map(answer -> {
                    assertEquals(8, answer);
                    return null;
                });
            }).map(count -> {
                sender.close();
                return count;
            })));
        }
        requests.sender().close();
        for (var task : tasks) {
            assertEquals(each, resultOf(task));
        }
        assertEquals(clients * each, resultOf(server));
    }

    @Test
    void a_task_that_fails_before_it_answers_fails_who_waits() throws Exception {
        var channel = Oneshot.<Integer>channel();
        var waiting = style.spawn(handle, () -> channel.receiver());
        handle.spawn(() -> {
            try (var sender = channel.sender()) {
                sender.send(Integer.parseInt("not a number"));
            }
        });
        assertInstanceOf(OneshotRecvError.class, failureOf(waiting).getCause());
    }

    // Nobody wants the answer any more: the computation stops instead of running to its end.
    @Test
    void an_aborted_receiver_stops_the_work() throws Exception {
        var channel = Oneshot.<Integer>channel();
        var work = new Gate<Integer>();
        var polled = new Gate<@Nullable Void>();
        var waiting = style.spawn(handle, () -> Select.of(channel.receiver(), polled));
        var worker = style.spawn(handle, () -> Select.of(work, channel.sender().closed()));
        Eventually.opened("the work to begin", work.waiting);
        Eventually.opened("the receiver to wait", polled.waiting);
        waiting.abort();
        assertTrue(failureOf(waiting).isCancelled());
        assertInstanceOf(Selected2.Second.class, resultOf(worker));
        Eventually.opened("the work to be cancelled", work.cancelled);
        assertTrue(channel.sender().isClosed());
        assertFalse(channel.sender().send(1));
    }

    @Test
    void the_wait_may_time_out_and_be_taken_up_again() throws Exception {
        var channel = Oneshot.<Integer>channel();
        var task = handle.spawn(() -> {
            assertThrows(Elapsed.class,
                    () -> channel.receiver().recv().timeout(Duration.ofMillis(2)).await());
            assertFalse(channel.sender().isClosed());
            assertTrue(channel.sender().send(5));
            return channel.receiver().await();
        });
        assertEquals(5, resultOf(task));
    }

    @Test
    void a_receiver_that_timed_out_for_good_tells_the_sender() throws Exception {
        var channel = Oneshot.<Integer>channel();
        var waiting = style.spawn(handle, () -> channel.receiver().timeout(Duration.ofMillis(2)));
        assertInstanceOf(Elapsed.class, failureOf(waiting).getCause());
        resultOf(style.spawn(handle, () -> channel.sender().closed()));
        assertFalse(channel.sender().send(1));
    }

    @Test
    void a_thread_outside_waits_and_a_stackless_task_may_not_block() throws Exception {
        var channel = Oneshot.<Integer>channel();
        var blocked = handle.spawn(Future.lazy(() ->
                assertThrows(IllegalStateException.class, channel.receiver()::blockingRecv)));
        resultOf(blocked);
        style.run(handle, () -> channel.sender().send(3));
        assertEquals(3, Eventually.returns("the value", channel.receiver()::blockingRecv));
    }

    // Value and close race; whoever waits must end, one way or the other, and both sides must agree which.
    @Test
    void sending_and_closing_at_the_same_time_have_one_winner() throws Exception {
        for (int i = 0; i < 300; i++) {
            var channel = Oneshot.<Integer>channel();
            var sending = style.run(handle, () -> channel.sender().send(1));
            var closing = style.<@Nullable Void>run(handle, () -> {
                channel.receiver().close();
                return null;
            });
            boolean sent = resultOf(sending);
            resultOf(closing);
            assertEquals(sent, !channel.receiver().isEmpty());
        }
    }
}
