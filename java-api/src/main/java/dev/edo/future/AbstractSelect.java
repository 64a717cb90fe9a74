package dev.edo.future;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What all selects share: polls the branches in turn until one ends, then cancels the rest.
 *
 * <p>Algorithm: the branch to begin with comes from a xorshift generator of 32 bits that each
 * select has for itself, seeded once; the state zero, which xorshift never reaches, stands for
 * <em>biased</em>. Of many branches, only those that were {@linkplain WakeSet woken} are polled.
 *
 * <p>Origin: tokio's {@code select!}. Like it, a select whose task has used up its budget waits
 * without polling any branch, so that a loop around branches that know no budget still yields.
 * Unlike it, a branch ends the select whatever its value is: matching the value is the caller's
 * {@code switch}.
 *
 * @param <S> what says which branch won
 */
abstract class AbstractSelect<S> extends BranchFuture<S> {
    private static final int BIASED = 0;

    private int random;

    AbstractSelect(Future<?>... branches) {
        super(branches);
        int seed = ThreadLocalRandom.current().nextInt();
        this.random = seed == BIASED ? 1 : seed;
    }

    /** Makes the result from the winner's index and value. */
    abstract S selected(int branch, @Nullable Object value);

    final void startAtFirst() {
        random = BIASED;
    }

    @Override
    public final Poll<S> poll(Context cx) throws Exception {
        checkUsable("select");
        if (!cx.pollProceed()) {
            return Poll.pending();
        }
        int size = size();
        int branch = random == BIASED ? 0 : nextStart(size);
        if (woken != null) {
            woken.begin(cx, branch);
            for (int i = woken.next(); i >= 0; i = woken.next()) {
                if (pollOrFinish(i, woken) instanceof Poll.Ready(var value)) {
                    return won(i, value);
                }
            }
        } else {
            for (int polled = 0; polled < size; polled++) {
                if (pollOrFinish(branch, cx) instanceof Poll.Ready(var value)) {
                    return won(branch, value);
                }
                branch = branch + 1 == size ? 0 : branch + 1;
            }
        }
        return Poll.pending();
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
            return pollBranch(branch, cx);
        } catch (Throwable t) {
            finish(t);
            throw t;
        }
    }

    private int nextStart(int size) {
        int x = random;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        random = x;
        return (int) (((x & 0xFFFF_FFFFL) * size) >>> 32);
    }
}
