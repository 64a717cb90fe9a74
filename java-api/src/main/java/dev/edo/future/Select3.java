package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Completes with the first of three branches; made by {@link Select}.
 *
 * <p><em>Cancel safety:</em> cancels every branch; as safe as they are.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 * @param <C> the type of the third branch's value
 */
public final class Select3<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object>
        extends AbstractSelect<Selected3<A, B, C>> {
    Select3(Future<? extends A> first, Future<? extends B> second, Future<? extends C> third) {
        super(first, second, third);
    }

    /**
     * Polls the branches in the order they were given, instead of from a random one on: a branch
     * that is always ready then starves those behind it.
     *
     * @return this
     */
    @CheckReturnValue
    public Select3<A, B, C> biased() {
        startAtFirst();
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the value comes from the branch of that index
    Selected3<A, B, C> selected(int branch, @Nullable Object value) {
        return switch (branch) {
            case 0 -> new Selected3.First<>((A) value);
            case 1 -> new Selected3.Second<>((B) value);
            default -> new Selected3.Third<>((C) value);
        };
    }
}
