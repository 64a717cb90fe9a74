/** Workloads of notifications, semaphores and locks. */
@NullMarked
package dev.edo.bench.sync;

import org.jspecify.annotations.NullMarked;
