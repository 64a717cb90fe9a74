/** Workloads of channels. */
@NullMarked
package dev.edo.bench.channel;

import org.jspecify.annotations.NullMarked;
