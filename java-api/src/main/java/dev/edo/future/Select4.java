package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Completes with the first of four branches; made by {@link Select}.
 *
 * <p><em>Cancel safety:</em> cancels every branch; as safe as they are.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 * @param <C> the type of the third branch's value
 * @param <D> the type of the fourth branch's value
 */
public final class Select4<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object>
        extends AbstractSelect<Selected4<A, B, C, D>> {
    Select4(
            Future<? extends A> first,
            Future<? extends B> second,
            Future<? extends C> third,
            Future<? extends D> fourth) {
        super(first, second, third, fourth);
    }

    /**
     * Polls the branches in the order they were given, instead of from a random one on: a branch
     * that is always ready then starves those behind it.
     *
     * @return this
     */
    @CheckReturnValue
    public Select4<A, B, C, D> biased() {
        startAtFirst();
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the value comes from the branch of that index
    Selected4<A, B, C, D> selected(int branch, @Nullable Object value) {
        return switch (branch) {
            case 0 -> new Selected4.First<>((A) value);
            case 1 -> new Selected4.Second<>((B) value);
            case 2 -> new Selected4.Third<>((C) value);
            default -> new Selected4.Fourth<>((D) value);
        };
    }
}
