package dev.edo.sync;

import dev.edo.internal.LeadingPad;

/** A flag in a cache line of its own: looked at with each message, and seldom written. */
final class WaitFlag extends LeadingPad {
    volatile boolean raised;
}
