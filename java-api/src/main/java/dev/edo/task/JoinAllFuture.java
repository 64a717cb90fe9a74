package dev.edo.task;

import dev.edo.future.Context;
import dev.edo.future.Future;
import dev.edo.future.Poll;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes all results of a set, until one failed.
 *
 * @param <T> the type of the results
 */
final class JoinAllFuture<T extends @Nullable Object> implements Future<List<T>> {
    private final List<T> values;

    /** Null when this ended. */
    private @Nullable JoinSet<T> set;

    JoinAllFuture(JoinSet<T> set) {
        this.set = set;
        this.values = new ArrayList<>(set.size());
    }

    @Override
    public Poll<List<T>> poll(Context cx) throws JoinError {
        var from = set;
        if (from == null) {
            throw new IllegalStateException("joinAll was polled after it completed or was cancelled; make a new one");
        }
        for (;;) {
            switch (from.pollJoinNext(cx)) {
                case Poll.Ready(JoinResult.Completed<T>(var _, var value)) -> values.add(value);
                case Poll.Ready(JoinResult.Failed<T>(var error)) -> {
                    set = null;
                    from.close();
                    throw error;
                }
                case Poll.Ready(var none) -> {
                    set = null;
                    return Poll.ready(values);
                }
                case Poll.Pending<?> _ -> {
                    return Poll.pending();
                }
            }
        }
    }

    @Override
    public void cancel() {
        var from = set;
        if (from != null) {
            set = null;
            from.forget();
        }
    }
}
