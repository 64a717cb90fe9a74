package dev.edo.future;

import dev.edo.internal.OwnedWaker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Which of many branches were woken, so that a poll need not poll the rest: with it <i>n</i>
 * branches cost <i>n</i> polls in all, and without it <i>n</i> polls per wake-up.
 *
 * <p>Algorithm: each branch has its own waker, which sets the branch's bit and then wakes whoever
 * polled the whole last; where the bit was set already, it leaves that to whoever set it. A poll
 * publishes its waker and then takes the bits, each word once: a branch that is woken again during
 * the poll has its turn in the next one. A branch that the budget stopped keeps its bit; the budget
 * has arranged the wake-up.
 *
 * <p>{@code ready}: set by any thread, taken by the poller; {@code parent}: written by the poller,
 * read by any thread. Bit before {@code parent} there and {@code parent} before bit here, all
 * volatile: either the poller sees the bit, or the waker sees the poller's waker. The other fields
 * are the poller's.
 *
 * <p>Origin: the ready queue of the futures crate's {@code FuturesUnordered}, as bits instead of
 * links.
 */
final class WakeSet implements Context {
    /** With fewer branches than this, polling all is cheaper. */
    static final int FEWEST_BRANCHES = 32;

    private static final VarHandle READY = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] ready;
    private final @Nullable BranchWaker[] wakers;
    private volatile @Nullable Waker parent;

    private @Nullable Context cx;
    private int word;
    private int wordsLeft;
    private int rotation;
    private long taken;
    private int branch;

    WakeSet(int branches) {
        ready = new long[(branches + Long.SIZE - 1) / Long.SIZE];
        wakers = new BranchWaker[branches];
        for (int i = 0; i < branches; i++) {
            ready[i / Long.SIZE] |= 1L << i;
        }
    }

    /** Starts a poll of the whole, which takes the branches in turn from {@code start} on. */
    void begin(Context context, int start) {
        cx = context;
        var waker = context.waker();
        if (parent != waker) {
            parent = waker;
        }
        word = start / Long.SIZE;
        rotation = start % Long.SIZE;
        wordsLeft = ready.length;
        taken = takeWord();
    }

    /** The next branch to be polled, with this as its context, or -1. */
    int next() {
        while (taken == 0) {
            if (--wordsLeft == 0) {
                cx = null;
                return -1;
            }
            word = word + 1 == ready.length ? 0 : word + 1;
            taken = takeWord();
        }
        int bit = Long.numberOfTrailingZeros(taken) + rotation;
        taken &= taken - 1;
        branch = word * Long.SIZE + bit % Long.SIZE;
        return branch;
    }

    private long takeWord() {
        return (long) READY.getVolatile(ready, word) == 0
                ? 0
                : Long.rotateRight((long) READY.getAndSet(ready, word, 0L), rotation);
    }

    /** Forgets whom to wake: nothing will be polled any more. */
    void close() {
        parent = null;
    }

    /** {@return whether the bit was not set before} */
    private boolean mark(int woken) {
        long bit = 1L << woken;
        return ((long) READY.getAndBitwiseOr(ready, woken / Long.SIZE, bit) & bit) == 0;
    }

    private Context current() {
        var current = cx;
        if (current == null) {
            throw new IllegalStateException("a context was used after the poll that it was passed to");
        }
        return current;
    }

    @Override
    public Waker waker() {
        var waker = wakers[branch];
        return waker != null ? waker : (wakers[branch] = new BranchWaker(branch));
    }

    @Override
    public boolean pollProceed() {
        boolean proceed = current().pollProceed();
        if (!proceed) {
            mark(branch);
        }
        return proceed;
    }

    @Override
    public boolean hasBudgetRemaining() {
        return current().hasBudgetRemaining();
    }

    @Override
    public boolean isTracing() {
        return current().isTracing();
    }

    @Override
    public void madeProgress() {
        current().madeProgress();
    }

    @Override
    public int random() {
        return current().random();
    }

    /** Wakes one branch. */
    private final class BranchWaker implements OwnedWaker {
        private final int woken;

        BranchWaker(int woken) {
            this.woken = woken;
        }

        @Override
        public void wake() {
            if (mark(woken)) {
                var waker = parent;
                if (waker != null) {
                    waker.wake();
                }
            }
        }

        /** Whoever polled the whole last; of one that has ended it is nobody's any more. */
        @Override
        public boolean isCallers() {
            var waker = parent;
            return waker == null || !OwnedWaker.isSomebodyElses(waker);
        }
    }
}
