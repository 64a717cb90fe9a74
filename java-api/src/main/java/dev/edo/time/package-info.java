/**
 * Sleeps, timeouts, intervals, queues of values with a delay, and the clock that tests can stop.
 */
@NullMarked
package dev.edo.time;

import org.jspecify.annotations.NullMarked;
