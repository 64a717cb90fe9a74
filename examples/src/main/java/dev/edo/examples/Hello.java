package dev.edo.examples;

import static dev.edo.Edo.sleep;
import static dev.edo.Edo.spawn;

import dev.edo.Edo;
import java.time.Duration;

/**
 * Three tasks that wait for time and for each other: hello at once, world after 100 ms, await after
 * 200.
 */
final class Hello {
    private static final Duration STEP = Duration.ofMillis(100);

    void main() {
        Edo.run(() -> {
            var hello = spawn(() -> IO.println("hello"));
            var world = spawn(() -> {
                hello.await();
                sleep(STEP).await();
                IO.println("world");
            });
            var await = spawn(() -> {
                world.await();
                sleep(STEP).await();
                IO.println("await");
            });
            await.await();
        });
    }
}
