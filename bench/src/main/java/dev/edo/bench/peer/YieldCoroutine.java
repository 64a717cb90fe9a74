package dev.edo.bench.peer;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.YieldKt;
import org.jspecify.annotations.Nullable;

/** {@code repeat(n) { yield() }}, and then something. */
public final class YieldCoroutine extends Coroutine {
    private final Runnable end;
    private int left;

    /**
     * Makes the lambda.
     *
     * @param yields how often
     * @param end what it does then
     */
    public YieldCoroutine(int yields, Runnable end) {
        this(yields, end, null);
    }

    private YieldCoroutine(int yields, Runnable end, @Nullable Continuation<?> completion) {
        super(completion);
        this.left = yields;
        this.end = end;
    }

    @Override
    protected Coroutine begin(Continuation<?> completion) {
        return new YieldCoroutine(left, end, completion);
    }

    @Override
    protected Object resume() {
        while (left > 0) {
            left--;
            if (YieldKt.yield(unit()) == SUSPENDED) {
                return SUSPENDED;
            }
        }
        end.run();
        return Unit.INSTANCE;
    }
}
