package dev.edo.bench.peer;

import dev.edo.Edo;
import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import org.jspecify.annotations.Nullable;

/** {@code for _ in 0..n { yield_now().await }}, and then something. */
public final class YieldLoop implements Future<@Nullable Void> {
    private final Runnable end;
    private int left;
    private @Nullable Future<@Nullable Void> yielding;

    /**
     * Makes the loop.
     *
     * @param yields how often
     * @param end what is run in the last poll
     */
    public YieldLoop(int yields, Runnable end) {
        this.left = yields;
        this.end = end;
    }

    @Override
    public Poll<@Nullable Void> poll(Context cx) throws Exception {
        for (;;) {
            var current = yielding;
            if (current == null) {
                if (left == 0) {
                    end.run();
                    return Poll.ready();
                }
                left--;
                current = Edo.yieldNow();
                yielding = current;
            }
            if (!current.poll(cx).isReady()) {
                return Poll.pending();
            }
            yielding = null;
        }
    }
}
