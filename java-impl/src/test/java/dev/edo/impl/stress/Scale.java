package dev.edo.impl.stress;

/** How much longer than in the normal suite: the property {@code edo.stress.scale}, which {@code ci/stress} sets. */
final class Scale {
    private static final int SCALE = Integer.getInteger("edo.stress.scale", 1);

    private Scale() {}

    static int of(int rounds) {
        return Math.multiplyExact(rounds, SCALE);
    }
}
