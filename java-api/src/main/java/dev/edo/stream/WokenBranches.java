package dev.edo.stream;

import dev.edo.future.Context;
import dev.edo.future.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a {@link StreamMap} that were woken since its last poll, and the context that branches
 * are polled with.
 *
 * <p>Algorithm: a stack of branches, each on it at most once. Wakers push; the poller publishes its own
 * waker and then takes the whole stack. Who pushes onto an empty stack wakes the poller; who finds
 * something on it leaves that to whoever pushed first. Head before {@code parent} there, {@code parent}
 * before head here, all volatile: either the poller takes the branch, or its waker sees the poller's waker.
 *
 * <p>Origin: the ready queue of the futures crate's {@code FuturesUnordered}. Tokio's {@code StreamMap}
 * polls all its streams at every wake-up.
 */
final class WokenBranches<K, T> implements Context {
    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(WokenBranches.class, "head", Branch.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Branch<K, T> head;
    private volatile @Nullable Waker parent;

    private @Nullable Context cx;
    private @Nullable Branch<K, T> polled;
    private boolean budgetSpent;

    /** Starts a poll: adds what was woken since the last one. */
    @SuppressWarnings("unchecked") // the head's type
    void begin(Context context, List<Branch<K, T>> ready) {
        cx = context;
        budgetSpent = false;
        var waker = context.waker();
        if (parent != waker) {
            parent = waker;
        }
        if (head == null) {
            return;
        }
        var branch = (Branch<K, T>) HEAD.getAndSet(this, null);
        while (branch != null) {
            var below = branch.below;
            branch.below = null;
            if (branch.stream() != null) {
                ready.add(branch);
            }
            branch = below;
        }
    }

    /** Polls a branch with its own waker. */
    @Nullable T poll(Branch<K, T> branch, Stream<? extends T> stream) throws Exception {
        polled = branch;
        branch.beforePoll();
        try {
            return stream.pollNext(this);
        } finally {
            polled = null;
        }
    }

    /** Whether the budget stopped a branch in this poll; the wake-up is arranged then. */
    boolean isBudgetSpent() {
        return budgetSpent;
    }

    void end() {
        cx = null;
    }

    void push(Branch<K, T> branch) {
        Branch<K, T> top;
        do {
            top = head;
            branch.below = top;
        } while (!HEAD.compareAndSet(this, top, branch));
        var waker = parent;
        if (top == null && waker != null) {
            waker.wake();
        }
    }

    private <V> V during(@Nullable V valid) {
        if (valid == null) {
            throw new IllegalStateException("a context was used after the poll that it was passed to");
        }
        return valid;
    }

    @Override
    public Waker waker() {
        return during(polled);
    }

    @Override
    public boolean pollProceed() {
        boolean proceed = during(cx).pollProceed();
        if (!proceed) {
            budgetSpent = true;
        }
        return proceed;
    }

    @Override
    public boolean hasBudgetRemaining() {
        return during(cx).hasBudgetRemaining();
    }

    @Override
    public boolean isTracing() {
        return during(cx).isTracing();
    }

    @Override
    public void madeProgress() {
        during(cx).madeProgress();
    }

    @Override
    public int random() {
        return during(cx).random();
    }
}
