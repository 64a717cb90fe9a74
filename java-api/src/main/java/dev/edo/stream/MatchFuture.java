package dev.edo.stream;

import java.util.Objects;
import java.util.function.Predicate;

/** What {@link Stream#all} and {@link Stream#any} return: looks for an element that decides. */
final class MatchFuture<T> extends DrainFuture<T, Boolean> {
    private final Predicate<? super T> predicate;
    private final boolean deciding;
    private boolean decided;

    private MatchFuture(
            String name, Stream<T> source, Predicate<? super T> predicate, boolean deciding) {
        super(name, source, false);
        this.predicate = Objects.requireNonNull(predicate, "predicate");
        this.deciding = deciding;
    }

    static <T> MatchFuture<T> all(Stream<T> source, Predicate<? super T> predicate) {
        return new MatchFuture<>("all", source, predicate, false);
    }

    static <T> MatchFuture<T> any(Stream<T> source, Predicate<? super T> predicate) {
        return new MatchFuture<>("any", source, predicate, true);
    }

    @Override
    boolean accept(T element) {
        decided = predicate.test(element) == deciding;
        return !decided;
    }

    @Override
    Boolean result() {
        return decided == deciding;
    }
}
