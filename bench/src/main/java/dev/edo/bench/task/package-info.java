/** Spawning, yielding and waking on the multi-thread scheduler. */
@NullMarked
package dev.edo.bench.task;

import org.jspecify.annotations.NullMarked;
