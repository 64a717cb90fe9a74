package dev.edo.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What {@link Stream#toList} returns. */
final class ListFuture<T> extends DrainFuture<T, List<T>> {
    /** A hint may promise anything; beyond this a list grows by itself. */
    private static final int MOST_TRUSTED = 1 << 12;

    private final ArrayList<T> elements;

    ListFuture(Stream<T> source) {
        super("toList", source, true);
        this.elements = new ArrayList<>((int) Math.min(source.sizeHint().lower(), MOST_TRUSTED));
    }

    @Override
    boolean accept(T element) {
        return elements.add(element);
    }

    @Override
    List<T> result() {
        return Collections.unmodifiableList(elements);
    }
}
