package dev.edo.examples;

import dev.edo.Edo;
import dev.edo.runtime.EdoRuntime;
import dev.edo.runtime.Handle;
import dev.edo.task.JoinError;

/**
 * The three ways into a runtime: block on it, spawn inside of it, spawn from a thread it knows
 * nothing of.
 */
final class SpawnThreeWays {
    void main() throws Exception {
        try (var runtime = EdoRuntime.create()) {
            // 1. This thread enters the runtime and waits for the code's end.
            int one = runtime.blockOn(() -> tell("blockOn", 1));

            // 2. Code that is already inside needs no handle. A task is a virtual thread on Edo's workers.
            int two = runtime.blockOn(() -> Edo.spawn(() -> tell("spawn", 2)).await());

            // 3. A handle works on every thread, and so does await(): it parks whoever calls it.
            Handle handle = runtime.handle();
            int[] three = new int[1];
            Thread foreign = Thread.ofPlatform().name("foreign").start(() -> {
                try {
                    three[0] = handle.spawn(() -> tell("handle.spawn", 3)).await();
                } catch (JoinError e) {
                    throw new IllegalStateException("the task failed", e);
                }
            });
            foreign.join();

            IO.println("sum: " + (one + two + three[0]));
        }
    }

    private static int tell(String way, int value) {
        IO.println("%-12s on %s".formatted(way, Thread.currentThread()));
        return value;
    }
}
