/**
 * Sleeps, timeouts, intervals, queues of values with a delay, and the clock that tests can stop.
 *
 * <p>{@link dev.edo.time.Sleep} is the timer below {@link dev.edo.time.Timeout}, {@link dev.edo.time.Interval} and
 * {@link dev.edo.time.DelayQueue}; {@link dev.edo.time.Instant} is a moment of their clock, which
 * {@link dev.edo.time.TestClock} stops and moves.
 */
@NullMarked
package dev.edo.time;

import org.jspecify.annotations.NullMarked;
