package dev.edo.impl.io;

import dev.edo.future.Context;
import dev.edo.future.IoFuture;
import dev.edo.future.Poll;
import dev.edo.impl.driver.io.Readiness;
import dev.edo.impl.driver.io.Registration;
import dev.edo.internal.SpentFuture;
import dev.edo.io.Interest;
import dev.edo.io.IoOperation;
import dev.edo.io.Ready;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tries an operation of the caller's whenever a descriptor is ready for it, until it does
 * something.
 *
 * <p>Invariants: readiness is cleared with the event that led to the try, so what comes in between
 * is not lost.
 *
 * <p>Origin: {@code try_io} and {@code async_io} in Tokio's runtime/io/registration.rs.
 *
 * @param <T> the type of the operation's result
 */
public final class AsyncIo<T> implements IoFuture<T> {
    private final Registration registration;
    private final Interest interest;
    private final IoOperation<T> operation;
    private final UnaryOperator<IOException> gone;

    /** Null when this completed or was cancelled. */
    private @Nullable Readiness readiness;

    /**
     * A future that has not begun.
     *
     * @param registration of the descriptor
     * @param interest what the operation needs
     * @param operation the operation
     * @param gone translates what waiting fails with
     */
    public AsyncIo(Registration registration, Interest interest, IoOperation<T> operation,
            UnaryOperator<IOException> gone) {
        this.registration = registration;
        this.interest = interest;
        this.operation = operation;
        this.gone = gone;
        this.readiness = registration.readiness(interest.bits());
    }

    @Override
    public Poll<T> poll(Context cx) throws IOException {
        while (true) {
            var waiting = readiness;
            if (waiting == null) {
                throw SpentFuture.polledAgain("asyncIo");
            }
            long event = pollEvent(waiting, cx);
            if (event == Registration.PENDING) {
                return Poll.pending();
            }
            readiness = null;
            var result = operation.run();
            if (result != null) {
                return Poll.ready(result);
            }
            registration.clearReadiness(event, mask(interest));
            readiness = registration.readiness(interest.bits());
        }
    }

    private long pollEvent(Readiness waiting, Context cx) throws IOException {
        try {
            return waiting.pollEvent(cx);
        } catch (IOException e) {
            readiness = null;
            throw gone.apply(e);
        }
    }

    @Override
    public void cancel() {
        var waiting = readiness;
        readiness = null;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    /**
     * Tries an operation once, if the descriptor is ready for it.
     *
     * @param registration of the descriptor
     * @param interest what the operation needs
     * @param operation the operation
     * @param <T> the type of its result
     * @return its result; null where it would have to wait
     * @throws IOException what it failed with, or the look at the readiness
     */
    public static <T> @Nullable T tryIo(
            Registration registration, Interest interest, IoOperation<T> operation) throws IOException {
        int mask = mask(interest);
        long event = registration.tryReady(mask);
        if (event == Registration.PENDING) {
            return null;
        }
        var result = operation.run();
        if (result == null) {
            registration.clearReadiness(event, mask);
        }
        return result;
    }

    private static int mask(Interest interest) {
        return Ready.ALL.forInterest(interest).bits();
    }
}
