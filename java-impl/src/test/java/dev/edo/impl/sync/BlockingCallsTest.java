package dev.edo.impl.sync;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.sync.Broadcast;
import dev.edo.sync.Mpsc;
import dev.edo.sync.Mutex;
import dev.edo.sync.Oneshot;
import dev.edo.sync.RwLock;
import dev.edo.sync.Semaphore;
import dev.edo.task.JoinError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The calls that block, where they must not: what they would wait for is there, so that one which
 * is not refused returns.
 */
@Timeout(120)
class BlockingCallsTest {
    private static Map<String, Callable<?>> blockingCalls() throws Exception {
        var oneshot = Oneshot.<Integer>channel();
        oneshot.sender().send(1);
        var limited = Mpsc.<Integer>bounded(8);
        var unlimited = Mpsc.<Integer>unbounded();
        var broadcast = Broadcast.<Integer>channel(8);
        for (int i = 0; i < 3; i++) {
            assertTrue(limited.sender().trySend(i));
            unlimited.sender().send(i);
            broadcast.sender().send(i);
        }
        var calls = new LinkedHashMap<String, Callable<?>>();
        calls.put("Mutex.blockingLock", Mutex.create()::blockingLock);
        calls.put("RwLock.blockingRead", new RwLock<>(1)::blockingRead);
        calls.put("RwLock.blockingWrite", new RwLock<>(1)::blockingWrite);
        calls.put("Semaphore.blockingAcquire", new Semaphore(1)::blockingAcquire);
        calls.put("Semaphore.blockingAcquireMany", () -> new Semaphore(2).blockingAcquireMany(2));
        calls.put("OneshotReceiver.blockingRecv", oneshot.receiver()::blockingRecv);
        calls.put("MpscSender.blockingSend", () -> {
            limited.sender().blockingSend(3);
            return true;
        });
        calls.put("MpscReceiver.blockingRecv, bounded", limited.receiver()::blockingRecv);
        calls.put("MpscReceiver.blockingRecvMany, bounded",
                () -> limited.receiver().blockingRecvMany(new ArrayList<>(), 2));
        calls.put("MpscReceiver.blockingRecv, unbounded", unlimited.receiver()::blockingRecv);
        calls.put("MpscReceiver.blockingRecvMany, unbounded",
                () -> unlimited.receiver().blockingRecvMany(new ArrayList<>(), 2));
        calls.put("BroadcastReceiver.blockingRecv", broadcast.receiver()::blockingRecv);
        return calls;
    }

    @ParameterizedTest
    @EnumSource
    void a_task_in_direct_style_may_block(Setup setup) throws Exception {
        try (var running = setup.start()) {
            for (var call : blockingCalls().entrySet()) {
                var task = running.handle().spawn(() -> call.getValue().call());
                assertNotNull(Eventually.returns(call.getKey(), task::await), call.getKey());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stackless_task_is_told_what_to_do_instead(Setup setup) throws Exception {
        try (var running = setup.start()) {
            for (var call : blockingCalls().entrySet()) {
                var task = running.handle().spawn(Future.lazy(call.getValue()::call));
                var failure = assertThrows(JoinError.class,
                        () -> Eventually.returns(call.getKey(), task::await));
                assertRefused(call.getKey(), failure.getCause(),
                        "stackless task would block its worker; poll the future");
            }
        }
    }

    // The thread inside blockOn runs the tasks: a poll that waits for one of them waits for itself.
    @Test
    void a_future_whose_thread_runs_the_tasks_is_told_what_to_do_instead() throws Exception {
        try (var runtime = Setup.CURRENT_THREAD.builder().build()) {
            for (var call : blockingCalls().entrySet()) {
                Future<?> blocking = Future.lazy(call.getValue()::call);
                var failure = assertThrows(Exception.class,
                        () -> Eventually.returns(call.getKey(), () -> runtime.blockOn(blocking)));
                assertRefused(call.getKey(), failure, "return Poll.pending() there instead");
            }
        }
    }

    private static void assertRefused(String call, @Nullable Throwable failure, String advice) {
        var refused = assertInstanceOf(IllegalStateException.class, failure, call);
        assertTrue(refused.getMessage().contains(advice), call + ": " + refused.getMessage());
    }
}
