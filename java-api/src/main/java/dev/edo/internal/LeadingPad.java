package dev.edo.internal;

/**
 * Keeps the fields of a subclass out of the cache lines of whatever lies before it on the heap: of
 * another worker's counters, for example, which would take the line away with each write.
 */
public abstract class LeadingPad {
    /** Fills the hole between the object's header and the longs, where the JVM would put a field of the subclass. */
    int p;

    long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}
