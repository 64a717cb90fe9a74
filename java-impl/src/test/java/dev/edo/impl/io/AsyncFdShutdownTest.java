package dev.edo.impl.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.impl.contract.Eventually;
import dev.edo.impl.contract.Running;
import dev.edo.impl.contract.Setup;
import dev.edo.io.AsyncFd;
import dev.edo.io.AsyncFdReady;
import dev.edo.io.Interest;
import dev.edo.task.JoinError;
import dev.edo.task.JoinHandle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The runtime of a descriptor shuts down while somebody waits for its readiness: neither direction ever
 * becomes ready, so nothing but the shutdown ends a wait.
 */
class AsyncFdShutdownTest {
    private static final int ROUNDS = 40;

    /** An empty pipe's reading end and a full pipe's writing end, in a runtime. */
    private record Unready(Running running, AsyncFd in, AsyncFd out) {
        static Unready in(Running running, PipeEnds empty, PipeEnds full) throws IOException {
            full.fill();
            try (var _ = running.handle().enter()) {
                return new Unready(running, AsyncFd.open(empty.in().intValue(), Interest.READABLE),
                        AsyncFd.open(full.out().intValue(), Interest.WRITABLE));
            }
        }
    }

    private interface Body {
        void run(Unready unready) throws Exception;
    }

    private static void eachRound(Setup setup, Body body) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (var empty = PipeEnds.open(); var full = PipeEnds.open(); var running = setup.start()) {
                body.run(Unready.in(running, empty, full));
            }
        }
    }

    private static void assertGone(Executable wait) throws Exception {
        var thrown = Eventually.returns("the end of a wait", () -> assertThrows(IOException.class, wait));
        assertTrue(String.valueOf(thrown.getMessage()).contains("shut down"), thrown.getMessage());
    }

    /** One look at one direction. */
    private interface PolledReady {
        @Nullable AsyncFdReady poll(Context cx) throws IOException;
    }

    private static Future<AsyncFdReady> untilReady(PolledReady look) {
        return Future.of(cx -> {
            var ready = look.poll(cx);
            return ready == null ? Poll.pending() : Poll.ready(ready);
        });
    }

    /**
     * The shutdown comes before the wait looks at the slot, between the look and the place in the list of
     * waiters, or when it waits; and the slots' memory is given back meanwhile.
     */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void waitThatMeetsTheShutdownEndsAndSoDoesTheNext(Setup setup) throws Exception {
        eachRound(setup, unready -> {
            var closing = Thread.ofPlatform().start(unready.running()::close);
            assertGone(() -> unready.in().readable().await());
            assertGone(() -> unready.out().writable().await());
            assertGone(() -> unready.in().readable().await());
            closing.join();
        });
    }

    /** The same with the one waker of each direction instead of the list. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void pollThatMeetsTheShutdownEndsAndSoDoesTheNext(Setup setup) throws Exception {
        eachRound(setup, unready -> {
            var closing = Thread.ofPlatform().start(unready.running()::close);
            assertGone(() -> untilReady(unready.in()::pollReadReady).await());
            assertGone(() -> untilReady(unready.out()::pollWriteReady).await());
            assertGone(() -> untilReady(unready.in()::pollReadReady).await());
            closing.join();
        });
    }

    /** Those of the runtime itself: whether a task has begun to wait or not, it ends with its runtime. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void tasksThatWaitEndWithTheirRuntime(Setup setup) throws Exception {
        eachRound(setup, unready -> {
            var handle = unready.running().handle();
            var in = unready.in();
            var out = unready.out();
            var tasks = List.<JoinHandle<?>>of(
                    handle.spawn(in.readable()),
                    handle.spawn(untilReady(out::pollWriteReady)),
                    handle.spawn(() -> in.readable().await()),
                    handle.spawn(() -> out.asyncIo(Interest.WRITABLE, () -> null).await()));
            unready.running().close();
            for (var task : tasks) {
                Eventually.returns("the end of a task", () -> assertThrows(JoinError.class, task::await));
            }
        });
    }

    /** Nothing of a runtime that has ended can be used, and each use says why. */
    @ParameterizedTest
    @EnumSource(Setup.class)
    void everyUseAfterTheShutdownFailsWithTheReason(Setup setup) throws Exception {
        try (var empty = PipeEnds.open(); var full = PipeEnds.open(); var other = PipeEnds.open()) {
            Unready unready;
            try (var running = setup.start()) {
                unready = Unready.in(running, empty, full);
            }
            var in = unready.in();
            var tried = new AtomicBoolean();
            assertGone(() -> in.readable().await());
            assertGone(() -> in.ready(Interest.READABLE).await());
            assertGone(() -> untilReady(in::pollReadReady).await());
            assertGone(() -> in.tryIo(Interest.READABLE, () -> tried.getAndSet(true)));
            assertGone(() -> in.asyncIo(Interest.READABLE, () -> tried.getAndSet(true)).await());
            assertTrue(!tried.get(), "an operation was tried");
            assertGone(() -> {
                try (var _ = unready.running().handle().enter()) {
                    AsyncFd.open(other.in().intValue()).close();
                }
            });
            in.close();
            unready.out().close();
        }
    }
}
