package dev.edo.bench.peer;

/** How many workers each runtime has. */
public final class Workers {
    /** The property {@code edo.bench.workers}, or 2. */
    public static final int COUNT = Integer.getInteger("edo.bench.workers", 2);

    private Workers() {}
}
