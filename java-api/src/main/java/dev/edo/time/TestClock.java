package dev.edo.time;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.spi.EdoProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stops and moves the clock of the current runtime, which must be a current-thread one.
 *
 * <p>While the clock stands still it <em>advances by itself</em>: whenever the runtime has nothing
 * to do, it jumps to the next timer. So a test that sleeps an hour takes no time, and timers fire
 * in order and exactly at their deadlines. A job on the blocking pool holds the clock as long as it
 * runs.
 *
 * <pre>{@code
 * try (var runtime = EdoRuntime.builder().currentThread().enableTime().startPaused(true).build()) {
 *     runtime.blockOn(() -> {
 *         var start = Instant.now();
 *         Edo.sleep(Duration.ofHours(1)).await();
 *         assert start.elapsed().equals(Duration.ofHours(1));
 *     });
 * }
 * }</pre>
 *
 * @see <a href="https://docs.rs/tokio/latest/tokio/time/fn.pause.html">tokio::time::pause</a>
 */
public final class TestClock {
    private TestClock() {}

    /**
     * Stops the clock.
     *
     * @throws IllegalStateException outside a runtime, in a multi-thread one, when time is not
     *     enabled, or when the clock is stopped already
     */
    public static void pause() {
        EdoProvider.get().time().pause();
    }

    /**
     * Lets the clock go on from where it stands.
     *
     * @throws IllegalStateException outside a runtime, when time is not enabled, or when the clock
     *     is not stopped
     */
    public static void resume() {
        EdoProvider.get().time().resume();
    }

    /**
     * Moves the stopped clock in one jump: all timers in between fire at the same moment. To have
     * them fire one after the other, sleep instead and let the clock advance by itself.
     *
     * <p><em>Cancel safety:</em> the clock moves at the first poll; cancelling later does not turn
     * it back.
     *
     * @param by how far; not negative
     * @return completes when the timers that came due have been fired and their tasks had a turn;
     *     fails with {@link IllegalStateException} when the clock is not stopped
     * @throws IllegalArgumentException when {@code by} is negative or beyond what a clock can hold
     * @throws IllegalStateException outside a runtime, or when time is not enabled
     */
    @CheckReturnValue
    public static Future<@Nullable Void> advance(Duration by) {
        return EdoProvider.get().time().advance(by);
    }
}
