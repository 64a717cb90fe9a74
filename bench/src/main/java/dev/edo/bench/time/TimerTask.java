package dev.edo.bench.time;

import dev.edo.bench.peer.AwaitAll;
import dev.edo.bench.peer.EdoEither;
import dev.edo.bench.peer.VirtualThreads;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import dev.edo.task.JoinHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The tasks among which the timers of one invocation are divided. */
final class TimerTask {
    /** How many timers there are. */
    static final int TIMERS = 10_000;

    private static final Duration[] LIMITS = new Duration[977];

    static {
        for (int i = 0; i < LIMITS.length; i++) {
            LIMITS[i] = Duration.ofMillis(1000 + i * 13L);
        }
    }

    private TimerTask() {}

    /** The limit of the timer with that number: between one second and fourteen. */
    static Duration limit(int timer) {
        return LIMITS[timer % LIMITS.length];
    }

    /** Runs one stackless task for each share, and awaits them. */
    static void stackless(EdoEither edo, IntFunction<Future<@Nullable Void>> share) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(edo.tasks());
        for (int i = 0; i < edo.tasks(); i++) {
            handles.add(edo.runtime.spawn(share.apply(TIMERS / edo.tasks())));
        }
        edo.runtime.blockOn(new AwaitAll<>(handles));
    }

    /** Runs one direct task for each share, and awaits them. */
    static void direct(EdoEither edo, Share share) throws Exception {
        var handles = new ArrayList<JoinHandle<@Nullable Void>>(edo.tasks());
        for (int i = 0; i < edo.tasks(); i++) {
            handles.add(edo.runtime.spawn(() -> share.run(TIMERS / edo.tasks())));
        }
        edo.runtime.blockOn(() -> AwaitAll.directly(handles));
    }

    /** Runs one virtual thread for each share, and waits for them. */
    static void virtualThreads(int tasks, Share share) throws InterruptedException {
        VirtualThreads.run(tasks, () -> share.run(TIMERS / tasks));
    }

    /** What one task does. */
    @FunctionalInterface
    interface Share {
        void run(int timers) throws Exception;
    }

    /** Polls a future once in direct style: what {@code timeout} around it does before it waits. */
    static final class PollOnce implements Future<Boolean> {
        private final Future<?> future;

        PollOnce(Future<?> future) {
            this.future = future;
        }

        @Override
        public Poll<Boolean> poll(Context cx) throws Exception {
            return Poll.ready(future.poll(cx).isReady());
        }
    }
}
