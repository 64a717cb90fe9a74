/** One TCP echo server for each runtime. */
@NullMarked
package dev.edo.bench.echo;

import org.jspecify.annotations.NullMarked;
