package dev.edo.impl.cancel;

import dev.edo.future.Future;
import org.jspecify.annotations.Nullable;

/**
 * A future in a world of its own, made anew for each cancel point: how to bring about what it waits
 * for, and how to tell that nothing was lost.
 */
final class Scenario {
    /**
     * Brings about what the future waits for at its n-th await point, counted from 1, so that it is
     * woken.
     */
    @FunctionalInterface
    interface Provocation {
        void at(int awaitPoint) throws Exception;
    }

    /** Fails where something was lost. Everything that was provoked has happened before. */
    @FunctionalInterface
    interface Check {
        void after(Outcome outcome) throws Exception;
    }

    /** Code that may throw. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    final Future<?> future;
    private @Nullable Provocation provocation;
    private @Nullable Check check;
    private @Nullable Step end;
    private boolean wakesLate;
    private boolean endsEarly;
    private boolean lasting;
    private boolean lendsWaker;
    private Class<? extends Exception> failure = Never.class;

    private Scenario(Future<?> future) {
        this.future = future;
    }

    static Scenario of(Future<?> future) {
        return new Scenario(future);
    }

    /** A future with one await point. */
    Scenario wokenBy(Step step) {
        return wokenAt(point -> step.run());
    }

    Scenario wokenAt(Provocation how) {
        provocation = how;
        return this;
    }

    Scenario losesNothing(Check how) {
        check = how;
        return this;
    }

    /** Cleans up, whatever happened. */
    Scenario finallyDo(Step step) {
        end = step;
        return this;
    }

    /**
     * For futures whose wake-up comes by itself, as a timer's does: cancelled before it, they may
     * still have been woken.
     */
    Scenario wakesByItself() {
        wakesLate = true;
        return this;
    }

    /**
     * For futures that may find what they wait for before anybody provoked it: the kernel may make room in a full
     * socket when it likes.
     */
    Scenario mayEndByItself() {
        endsEarly = true;
        return this;
    }

    boolean isAllowedToEndByItself() {
        return endsEarly;
    }

    /** What no future fails with. */
    private static final class Never extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** For futures that end by failing. */
    Scenario failingWith(Class<? extends Exception> type) {
        failure = type;
        return this;
    }

    boolean endsWith(Exception thrown) {
        return failure.isInstance(thrown);
    }

    /** For futures that may be polled again after {@code cancel()} or their end, as a join handle may. */
    Scenario lasting() {
        lasting = true;
        return this;
    }

    /**
     * For futures that borrow what they poll and cannot take their waker back out of it, as the wait for the next
     * element of a stream: after {@code cancel()} it may be called once more, for nothing.
     */
    Scenario leavesItsWaker() {
        lendsWaker = true;
        return this;
    }

    boolean isLasting() {
        return lasting;
    }

    /** What may end by itself may be on its way to be woken when it is given up. */
    boolean mayBeWokenByItself() {
        return wakesLate || lendsWaker || endsEarly;
    }

    /** Whether there is something to bring about, so that the future must have an await point. */
    boolean hasToWait() {
        return provocation != null;
    }

    void provoke(int awaitPoint) throws Exception {
        if (provocation == null) {
            throw new AssertionError("pending, but nothing was expected to be waited for");
        }
        provocation.at(awaitPoint);
    }

    void check(Outcome outcome) throws Exception {
        if (check == null) {
            throw new AssertionError("a scenario without a check");
        }
        check.after(outcome);
    }

    void end() throws Exception {
        if (end != null) {
            end.run();
        }
    }
}
