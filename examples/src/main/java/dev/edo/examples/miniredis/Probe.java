package dev.edo.examples.miniredis;

import java.util.Arrays;

/**
 * A name to look up, of a command that is still in its buffer: equal to the {@link Key} of the same
 * bytes, but used again for the next command. One per session.
 */
final class Probe {
    private byte[] bytes = new byte[64];
    private int length;
    private int hash;

    /** Makes this stand for a word of a command. */
    Probe of(Command command, int word) {
        length = command.length(word);
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        command.copy(word, bytes);
        hash = Key.hash(bytes, length);
        return this;
    }

    /** A key that lasts. */
    Key toKey() {
        return new Key(Arrays.copyOf(bytes, length));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** One-sided: maps ask what is looked up whether it equals what is in them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, 0, length, key.bytes, 0, key.bytes.length);
    }
}
