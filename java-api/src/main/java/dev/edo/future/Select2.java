package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Completes with the first of two branches; made by {@link Select}.
 *
 * <p><em>Cancel safety:</em> cancels every branch; as safe as they are.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 */
public final class Select2<A extends @Nullable Object, B extends @Nullable Object>
        extends AbstractSelect<Selected2<A, B>> {
    Select2(Future<? extends A> first, Future<? extends B> second) {
        super(first, second);
    }

    /**
     * Polls the branches in the order they were given, instead of from a random one on: a branch
     * that is always ready then starves those behind it.
     *
     * @return this
     */
    @CheckReturnValue
    public Select2<A, B> biased() {
        startAtFirst();
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the value comes from the branch of that index
    Selected2<A, B> selected(int branch, @Nullable Object value) {
        return switch (branch) {
            case 0 -> new Selected2.First<>((A) value);
            default -> new Selected2.Second<>((B) value);
        };
    }
}
