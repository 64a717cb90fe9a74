/** What the workloads need of each runtime: a runtime to run on, and small building blocks. */
@NullMarked
package dev.edo.bench.peer;

import org.jspecify.annotations.NullMarked;
