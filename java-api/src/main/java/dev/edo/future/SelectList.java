package dev.edo.future;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Completes with the first of a list of branches; made by {@link Select#any}.
 *
 * <p><em>Cancel safety:</em> cancels every branch; as safe as they are.
 *
 * @param <T> the type of the branches' values
 */
public final class SelectList<T extends @Nullable Object> extends AbstractSelect<Selected<T>> {
    SelectList(List<? extends Future<? extends T>> branches) {
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("branches=[]: a select of nothing would never complete;"
                    + " give at least one branch, or await Future.pending()");
        }
        super(branches.toArray(Future<?>[]::new));
    }

    /**
     * Polls the branches in the order they were given, instead of from a random one on: a branch
     * that is always ready then starves those behind it.
     *
     * @return this
     */
    @CheckReturnValue
    public SelectList<T> biased() {
        startAtFirst();
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // every branch's value is of the type
    Selected<T> selected(int branch, @Nullable Object value) {
        return new Selected<>(branch, (T) value);
    }
}
