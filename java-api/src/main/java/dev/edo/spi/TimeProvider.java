package dev.edo.spi;

import dev.edo.future.CheckReturnValue;
import dev.edo.future.Future;
import dev.edo.time.Instant;
import dev.edo.time.Sleep;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Timers and the clock, as an implementation provides them. */
public interface TimeProvider {
    /** {@return the current runtime's clock, or the system's outside a runtime} */
    Instant now();

    /**
     * The clock behind {@link #now()}, for who has to read it on threads that are not inside the
     * runtime. It can be read after the runtime has been shut down.
     *
     * @return gives the {@link Instant#nanos()} of the present; any thread may call it
     */
    LongSupplier clock();

    /**
     * Makes a timer on the current runtime.
     *
     * @param deadline when it completes
     * @return the timer
     * @throws IllegalStateException outside a runtime, or when its time is not enabled
     */
    @CheckReturnValue
    Sleep sleepUntil(Instant deadline);

    /**
     * Stops the clock of the current runtime, which must be a current-thread one.
     *
     * @throws IllegalStateException when there is no such runtime, or its clock is stopped already
     */
    void pause();

    /**
     * Lets the clock of the current runtime go on.
     *
     * @throws IllegalStateException outside a runtime, or when its clock is not stopped
     */
    void resume();

    /**
     * Moves a stopped clock.
     *
     * @param by how far
     * @return completes when the timers that came due have been fired and their tasks had a turn
     * @throws IllegalArgumentException when {@code by} is negative or too long
     * @throws IllegalStateException outside a runtime
     */
    @CheckReturnValue
    Future<@Nullable Void> advance(Duration by);
}
