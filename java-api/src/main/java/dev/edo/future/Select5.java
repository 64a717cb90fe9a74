package dev.edo.future;

import org.jspecify.annotations.Nullable;

/**
 * Completes with the first of five branches; made by {@link Select}.
 *
 * <p><em>Cancel safety:</em> cancels every branch; as safe as they are.
 *
 * @param <A> the type of the first branch's value
 * @param <B> the type of the second branch's value
 * @param <C> the type of the third branch's value
 * @param <D> the type of the fourth branch's value
 * @param <E> the type of the fifth branch's value
 */
public final class Select5<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        D extends @Nullable Object,
        E extends @Nullable Object>
        extends AbstractSelect<Selected5<A, B, C, D, E>> {
    Select5(
            Future<? extends A> first,
            Future<? extends B> second,
            Future<? extends C> third,
            Future<? extends D> fourth,
            Future<? extends E> fifth) {
        super(first, second, third, fourth, fifth);
    }

    /**
     * Polls the branches in the order they were given, instead of from a random one on: a branch
     * that is always ready then starves those behind it.
     *
     * @return this
     */
    @CheckReturnValue
    public Select5<A, B, C, D, E> biased() {
        startAtFirst();
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the value comes from the branch of that index
    Selected5<A, B, C, D, E> selected(int branch, @Nullable Object value) {
        return switch (branch) {
            case 0 -> new Selected5.First<>((A) value);
            case 1 -> new Selected5.Second<>((B) value);
            case 2 -> new Selected5.Third<>((C) value);
            case 3 -> new Selected5.Fourth<>((D) value);
            default -> new Selected5.Fifth<>((E) value);
        };
    }
}
