package dev.edo.impl.scheduler;

/** A small random generator (xorshift64*) for choices; used by one thread. */
public final class FastRand {
    /** 2^64 divided by the golden ratio, and odd: so far apart are the seeds of several generators. */
    public static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public FastRand(long seed) {
        state = seed == 0 ? GAMMA : seed;
    }

    /** A number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return (int) (((next() & 0xFFFF_FFFFL) * bound) >>> 32);
    }

    /** Any number. */
    public int next() {
        long s = state;
        s ^= s >>> 12;
        s ^= s << 25;
        s ^= s >>> 27;
        state = s;
        return (int) (s * 0x2545F4914F6CDD1DL >>> 32);
    }
}
