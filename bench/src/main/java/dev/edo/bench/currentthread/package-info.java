/** The same on the scheduler that lives inside {@code blockOn}. */
@NullMarked
package dev.edo.bench.currentthread;

import org.jspecify.annotations.NullMarked;
