/** What a task that waits costs. */
@NullMarked
package dev.edo.bench.memory;

import org.jspecify.annotations.NullMarked;
