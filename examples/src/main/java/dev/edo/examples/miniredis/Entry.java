package dev.edo.examples.miniredis;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The place of one key's value. {@link Value#GONE} is its last value: who finds that looks the key up
 * again.
 */
final class Entry extends AtomicReference<Value> {
    private static final long serialVersionUID = 1L;

    final transient Key key;

    Entry(Key key) {
        super(Value.GONE);
        this.key = key;
    }
}
