package dev.edo.stream;

import org.jspecify.annotations.Nullable;

/** Streams carry no nulls: null means <em>nothing now</em>. */
final class NullElement {
    private NullElement() {}

    /** Checks what a function of the user's made. */
    static <T> T rejected(@Nullable T made, String method) {
        if (made == null) {
            throw new NullPointerException("the function given to " + method
                    + " returned null, but a stream carries no nulls; use filterMap() to leave elements out");
        }
        return made;
    }

    /** Checks an element that comes from outside. */
    static <T> T rejectedFrom(@Nullable T element, String source) {
        if (element == null) {
            throw new NullPointerException(
                    source + " gave a null element, but a stream carries no nulls; leave them out before");
        }
        return element;
    }
}
