package dev.edo.impl.scheduler;

/** A small random generator (xorshift64*) for scheduling choices; used by one thread. */
public final class FastRand {
    private long state;

    public FastRand(long seed) {
        state = seed == 0 ? 0x9E3779B97F4A7C15L : seed;
    }

    /** A number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        long s = state;
        s ^= s >>> 12;
        s ^= s << 25;
        s ^= s >>> 27;
        state = s;
        return (int) (((s * 0x2545F4914F6CDD1DL >>> 32) * bound) >>> 32);
    }
}
