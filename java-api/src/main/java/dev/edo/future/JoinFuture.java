package dev.edo.future;

import dev.edo.internal.FirstFailure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Completes when all of several futures have; made by {@link Join}.
 *
 * <p><em>Cancel safety:</em> cancels every future; as safe as they are.
 *
 * <p>Algorithm: each poll begins one branch further than the last one did and passes over those
 * that ended. Of many branches, only those that were {@linkplain WakeSet woken} are polled.
 *
 * <p>Origin: tokio's {@code join!} and {@code try_join!}. A branch can throw here, so {@code join!}
 * had to decide what that means: it still waits for all, see {@link Failing#AT_THE_END}.
 *
 * @param <R> the type of the result
 */
public final class JoinFuture<R> extends BranchFuture<R> {
    /** When the failure of a branch is thrown. */
    enum Failing {
        /** When every branch has ended; later failures are suppressed in the first one. */
        AT_THE_END("join"),
        /** At once; the other branches are cancelled. */
        AT_ONCE("tryJoin");

        private final String joinName;

        Failing(String joinName) {
            this.joinName = joinName;
        }
    }

    private final Failing failing;
    private final Function<@Nullable Object[], R> result;
    private final @Nullable Object[] values;
    private @Nullable Throwable failure;
    private int start;
    private boolean biased;

    JoinFuture(Failing failing, Function<@Nullable Object[], R> result, Future<?>... branches) {
        super(branches);
        this.failing = failing;
        this.result = result;
        this.values = new Object[branches.length];
    }

    /**
     * Polls the futures in the order they were given each time, instead of beginning one further than the
     * last time: the first ones get the budget first.
     *
     * @return this
     */
    @CheckReturnValue
    public JoinFuture<R> biased() {
        biased = true;
        return this;
    }

    @Override
    public Poll<R> poll(Context cx) throws Exception {
        checkUsable(failing.joinName);
        int size = size();
        int branch = start;
        start = biased ? 0 : next(branch, size);
        if (woken != null) {
            woken.begin(cx, branch);
            for (int i = woken.next(); i >= 0; i = woken.next()) {
                pollAndKeep(i, woken);
            }
        } else {
            for (int seen = 0; seen < size; seen++) {
                pollAndKeep(branch, cx);
                branch = next(branch, size);
            }
        }
        if (remaining() > 0) {
            return Poll.pending();
        }
        finish(null);
        if (failure != null) {
            throw Failure.raise(failure);
        }
        return Poll.ready(result.apply(values));
    }

    private void pollAndKeep(int branch, Context cx) throws Exception {
        if (!isOpen(branch)) {
            return;
        }
        try {
            if (pollBranch(branch, cx) instanceof Poll.Ready(var value)) {
                values[branch] = value;
            }
        } catch (Throwable t) {
            if (failing == Failing.AT_ONCE) {
                finish(t);
                throw t;
            }
            failure = FirstFailure.with(failure, t);
        }
    }

    private static int next(int branch, int size) {
        return branch + 1 >= size ? 0 : branch + 1;
    }
}
