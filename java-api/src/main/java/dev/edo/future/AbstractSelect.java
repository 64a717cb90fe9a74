package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * What all selects share: polls the branches in turn until one ends, then cancels the rest.
 *
 * <p>Algorithm: the branch to begin with comes from a xorshift generator of 32 bits that each
 * select has for itself, seeded by the first poll's context; the state zero, which xorshift never
 * reaches, stands for <em>not seeded yet</em>. Of many branches, only those that were {@linkplain WakeSet woken} are polled.
 *
 * <p>Origin: tokio's {@code select!}. Like it, a select whose task has used up its budget waits
 * without polling any branch, so that a loop around branches that know no budget still yields.
 * Unlike it, a branch ends the select whatever its value is, unless it is a {@link MatchingFuture};
 * a branch that is left out is closed like one that has ended.
 *
 * @param <S> what says which branch won
 */
abstract class AbstractSelect<S> extends BranchFuture<S> {
    private static final int UNSEEDED = 0;

    private int random = UNSEEDED;
    private boolean biased;
    private boolean hasElse;
    private @Nullable S elseValue;

    AbstractSelect(Future<?>... branches) {
        super(branches);
        for (int i = 0; i < branches.length; i++) {
            if (branches[i] == DisabledFuture.INSTANCE) {
                leaveOut(i);
            }
        }
    }

    /**
     * What the select completes with when no branch is left: each was disabled by {@code Select.when},
     * or its value did not match in {@code Select.matching}. Without this such a select fails with an
     * {@link IllegalStateException}.
     *
     * @param value the result then; null is what {@code case null} of a switch matches
     * @return this
     */
    @CheckReturnValue
    public final Future<@Nullable S> orElse(@Nullable S value) {
        hasElse = true;
        elseValue = value;
        return (Future<@Nullable S>) this;
    }

    /** Makes the result from the winner's index and value. */
    abstract S selected(int branch, @Nullable Object value);

    final void startAtFirst() {
        biased = true;
    }

    @Override
    public final Poll<S> poll(Context cx) throws Exception {
        checkUsable("select");
        if (!cx.pollProceed() && !cx.isTracing()) { // a trace goes on to the branches
            return Poll.pending();
        }
        if (remaining() == 0) {
            return noneLeft();
        }
        int size = size();
        int branch = biased ? 0 : nextStart(cx, size);
        if (woken != null) {
            woken.begin(cx, branch);
            for (int i = woken.next(); i >= 0; i = woken.next()) {
                if (isOpen(i) && pollOrFinish(i, woken) instanceof Poll.Ready(var value)) {
                    return won(i, value);
                }
            }
        } else {
            for (int polled = 0; polled < size; polled++) {
                if (isOpen(branch) && pollOrFinish(branch, cx) instanceof Poll.Ready(var value)) {
                    return won(branch, value);
                }
                branch = branch + 1 == size ? 0 : branch + 1;
            }
        }
        return remaining() == 0 ? noneLeft() : Poll.pending();
    }

    @SuppressWarnings("NullAway") // orElse says that the value may be null
    private Poll<S> noneLeft() {
        finish(null);
        if (!hasElse) {
            throw new IllegalStateException("every branch of the select is disabled; say what comes then by"
                    + " .orElse(value), or keep one branch enabled");
        }
        return Poll.ready(elseValue);
    }

    private Poll<S> won(int branch, @Nullable Object value) throws Exception {
        var failure = finish(null);
        if (failure != null) {
            throw Failure.raise(failure);
        }
        return Poll.ready(selected(branch, value));
    }

    private Poll<?> pollOrFinish(int branch, Context cx) throws Exception {
        try {
            var polled = open(branch);
            var poll = pollBranch(branch, cx);
            if (MatchingFuture.isMismatched(polled)) {
                leaveOut(branch);
            }
            return poll;
        } catch (Throwable t) {
            finish(t);
            throw t;
        }
    }

    private int nextStart(Context cx, int size) {
        int x = random;
        if (x == UNSEEDED) {
            int seed = cx.random();
            x = seed == UNSEEDED ? 1 : seed;
        }
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        random = x;
        return (int) (((x & 0xFFFF_FFFFL) * size) >>> 32);
    }
}
