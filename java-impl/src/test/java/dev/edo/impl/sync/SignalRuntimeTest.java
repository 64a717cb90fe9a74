package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.sync.Broadcast;
import dev.edo.sync.BroadcastReceiver;
import dev.edo.sync.BroadcastRecv;
import dev.edo.sync.CancellationToken;
import dev.edo.sync.Watch;
import dev.edo.sync.WatchReceiver;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one side tells many: watch and broadcast channels and cancellation tokens among real tasks
 * of each style.
 */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("matrix")
class SignalRuntimeTest {
    private static final int TASKS = 20;
    private static final int VALUES = 500;

    @Parameter(0)
    private Setup setup = Setup.CURRENT_THREAD;

    @Parameter(1)
    private Style style = Style.DIRECT;

    @SuppressWarnings("NullAway.Init") // before each test
    private Running running;

    static Stream<Arguments> matrix() {
        return Arrays.stream(Setup.values())
                .flatMap(setup -> Arrays.stream(Style.values()).map(style -> Arguments.of(setup, style)));
    }

    @BeforeEach
    void start() {
        running = setup.start();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static <T> T resultOf(JoinHandle<T> task) throws Exception {
        return Eventually.returns("the end of " + task, task::await);
    }

    /** A task that makes futures with a loop of its own, as each style writes it. */
    private static Future<Integer> lastSeen(WatchReceiver<Integer> receiver) {
        return receiver.waitFor(value -> value == VALUES);
    }

    // Values come faster than tasks can look; each task must still see the last one.
    @Test
    void every_watcher_sees_the_last_value() throws Exception {
        var watch = Watch.channel(0);
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < TASKS; i++) {
            var receiver = watch.sender().subscribe();
            tasks.add(style.spawn(running.handle(), () -> lastSeen(receiver)));
        }
        for (int value = 1; value <= VALUES; value++) {
            watch.sender().send(value);
        }
        for (var task : tasks) {
            assertEquals(VALUES, resultOf(task));
        }
    }

    @Test
    void watchers_are_told_when_the_last_sender_goes() throws Exception {
        var watch = Watch.channel(0);
        var other = watch.sender().share();
        var task = style.spawn(running.handle(), () -> watch.receiver().changed());
        watch.sender().close();
        other.close();
        var failure = assertThrows(JoinError.class, () -> resultOf(task));
        assertTrue(failure.isPanic());
    }

    @Test
    void a_sender_task_is_told_when_nobody_watches() throws Exception {
        var watch = Watch.channel(0);
        var task = style.spawn(running.handle(), () -> watch.sender().closed());
        watch.receiver().close();
        resultOf(task);
    }

    /** Receives to the end; what it received and what it was told to have missed, in sum. */
    private static Future<Long> count(BroadcastReceiver<Integer> receiver, long before, int previous) {
        return receiver.recv().then(next -> switch (next) {
            case BroadcastRecv.Received<Integer>(Integer message) -> {
                if (message <= previous) {
                    throw new AssertionError(message + " came after " + previous);
                }
                yield count(receiver, before + 1, message);
            }
            case BroadcastRecv.Lagged<Integer>(long skipped) -> count(receiver, before + skipped, previous);
            case BroadcastRecv.Closed<Integer> _ -> Future.ready(before);
        });
    }

    // A ring of four slots and a sender that never waits: whatever is not received is accounted for.
    @Test
    void every_message_is_received_or_known_to_be_missed() throws Exception {
        var sender = Broadcast.<Integer>sender(4);
        var tasks = new ArrayList<JoinHandle<Long>>();
        for (int i = 0; i < TASKS; i++) {
            var receiver = sender.subscribe();
            tasks.add(style.spawn(running.handle(), () -> count(receiver, 0, -1)));
        }
        for (int message = 0; message < VALUES; message++) {
            assertEquals(TASKS, sender.send(message));
        }
        sender.close();
        for (var task : tasks) {
            assertEquals((long) VALUES, resultOf(task));
        }
    }

    @Test
    void a_thread_receives_by_blocking() throws Exception {
        var channel = Broadcast.<Integer>channel(4);
        var task = style.run(running.handle(), () -> channel.sender().send(7));
        assertEquals(new BroadcastRecv.Received<>(7),
                Eventually.returns("the message", channel.receiver()::blockingRecv));
        assertEquals(1, resultOf(task));
    }

    @Test
    void cancelling_the_root_ends_all_tasks() throws Exception {
        var root = CancellationToken.create();
        var tasks = new ArrayList<JoinHandle<Boolean>>();
        for (int i = 0; i < TASKS; i++) {
            var child = root.child();
            tasks.add(style.spawn(running.handle(),
                    () -> child.<Integer>runUntilCancelled(Future.pending()).map(ended -> {
                        child.close();
                        return ended.isCancelled();
                    })));
        }
        style.run(running.handle(), () -> {
            root.cancel();
            return null;
        });
        for (var task : tasks) {
            assertEquals(true, resultOf(task));
        }
    }

    @Test
    void an_aborted_task_leaves_its_channels_usable() throws Exception {
        var watch = Watch.channel(0);
        var channel = Broadcast.<Integer>channel(4);
        var token = CancellationToken.create();
        List<JoinHandle<?>> tasks = List.of(
                style.spawn(running.handle(), () -> watch.receiver().changed()),
                style.spawn(running.handle(), () -> channel.receiver().recv()),
                style.spawn(running.handle(), () -> token.cancelled()));
        for (var task : tasks) {
            task.abort();
            assertTrue(assertThrows(JoinError.class, () -> resultOf(task)).isCancelled());
        }
        watch.sender().send(1);
        channel.sender().send(2);
        token.cancel();
        assertTrue(watch.receiver().hasChanged());
        assertEquals(new BroadcastRecv.Received<>(2), channel.receiver().tryRecv());
        assertEquals(0, channel.sender().len());
    }
}
