package dev.edo.impl.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.impl.contract.Style;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import dev.edo.stream.Stream;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signals among tasks of each flavour and style. No two signals are under way at once, so none are merged. */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("matrix")
class SignalInRuntimeTest {
    private static final SignalKind KIND = SignalKind.userDefined1();
    private static final int TASKS = 20;
    private static final int SIGNALS = 50;

    @Parameter(0)
    private Setup setup = Setup.CURRENT_THREAD;

    @Parameter(1)
    private Style style = Style.DIRECT;

    @SuppressWarnings("NullAway.Init") // before each test
    private Running running;

    static java.util.stream.Stream<Arguments> matrix() {
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

    private <T extends @Nullable Object> T inTask(java.util.concurrent.Callable<Future<T>> body) throws Exception {
        return resultOf(style.spawn(running.handle(), body));
    }

    private static <T extends @Nullable Object> T resultOf(JoinHandle<T> task) throws Exception {
        return Eventually.returns("the end of " + task, task::await);
    }

    private static boolean hasHeard(Signal listener) {
        return listener.pollRecv(Context.of(() -> {})).isReady();
    }

    @Test
    void aTaskHearsASignal() throws Exception {
        inTask(() -> {
            var listener = Signal.listen(KIND);
            Kill.self(KIND);
            return listener.recv();
        });
    }

    @Test
    void aTaskThatWaitsIsWokenByASignal() throws Exception {
        var waiting = new CountDownLatch(1);
        var task = style.spawn(running.handle(), () -> {
            var recv = Signal.listen(KIND).recv();
            return Future.of(cx -> {
                var polled = recv.poll(cx);
                waiting.countDown();
                return polled;
            });
        });
        Eventually.opened("the task waits", waiting);
        assertFalse(task.isFinished());
        Kill.self(KIND);
        resultOf(task);
    }

    @Test
    void aListenerHearsOneSignalAfterTheOther() throws Exception {
        inTask(() -> {
            var listener = Signal.listen(KIND);
            Kill.self(KIND);
            return listener.recv().then(_ -> {
                Kill.self(KIND);
                return listener.recv();
            });
        });
    }

    @Test
    void allListenersHearOfASignal() throws Exception {
        inTask(() -> {
            var first = Signal.listen(KIND);
            var second = Signal.listen(KIND);
            Kill.self(KIND);
            return Edo.join(first.recv(), second.recv());
        });
    }

    // Whoever was made before it and whoever was made after it is closed; it must not take the handler with it.
    @Test
    void aListenerHearsThoughOthersOfItsKindAreClosed() throws Exception {
        inTask(() -> {
            var before = Signal.listen(KIND);
            var listener = Signal.listen(KIND);
            var after = Signal.listen(KIND);
            before.close();
            after.close();
            Kill.self(KIND);
            return listener.recv();
        });
    }

    // With no listener left the signal would end this process, if its handler had gone with the last one. Nobody can
    // tell when it has come, and the next listener may still hear of it: no other test uses this kind.
    @Test
    void theHandlerStaysWhenTheLastListenerIsClosed() throws Exception {
        var kind = SignalKind.alarm();
        inTask(() -> {
            Signal.listen(kind).close();
            Kill.self(kind);
            return Future.ready(true);
        });
        inTask(() -> {
            var listener = Signal.listen(kind);
            Kill.self(kind);
            return listener.recv();
        });
    }

    @Test
    void aListenerHearsOfNothingThatCameBeforeIt() throws Exception {
        Kill.selfAndWait(KIND);
        try (var listener = Signal.listen(KIND)) {
            assertFalse(hasHeard(listener));
            Kill.selfAndWait(KIND);
            assertTrue(hasHeard(listener));
        }
    }

    @Test
    void signalsThatNobodyReceivedMeanwhileAreOne() throws Exception {
        var listener = Signal.listen(KIND);
        for (int i = 0; i < 3; i++) {
            Kill.selfAndWait(KIND);
        }
        inTask(listener::recv);
        assertFalse(hasHeard(listener));
    }

    // The wait is given up before the signal, and after it when its waker was called: the next wait gets it.
    @Test
    void aWaitThatIsGivenUpLosesNoSignal() throws Exception {
        var listener = Signal.listen(KIND);
        var before = listener.recv();
        assertFalse(before.poll(Context.of(() -> {})).isReady());
        before.cancel();
        Kill.selfAndWait(KIND);
        inTask(listener::recv);

        var wakes = new AtomicInteger();
        var after = listener.recv();
        assertFalse(after.poll(Context.of(wakes::incrementAndGet)).isReady());
        Kill.selfAndWait(KIND);
        Eventually.until("the wait is woken", () -> wakes.get() == 1);
        after.cancel();
        inTask(listener::recv);
        assertFalse(hasHeard(listener));
    }

    @Test
    void anAbortedTaskLeavesItsListenerUsable() throws Exception {
        var listener = Signal.listen(KIND);
        var task = style.spawn(running.handle(), listener::recv);
        task.abort();
        assertTrue(assertThrows(JoinError.class, () -> resultOf(task)).isCancelled());
        Kill.selfAndWait(KIND);
        inTask(listener::recv);
    }

    // A signal may come while a task is between its look and its wait: each must still hear of each.
    @Test
    void manyTasksHearOfEverySignal() throws Exception {
        var heard = new AtomicInteger();
        var tasks = new ArrayList<JoinHandle<Integer>>();
        for (int i = 0; i < TASKS; i++) {
            var listener = Signal.listen(KIND);
            tasks.add(style.spawn(running.handle(), () -> count(listener, heard, 0)));
        }
        for (int sent = 1; sent <= SIGNALS; sent++) {
            int all = sent * TASKS;
            Kill.self(KIND);
            Eventually.until(() -> heard.get() + " of " + all, () -> heard.get() == all);
        }
        for (var task : tasks) {
            assertEquals(SIGNALS, resultOf(task));
        }
    }

    private static Future<Integer> count(Signal listener, AtomicInteger all, int soFar) {
        return soFar == SIGNALS ? Future.ready(soFar) : listener.recv().then(_ -> {
            all.incrementAndGet();
            return count(listener, all, soFar + 1);
        });
    }

    // Without a real signal: whoever runs the tests may have had them ignore it.
    @Test
    void ctrlCIsTheFirstOneAfterItWasPolled() throws Exception {
        var kind = SignalKind.interrupt();
        int before = Arrivals.listeners(kind);
        Arrivals.of(kind);
        var task = style.spawn(running.handle(), Edo::ctrlC);
        Eventually.until("the task listens", () -> Arrivals.listeners(kind) > before);
        assertFalse(task.isFinished());
        Arrivals.of(kind);
        resultOf(task);
        assertEquals(before, Arrivals.listeners(kind));
    }

    @Test
    void aListenerIsAStreamOfItsKind() throws Exception {
        var other = SignalKind.fromRaw(SignalNames.number("VTALRM"));
        var kinds = Stream.from(Signal.listen(KIND)).merge(Stream.from(Signal.listen(other)));
        Kill.selfAndWait(KIND);
        assertEquals(KIND, inTask(kinds::next));
        Kill.selfAndWait(other);
        Kill.selfAndWait(KIND);
        var both = new ArrayList<>(inTask(() -> kinds.byRef().take(2).toList()));
        both.remove(other);
        assertEquals(List.of(KIND), both);
        kinds.cancel();
        assertTrue(kinds.isTerminated());
    }

    @Test
    void blockOnWaitsForASignal() throws Exception {
        var entered = new CountDownLatch(1);
        var waited = Thread.ofPlatform().daemon().start(() -> {
            try (var runtime = setup.builder().build()) {
                runtime.blockOn(() -> {
                    try (var listener = Signal.listen(KIND)) {
                        entered.countDown();
                        listener.recv().await();
                    }
                });
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Eventually.opened("the thread listens", entered);
        Kill.self(KIND);
        assertTrue(waited.join(Eventually.PATIENCE));
    }
}
