/**
 * Edo measured beside the runtimes it is compared with.
 *
 * <p>One class is one workload, under the name that Tokio's benches or our Tokio peer give it; one
 * method of it is that workload on one {@link dev.edo.bench.Peer}. To add a workload, add such a
 * class: {@link dev.edo.bench.Catalog} finds it, and {@code bench/run} pairs it with the Tokio
 * workload of the same name.
 */
@NullMarked
package dev.edo.bench;

import org.jspecify.annotations.NullMarked;
