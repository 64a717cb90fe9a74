/** Timers and the clock. */
@NullMarked
package dev.edo.bench.time;

import org.jspecify.annotations.NullMarked;
