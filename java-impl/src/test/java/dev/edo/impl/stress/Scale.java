package dev.edo.impl.stress;

import dev.edo.internal.NumberProperty;

/** How much longer than in the normal suite: the property {@code edo.stress.scale}, which {@code ci/stress} sets. */
final class Scale {
    private static final int SCALE = NumberProperty.read("edo.stress.scale", 1, 1, 1_000_000);

    private Scale() {}

    static int of(int rounds) {
        return Math.multiplyExact(rounds, SCALE);
    }
}
