package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Completes with the first of six branches; made by {@link Select}.
 *
 * <p><em>Cancel safety:</em> cancels every branch; as safe as they are.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 * @param <C> the type of the third branch's value
 * @param <D> the type of the fourth branch's value
 * @param <E> the type of the fifth branch's value
 * @param <F> the type of the sixth branch's value
 */
public final class Select6<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        E extends @Nullable Object,
        F extends @Nullable Object>
        extends AbstractSelect<Selected6<A, B, C, D, E, F>> {
    Select6(
            Future<? extends A> first,
            Future<? extends B> second,
            Future<? extends C> third,
            Future<? extends D> fourth,
            Future<? extends E> fifth,
            Future<? extends F> sixth) {
        super(first, second, third, fourth, fifth, sixth);
    }

    /**
     * Polls the branches in the order they were given, instead of from a random one on: a branch
     * that is always ready then starves those behind it.
     *
     * @return this
     */
    @CheckReturnValue
    public Select6<A, B, C, D, E, F> biased() {
        startAtFirst();
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the value comes from the branch of that index
    Selected6<A, B, C, D, E, F> selected(int branch, @Nullable Object value) {
        return switch (branch) {
            case 0 -> new Selected6.First<>((A) value);
            case 1 -> new Selected6.Second<>((B) value);
            case 2 -> new Selected6.Third<>((C) value);
            case 3 -> new Selected6.Fourth<>((D) value);
            case 4 -> new Selected6.Fifth<>((E) value);
            default -> new Selected6.Sixth<>((F) value);
        };
    }
}
