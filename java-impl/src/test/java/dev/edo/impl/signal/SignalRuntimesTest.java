package dev.edo.impl.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Setup;
import dev.edo.signal.Signal;
import dev.edo.signal.SignalKind;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals with several runtimes, one after the other, and none. */
class SignalRuntimesTest {
    private static final SignalKind KIND = SignalKind.userDefined1();
    private static final int ROUNDS = 10;
    private static final int RUNTIMES = 4;
    private static final int THREADS = 8;

    @ParameterizedTest
    @EnumSource
    void aSignalIsHeardInEveryRuntime(Setup setup) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var listening = new CountDownLatch(RUNTIMES);
            var threads = new ArrayList<FutureTask<Boolean>>();
            for (int i = 0; i < RUNTIMES; i++) {
                var thread = new FutureTask<>(() -> {
                    try (var runtime = setup.builder().build()) {
                        return runtime.blockOn(() -> {
                            var listener = Signal.listen(KIND);
                            listening.countDown();
                            listener.recv().await();
                            return true;
                        });
                    }
                });
                Thread.ofPlatform().daemon().start(thread);
                threads.add(thread);
            }
            Eventually.opened("all listen", listening);
            Kill.self(KIND);
            for (var thread : threads) {
                assertTrue(thread.get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        }
    }

    // The first runtime was there when the handler was installed; its end must not take the wake-up path along.
    @ParameterizedTest
    @EnumSource
    void theEndOfARuntimeLeavesTheListenersOfOthers(Setup setup) throws Exception {
        var first = setup.builder().build();
        var firstListener = first.blockOn(() -> Signal.listen(KIND));
        var second = setup.builder().build();
        var secondListener = second.blockOn(() -> Signal.listen(KIND));
        Kill.selfAndWait(KIND);
        Eventually.returns("the first runtime hears", () -> first.blockOn(firstListener.recv()));
        first.close();
        firstListener.close();

        Kill.selfAndWait(KIND);
        Eventually.returns("the second runtime hears", () -> second.blockOn(secondListener.recv()));
        assertFalse(secondListener.pollRecv(Context.of(() -> {})).isReady());
        second.close();
    }

    // A task of the first runtime waits when that ends, and is dropped with its wait.
    @ParameterizedTest
    @EnumSource
    void aListenerOutlivesItsRuntime(Setup setup) throws Exception {
        Signal listener;
        try (var first = setup.start()) {
            listener = Eventually.returns("a listener", first.handle().spawn(() -> Signal.listen(KIND))::await);
            var waiting = new CountDownLatch(1);
            first.handle().spawn(() -> {
                waiting.countDown();
                listener.recv().await();
            });
            Eventually.opened("the task waits", waiting);
        }
        Kill.selfAndWait(KIND);
        try (var second = setup.start()) {
            Eventually.returns("the next runtime hears", second.handle().spawn(listener.recv())::await);
        }
    }

    // Each finds the kind without a handler. If two of them installed one, only the listeners of the second would hear.
    @ParameterizedTest
    @ValueSource(strings = {"XCPU", "TSTP", "TTIN", "TTOU"})
    void theFirstListenersToAKindMayComeAtOnce(String name) throws Exception {
        var kind = SignalKind.fromRaw(SignalNames.number(name));
        var start = new CyclicBarrier(THREADS);
        var listening = new CountDownLatch(THREADS);
        var threads = new ArrayList<FutureTask<Boolean>>();
        for (int i = 0; i < THREADS; i++) {
            var thread = new FutureTask<>(() -> {
                start.await();
                try (var listener = Signal.listen(kind)) {
                    listening.countDown();
                    listener.recv().await();
                    return true;
                }
            });
            Thread.ofPlatform().daemon().start(thread);
            threads.add(thread);
        }
        Eventually.opened("all listen", listening);
        Kill.self(kind);
        for (var thread : threads) {
            assertTrue(thread.get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void threadsListenWithoutARuntime() throws Exception {
        for (var thread : new Thread.Builder[] {Thread.ofPlatform().daemon(), Thread.ofVirtual()}) {
            Eventually.returns("the thread hears", thread, () -> {
                try (var listener = Signal.listen(KIND)) {
                    Kill.self(KIND);
                    return listener.recv().await();
                }
            });
        }
    }

    @Test
    void aPollRegistersTheLastWakerAndCloseTakesItBack() throws Exception {
        var first = new AtomicInteger();
        var second = new AtomicInteger();
        var listener = Signal.listen(KIND);
        assertFalse(listener.pollRecv(Context.of(first::incrementAndGet)).isReady());
        assertFalse(listener.pollRecv(Context.of(second::incrementAndGet)).isReady());
        Kill.selfAndWait(KIND);
        Eventually.until("the last one is woken", () -> second.get() == 1);
        assertEquals(0, first.get());
        assertTrue(listener.pollRecv(Context.of(() -> {})).isReady());

        assertFalse(listener.pollRecv(Context.of(first::incrementAndGet)).isReady());
        listener.close();
        listener.close();
        Kill.selfAndWait(KIND);
        assertEquals(0, first.get());
    }

    @Test
    void aClosedListenerRefusesToWait() throws Exception {
        var listener = Signal.listen(KIND);
        listener.close();
        var refused = assertThrows(IllegalStateException.class, listener::recv);
        assertEquals("this listener to SIGUSR1 is closed; make another one by Signal.listen", refused.getMessage());
        assertThrows(IllegalStateException.class, () -> listener.pollRecv(Context.of(() -> {})));
    }
}
